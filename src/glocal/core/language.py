"""Language tags (BCP 47), the languages of the Union, and folding words for comparison."""

import re
import unicodedata

EU_LANGUAGES: tuple[str, ...] = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
)  # fmt: skip

_TAG = re.compile(r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$")
_SPECIAL = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "þ": "th",
        "ø": "o",
        "Ø": "o",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "ł": "l",
        "Ł": "l",
        "ı": "i",
        "ħ": "h",
        "Ħ": "h",
    }
)


def is_language_tag(tag: str) -> bool:
    """Say whether the text is shaped like a BCP 47 tag ("it", "pt-BR")."""
    return bool(_TAG.fullmatch(tag))


def fold(text: str) -> str:
    """Lower the case and drop accents, so that "Coopérative" and "COOPERATIVE" are one word.

    >>> fold("Straße Łódź ΑΘΉΝΑ")
    'strasse lodz αθηνα'
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_SPECIAL)  # first NFKD: "™" is "TM"
    decomposed = unicodedata.normalize("NFKD", plain)
    kept = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
    return kept.replace("ς", "σ")


_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def words_of(text: str) -> list[str]:
    """Return the folded words of a text in their order.

    >>> words_of("Caffè-Lab, n. 3")
    ['caffe', 'lab', 'n', '3']
    """
    return _WORD.findall(fold(text))
