"""Compiles translations (.po) into what Django reads (.mo), beside them; needs only polib.

Usage: python tools/compile_messages.py FILE.po...
"""

import sys
from pathlib import Path

import polib


def compile_messages(source: Path) -> Path:
    """Write the .mo of one .po file, whole or not at all; fuzzy and obsolete entries are left out.

    Raises:
        OSError: the file is missing or not a .po file.
    """
    target = source.with_suffix(".mo")
    unfinished = target.with_suffix(".mo.part")
    polib.pofile(str(source)).save_as_mofile(str(unfinished))
    return unfinished.replace(target)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        compile_messages(Path(argument))
