"""Doing a step of the set-up only when its inputs changed, judged by content and never by dates."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.shell import doing

IGNORED_FOLDERS = {"node_modules", "__pycache__"}


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of the set-up: what it reads, what it leaves behind, how it is done.

    `inputs` are files or folders; `facts` are other things it depends on, such as a version; `outputs` must
    all exist for the step to count as done.
    """

    name: str
    sentence: str
    inputs: tuple[Path, ...]
    facts: tuple[str, ...]
    outputs: tuple[Path, ...]
    action: Callable[[], None]


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield every file at or under the paths, in a fixed order, without installed or compiled ones."""
    for path in paths:
        if path.is_dir():
            yield from files_in(
                sorted(child for child in path.iterdir() if child.name not in IGNORED_FOLDERS)
            )
        elif path.is_file():
            yield path


def fingerprint(inputs: Iterable[Path], facts: Iterable[str]) -> str:
    """Return a digest of names and contents of all files below `inputs`, and of `facts`."""
    digest = hashlib.blake2b(digest_size=16)
    for fact in facts:
        digest.update(fact.encode() + b"\0")
    for file in files_in(inputs):
        content = file.read_bytes()
        digest.update(f"{file}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def ensure(step: Step, stamps: Path) -> bool:
    """Do the step unless its stamp in the folder `stamps` still holds; say whether it was done now.

    An interrupted or failed step leaves no stamp, so the next call does it again.
    """
    stamp = stamps / step.name
    now = fingerprint(step.inputs, step.facts)
    if all(output.exists() for output in step.outputs) and stamp.is_file() and stamp.read_text() == now:
        return False
    stamp.unlink(missing_ok=True)
    with doing(step.sentence):
        step.action()
    stamps.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)
    return True
