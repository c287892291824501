"""Parts of a phrase that were understood, and parts that were not."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from glocal.lexicon.types import Mention


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a phrase; `mention` is None where nothing was understood."""

    text: str
    mention: Mention | None


def marked(text: str, mentions: Sequence[Mention]) -> list[Part]:
    """Cut a phrase where understanding begins and ends; where several meet, the first mention wins.

    Put together, the parts are the phrase. The space between two words of one mention belongs to it.
    """
    owners: list[Mention | None] = [None] * len(text)
    for mention in reversed(mentions):
        for start, end in mention.spans:
            owners[start:end] = [mention] * len(owners[start:end])
    _share_out_spaces(text, owners)
    parts = []
    for owner, run in groupby(range(len(text)), key=owners.__getitem__):
        places = list(run)
        parts.append(Part(text[places[0] : places[-1] + 1], owner))
    return parts


def said(text: str, mention: Mention) -> str:
    """Return the words of a phrase a mention comes from, as they stand there, dots for what is between."""
    return " … ".join(part.text for part in marked(text, [mention]) if part.mention)


def _share_out_spaces(text: str, owners: list[Mention | None]) -> None:
    last: int | None = None
    for at, letter in enumerate(text):
        if letter.isspace():
            owners[at] = None
        elif owners[at] is not None:
            if last is not None and owners[last] is owners[at] and not text[last + 1 : at].strip():
                owners[last + 1 : at] = [owners[at]] * (at - last - 1)
            last = at
