"""Cleans names and texts: normal form, spaces, control characters, markup, length, private addresses."""

import html
import re
import unicodedata
from dataclasses import dataclass

_SPACES = re.compile(r"\s+")
_LINE_SPACES = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r" ?\n ?(?:\n ?)+")
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
_DROPPED = (("<script", "</script"), ("<style", "</style"), ("<!--", "--"))
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # can turn the reading order of what follows
_SILENT = re.compile("[\ufeff\u200b\u2060\u00ad]")  # invisible leftovers of word processors
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_MAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@((?:[\w-]{1,63}\.){1,8}[a-zA-Z]{2,24})")
# Addresses of a role, not of a person, may stand in a public text.
_ROLES = frozenset(
    [
        "info",
        "contact",
        "contatti",
        "contacto",
        "contato",
        "contacte",
        "kontakt",
        "office",
        "mail",
        "email",
        "hello",
        "hallo",
        "hola",
        "ciao",
        "post",
        "accueil",
        "secretariat",
        "segreteria",
        "secretaria",
        "sekretariat",
        "admin",
        "administration",
        "support",
        "team",
        "bureau",
        "buero",
    ]
)
MAIL_MASK = "[e-mail]"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text and what was done to it: control, steering, unreadable, markup, cut, mail."""

    text: str
    done: tuple[str, ...] = ()


def is_plain(text: str) -> bool:
    """Say whether a text needs nothing but trimming, so that most values cost almost nothing."""
    return (
        text.isprintable()
        and "<" not in text
        and "&" not in text
        and "  " not in text
        and (text.isascii() or (unicodedata.is_normalized("NFC", text) and "\ufffd" not in text))
    )


def clean_line(text: str, longest: int) -> Cleaned:
    """Clean a text that stands on one line: a name, a town, a legal form.

    >>> clean_line("  Caffè  <b>Lab</b> &amp; Co. ", 300).text
    'Caffè Lab & Co.'
    """
    if is_plain(text) and len(text) <= longest:
        return Cleaned(text.strip())
    rough, done = _without_dangers(text, longest)
    return _cut(_SPACES.sub(" ", rough).strip(), longest, done)


def clean_text(text: str, longest: int) -> Cleaned:
    r"""Clean a text that may have paragraphs; personal e-mail addresses are masked.

    >>> clean_text("Write to anna.rossi@example.org<br>or info@example.org", 200).text
    'Write to [e-mail]\nor info@example.org'
    """
    if is_plain(text) and len(text) <= longest and "@" not in text:
        return Cleaned(text.strip())
    rough, done = _without_dangers(text, longest)
    lines = _MANY_LINES.sub("\n\n", _LINE_SPACES.sub(" ", rough.replace("\r\n", "\n").replace("\r", "\n")))
    masked = _MAIL.sub(_masked, lines) if "@" in lines else lines
    if masked != lines:
        done.append("mail")
    return _cut(masked.replace(" \n", "\n").replace("\n ", "\n").strip(), longest, done)


def _masked(found: re.Match[str]) -> str:
    return found.group(0) if found.group(1).casefold() in _ROLES else MAIL_MASK


def _cut(text: str, longest: int, done: list[str]) -> Cleaned:
    if len(text) <= longest:
        return Cleaned(text, tuple(done))
    cut = text[: longest - 1]
    word_end = cut.rfind(" ")
    return Cleaned((cut[:word_end] if word_end > longest * 0.8 else cut) + "…", (*done, "cut"))


def _without_dangers(text: str, longest: int) -> tuple[str, list[str]]:
    done: list[str] = []
    text = text[: longest * 8 + 1000]
    for sign, pattern, instead in (("control", _CONTROL, ""), ("steering", _STEERING, ""), ("", _SILENT, "")):
        kept = pattern.sub(instead, text)
        if kept != text and sign:
            done.append(sign)
        text = kept
    if "\ufffd" in text:
        done.append("unreadable")
    if "<" in text or "&" in text:
        kept = _without_markup(text)
        if "<" in text and kept != html.unescape(text):
            done.append("markup")
        text = _CONTROL.sub("", _STEERING.sub("", kept))
    return unicodedata.normalize("NFC", text), done


def _without_markup(text: str) -> str:
    """Strip tags and unescape entities, twice at most, for markup that was escaped before."""
    for _round in range(2):
        for opening, closing in _DROPPED:
            text = _without_between(text, opening, closing)
        stripped = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
        if stripped == text:
            break
        text = stripped
    return _TAG.sub("", text)


def _without_between(text: str, opening: str, closing: str) -> str:
    low = text.casefold() if text.isascii() else text.lower()
    if opening not in low or len(low) != len(text):
        return (
            text
            if opening not in low
            else re.sub(re.escape(opening) + r".*", "", text, flags=re.DOTALL | re.IGNORECASE)
        )
    kept: list[str] = []
    at = 0
    while (start := low.find(opening, at)) >= 0:
        kept.append(text[at:start])
        end = low.find(closing, start)
        close = low.find(">", end) if end >= 0 else -1
        if close < 0:
            return "".join(kept)
        at = close + 1
    return "".join([*kept, text[at:]])
