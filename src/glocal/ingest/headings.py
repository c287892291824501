"""The headings people give their columns, in the languages of the Union; folded, one meaning each."""

from glocal.ingest.words import sections


def _meanings() -> dict[str, tuple[str, float, str | None]]:
    meanings: dict[str, tuple[str, float, str | None]] = {}
    for head, words in sections("headings"):
        target, _blank, confidence = head.partition(" ")
        if confidence:
            first, _slash, second = target.partition("/")
            for word in words:
                meanings.setdefault(word, (first, float(confidence), second or None))
    return meanings


HEADINGS = _meanings()
CONTACT_WORDS = frozenset(dict(sections("headings"))["contact"])
IGNORED_WORDS = frozenset(dict(sections("headings"))["ignored"])
