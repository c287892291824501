"""What the program prints when it refuses: one sentence, or one problem document."""

import os
import sys
import traceback

import orjson

from glocal.core.errors import DomainError, Unavailable


def refuse(refusal: DomainError, *, as_json: bool) -> None:
    """Say a refusal on standard error, and under `--json` as a problem document on standard output."""
    if as_json:
        sys.stdout.write(orjson.dumps(refusal.as_problem()).decode() + "\n")
    sys.stderr.write(f"glocal: {refusal.message}\n")
    for flaw in refusal.errors:
        sys.stderr.write(f"  {flaw.where}: {flaw.value!r}: {flaw.reason}\n")


def explain(failure: Exception) -> DomainError:
    """Turn what nobody foresaw into a sentence; GLOCAL_DEBUG=1 shows where it happened."""
    if os.environ.get("GLOCAL_DEBUG") == "1":
        traceback.print_exception(failure, file=sys.stderr)
    text = " ".join(str(failure).split())[:300]
    if "no such table" in text or ("relation" in text and "does not exist" in text):
        return Unavailable("There is no database here yet; run `glocal init` first.")
    if "no such column" in text or "has no column" in text or ("column" in text and "does not exist" in text):
        return Unavailable("The database is of an older version; run `glocal init` first.")
    if isinstance(failure, OSError):
        return Unavailable(f"{failure.strerror or text}: {failure.filename or ''}".rstrip(": "))
    return Unavailable(
        f"Something went wrong that was not foreseen ({type(failure).__name__}: {text}). "
        "Run again with GLOCAL_DEBUG=1 to see where."
    )
