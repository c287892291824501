"""Collects the strings to translate from Python and templates into the .po files, without GNU gettext.

Usage: python -m tools.messages [--check]
    --check    change nothing; fail when a string is missing from a .po file or not translated
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

from tools.extraction import Message, collect
from tools.shell import ROOT, say, saying_why

PACKAGE = ROOT / "src" / "glocal"
SOURCE_LANGUAGE = "en"  # its texts are the msgids; the file exists so that a wording can be changed
LANGUAGES = ("en", "it")
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!{){(\w*)[^{}]*}(?!})")

Key = tuple[str | None, str]


def path_of(language: str, package: Path = PACKAGE) -> Path:
    """Return where the translations into a language stand."""
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def opened(language: str, package: Path) -> polib.POFile:
    """Return the translations into a language, empty ones when there are none yet."""
    path = path_of(language, package)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "glocal",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS,
    }
    return catalogue


def update(catalogue: polib.POFile, messages: dict[Key, Message]) -> None:
    """Bring the entries in line with the messages: new ones empty, unused ones obsolete, others kept."""
    known: dict[Key, polib.POEntry] = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    entries = []
    for key, message in messages.items():
        entry = known.pop(key, None) or polib.POEntry(msgctxt=key[0], msgid=key[1])
        entry.obsolete = False
        entry.occurrences = [(place, "") for place in message.places]
        entry.flags = [flag for flag in entry.flags if flag == "fuzzy"] + message.flags()
        _set_plural(entry, message.plural)
        entries.append(entry)
    for entry in known.values():
        entry.obsolete, entry.occurrences = True, []
        if entry.msgstr or any(entry.msgstr_plural.values()):
            entries.append(entry)
    catalogue[:] = entries


def _set_plural(entry: polib.POEntry, plural: str) -> None:
    if not plural:
        entry.msgid_plural, entry.msgstr_plural = "", {}
        return
    if entry.msgid_plural != plural:
        entry.msgid_plural = plural
        entry.msgstr_plural = entry.msgstr_plural or {0: entry.msgstr, 1: ""}
    entry.msgstr = ""


def problems(catalogue: polib.POFile, messages: dict[Key, Message], language: str) -> Iterator[str]:
    """Yield a line for every message that is missing, unused, untranslated or has lost a placeholder."""
    current = [entry for entry in catalogue if not entry.obsolete]
    known: dict[Key, polib.POEntry] = {(entry.msgctxt, entry.msgid): entry for entry in current}
    for key, message in messages.items():
        entry = known.pop(key, None)
        place = message.places[0]
        if entry is None or entry.msgid_plural != message.plural:
            yield f"{language}: missing: “{key[1]}” ({place}); run make messages"
        elif language != SOURCE_LANGUAGE and not entry.translated():
            yield f"{language}: not translated: “{key[1]}” ({place})"
        elif not keeps_placeholders(entry):
            yield f"{language}: other placeholders than “{key[1]}” ({place})"
    for _context, text in known:
        yield f"{language}: no longer used: “{text}”; run make messages"


def keeps_placeholders(entry: polib.POEntry) -> bool:
    """Say whether every translation names exactly the placeholders of the original.

    The singular may leave out the number.
    """
    allowed = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    if not entry.msgid_plural:
        return not entry.msgstr or _placeholders(entry.msgstr) == allowed
    texts = [text for text in entry.msgstr_plural.values() if text]
    return all(_placeholders(text) <= allowed for text in texts) and (
        not texts or _placeholders(texts[-1]) == _placeholders(entry.msgid_plural)
    )


def _placeholders(text: str) -> set[str]:
    return {found[0] for found in PLACEHOLDER.finditer(text)}


def main(arguments: list[str]) -> int:
    """Update all .po files, or check them; return the exit status."""
    if arguments not in ([], ["--check"]):
        say(__doc__ or "")
        return 2
    messages = collect(PACKAGE)
    found: list[str] = []
    for language in LANGUAGES:
        catalogue = opened(language, PACKAGE)
        if not arguments:
            update(catalogue, messages)
            path_of(language).parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path_of(language)))
        found += problems(catalogue, messages, language)
    say("\n".join(found) or f"{len(messages)} messages, all translated")
    return 1 if found and arguments else 0


if __name__ == "__main__":
    with saying_why():
        sys.exit(main(sys.argv[1:]))
