"""Says which language a text is written in: naive Bayes over the letters and words of our own vocabulary."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
import orjson
from numpy.typing import NDArray

from glocal.lexicon.text.latin import words_in

_BUCKETS = 1 << 16
_SIZES = (1, 2, 3, 4)
_SMOOTHING = 0.05
_MOST_WORDS = 60  # of a text are read; more change nothing
_FUNCTION_WORD_TIMES = 5  # small words are rare in labels and frequent in texts; chosen, not measured
_TEMPERATURE = (
    0.35  # n-grams overlap, so that their evidence is worth less than its sum; chosen, not measured
)
_KNOWN_WORD = 2.0
_FINEST = 65_535


class Guess(NamedTuple):
    """A language with its probability, 0..1."""

    language: str
    share: float


class Identifier:
    """Tells languages apart: about 0.1 ms for a sentence, 6 MB.

    Args:
        languages: the languages in the order of the columns.
        scale: the logarithm of the smallest probability, and how much one unit of `fine` adds to it.
        fine: for each bucket of letter sequences and each language the logarithm of its probability in units.
        known: hashes of known words in order.
        knowing: for each of them the languages that know it, one bit each.
    """

    def __init__(
        self,
        languages: list[str],
        scale: tuple[float, float],
        fine: NDArray[np.uint16],
        known: NDArray[np.uint32],
        knowing: NDArray[np.uint32],
    ) -> None:
        self.languages = languages
        self.scale = scale
        self.fine = fine
        self.known = known
        self.knowing = knowing

    def guesses(self, text: str) -> list[Guess]:
        """Return every language with its probability, likeliest first; [] for a text without words."""
        words = [word.written.lower() for word in words_in(text)[:_MOST_WORDS] if not word.plain.isdigit()]
        if not words:
            return []
        features = [feature for word in words for feature in _features(word)]
        total = _TEMPERATURE * self.scale[1] * self.fine[features].sum(axis=0, dtype=np.int64)
        total = total + self._bonus(words)
        shares = np.exp(total - total.max())
        shares /= shares.sum()
        order = np.argsort(-shares, kind="stable")
        return [Guess(self.languages[number], float(shares[number])) for number in order]

    def _bonus(self, words: list[str]) -> NDArray[np.float64]:
        """Return for each language what its known words say for it; a word few languages know says more."""
        hashes = np.array([_hash(word) for word in words], dtype=np.uint32)
        at = np.minimum(np.searchsorted(self.known, hashes), len(self.known) - 1)
        masks = np.where(self.known[at] == hashes, self.knowing[at], 0).astype(np.uint32)
        knows = (masks[:, None] >> np.arange(len(self.languages), dtype=np.uint32)) & 1
        often = np.sqrt(np.maximum(knows.sum(axis=1, keepdims=True), 1))
        return np.asarray(_KNOWN_WORD * (knows / often).sum(axis=0))


def _hash(written: str) -> int:
    return crc32(written.encode())


def _features(written: str) -> list[int]:
    marked = f"^{written}$"
    return [
        _hash(marked[at : at + size]) % _BUCKETS for size in _SIZES for at in range(len(marked) - size + 1)
    ]


def learn_languages(
    words: Mapping[str, Iterable[str]], function_words: Mapping[str, Iterable[str]]
) -> Identifier:
    """Learn from the known words of each language; some seconds, deterministic."""
    languages = sorted(set(words) | set(function_words))
    counts = np.zeros((len(languages), _BUCKETS), dtype=np.float32)
    knowing: dict[int, int] = {}
    for number, language in enumerate(languages):
        small = set(function_words.get(language, ()))
        for written in sorted({word.lower() for word in words.get(language, ())} | small):
            np.add.at(counts[number], _features(written), _FUNCTION_WORD_TIMES if written in small else 1)
            knowing[_hash(written)] = knowing.get(_hash(written), 0) | 1 << number
    logs = np.log((counts + _SMOOTHING) / (counts.sum(axis=1, keepdims=True) + _SMOOTHING * _BUCKETS)).T
    least, step = float(logs.min()), float(logs.max() - logs.min()) / _FINEST
    fine = np.round((logs - least) / step).astype(np.uint16)
    known = sorted(knowing)
    masks = np.array([knowing[one] for one in known], dtype=np.uint32)
    return Identifier(
        languages, (least, step), np.ascontiguousarray(fine), np.array(known, dtype=np.uint32), masks
    )


def save_identifier(identifier: Identifier, file: Path) -> None:
    """Write what was learnt: one line of JSON, then the bare numbers."""
    header = {"languages": identifier.languages, "scale": identifier.scale, "known": len(identifier.known)}
    with file.open("wb") as out:
        out.write(orjson.dumps(header) + b"\n")
        for numbers in (identifier.fine, identifier.known, identifier.knowing):
            out.write(numbers.tobytes())


def is_whole(file: Path) -> bool:
    """Say whether a file holds all that `save_identifier` writes."""
    if not file.exists():
        return False
    with file.open("rb") as lines:
        first = lines.readline()
        try:
            header = orjson.loads(first)
        except orjson.JSONDecodeError:
            return False
    size = len(first) + 2 * _BUCKETS * len(header["languages"]) + 8 * int(header["known"])
    return file.stat().st_size == size


def load_identifier(file: Path) -> Identifier:
    """Read what `save_identifier` wrote, in a few milliseconds."""
    with file.open("rb") as lines:
        header = orjson.loads(lines.readline())
        size = len(header["languages"])
        fine = np.frombuffer(lines.read(2 * _BUCKETS * size), dtype=np.uint16).reshape(_BUCKETS, size)
        known = np.frombuffer(lines.read(4 * header["known"]), dtype=np.uint32)
        knowing = np.frombuffer(lines.read(4 * header["known"]), dtype=np.uint32)
    least, step = header["scale"]
    return Identifier(header["languages"], (least, step), fine, known, knowing)
