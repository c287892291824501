"""Opens a foreign file: what it is, how its letters are written, how far it has been read."""

import bz2
import codecs
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from glocal.ingest import limits
from glocal.ingest.errors import UnreadableFile

CHUNK = 1 << 16
Opener = Callable[[IO[bytes]], IO[bytes]]
_PACKERS: dict[bytes, tuple[str, Opener]] = {
    b"\x1f\x8b": ("gz", cast(Opener, lambda raw: gzip.GzipFile(fileobj=raw))),
    b"BZh": ("bz2", cast(Opener, bz2.BZ2File)),
    b"\xfd7zXZ\x00": ("xz", cast(Opener, lzma.LZMAFile)),
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Eight-bit alphabets of Europe, so that a guess cannot land in an exotic one.
_ALPHABETS = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257"]
_CARONS = (b"\x8a", b"\x8e", b"\x9a", b"\x9e")  # Š Ž š ž, rare in the languages written in cp1252
_SIGN_IN_WORD = re.compile(r"[^\W\d_][£¯³¹¿ª¾¼¥]|[£¯³¹¿ª¾¼¥][^\W\d_]")  # what Polish becomes when misread
_NOT_ASCII = re.compile(rb"[^\n]{0,40}[\x80-\xff][^\n]{0,40}")
_WRITTEN_REPLACEMENT = "\ufffd".encode()  # somebody else's loss, saved as good UTF-8
_WITNESS_BYTES = 16_384
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"\xd0\xcf\x11\xe0", "XLS/DOC"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3", "SQLite"),
    (b"PAR1", "Parquet"),
)
_ZIP = b"PK\x03\x04"


class _Unpacked(io.RawIOBase):
    """A reading end that counts what comes out of the packing and stops a bomb."""

    def __init__(self, stream: IO[bytes], raw: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self._raw = raw
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed wants a wider buffer type
        piece = self._stream.read(len(buffer))
        self._out += len(piece)
        is_bomb = self._out > limits.MIN_BOMB_BYTES and self._out > limits.MAX_UNPACK_RATIO * self._raw.tell()
        if is_bomb or self._out > limits.MAX_UNPACKED_BYTES:
            raise UnreadableFile(_("The file grows beyond all measure when unpacked, so it was not read."))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._raw.close()
        super().close()


@dataclass(slots=True)
class SniffedFile:
    """A file that was looked at: its head, its letters, its packing. Each stream starts at the beginning."""

    path: Path
    size_bytes: int
    packing: str = ""  # gz, bz2, xz or ""
    encoding: str = "utf-8"
    is_zip: bool = False  # an office document, perhaps a workbook
    head: bytes = b""  # unpacked
    head_text: str = ""
    _raw: IO[bytes] | None = field(default=None, repr=False)

    @property
    def consumed_bytes(self) -> int:
        """How many bytes of the file on disk the latest stream has read, for a progress bar."""
        if self._raw is None or self._raw.closed:
            return self.size_bytes if self._raw is not None else 0
        return self._raw.tell()

    def binary(self) -> IO[bytes]:
        """Return a fresh stream of unpacked bytes."""
        raw = self.path.open("rb")
        self._raw = raw
        for name, opener in _PACKERS.values():
            if name == self.packing:
                return io.BufferedReader(_Unpacked(opener(raw), raw), CHUNK)
        return raw

    def text(self) -> IO[str]:
        """Return a fresh stream of characters; unreadable bytes become U+FFFD, line ends stay as they are."""
        return io.TextIOWrapper(self.binary(), encoding=self.encoding, errors="replace", newline="")


@contextmanager
def readable() -> Iterator[None]:
    """Turn what packing, discs and alphabets throw into one sentence.

    Raises:
        UnreadableFile: the file is cut off or damaged.
    """
    try:
        yield
    except EOFError as error:
        raise UnreadableFile(_("The packed file is cut off; fetch it again.")) from error
    except (zlib.error, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise UnreadableFile(_("The packed file is damaged; fetch it again.")) from error
    except OSError as error:
        raise UnreadableFile(_("The file cannot be read from its place.")) from error
    except UnicodeError as error:
        raise UnreadableFile(_("The letters of this file cannot be read; save it as UTF-8.")) from error


def open_file(path: Path) -> SniffedFile:
    """Look at a file: packing, letters, and whether it can be text at all. Reads it once, quickly.

    Raises:
        UnreadableFile: it does not exist, is empty, too big, damaged, or no text and no workbook.
    """
    with readable():
        if not path.is_file():
            raise UnreadableFile(_("There is no such file."))
        opened = SniffedFile(path=path, size_bytes=path.stat().st_size)
        if opened.size_bytes == 0:
            raise UnreadableFile(_("The file is empty."))
        if opened.size_bytes > limits.MAX_FILE_BYTES:
            raise UnreadableFile(_("The file is too big to be read here."))
        with path.open("rb") as raw:
            start = raw.read(16)
        opened.packing = next((name for magic, (name, _o) in _PACKERS.items() if start.startswith(magic)), "")
        with opened.binary() as stream:
            opened.head = stream.read(limits.HEAD_BYTES)
        _look_at_content(opened)
    return opened


def _look_at_content(opened: SniffedFile) -> None:
    head = opened.head
    if not head.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise UnreadableFile(_("The file is empty."))
    if head.startswith(_ZIP):
        opened.is_zip = True
        if opened.packing:
            raise UnreadableFile(_("A packed document inside a packed file is not read; unpack it first."))
        return
    for magic, name in _MAGIC:
        if head.startswith(magic) and (name != "EXE" or b"\x00" in head):
            message = _("This is a %(kind)s file, not a list of organisations; save it as CSV or XLSX.")
            raise UnreadableFile(message % {"kind": name})
    opened.encoding = _encoding_of(opened)
    opened.head_text = codecs.decode(head, opened.encoding, "replace")
    if _looks_binary(opened.head_text):
        raise UnreadableFile(_("This is a binary file, not a list of organisations."))


def _looks_binary(text: str) -> bool:
    odd = sum(ch < " " and ch not in "\t\r\n\x0b\x0c\x1e" for ch in text) + text.count("\ufffd")
    return odd > max(8, len(text) // 10)


def _encoding_of(opened: SniffedFile) -> str:
    for bom, name in _BOMS:
        if opened.head.startswith(bom):
            return name
    sample = opened.head[:4096]
    if len(sample) >= 4 and sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    bad, good, witness = _count_utf8(opened)
    if bad <= good // 4:
        return "utf-8"
    return _eight_bit_alphabet(witness)


def _eight_bit_alphabet(witness: bytes) -> str:
    """Guess the alphabet of bytes that are no UTF-8.

    charset-normalizer knows Greek and Cyrillic from Latin, yet confuses western and central Europe, whose
    letters share their places: there, š and ž or signs inside words decide.
    """
    best = from_bytes(witness[-_WITNESS_BYTES:], cp_isolation=_ALPHABETS).best()
    if best is not None and best.encoding in {"cp1251", "cp1253"}:
        return str(best.encoding)
    high = sum(byte >= 0x80 for byte in witness) or 1
    carons = sum(map(witness.count, _CARONS))
    signs = len(_SIGN_IN_WORD.findall(witness.decode("cp1252", "replace")))
    return "cp1250" if (carons + signs) / high > 0.1 else "cp1252"


def _count_utf8(opened: SniffedFile) -> tuple[int, int, bytes]:
    """Count unreadable bytes and well-formed letters beyond ASCII; keep the places that show the alphabet."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    bad = good = 0
    witness = b""
    with opened.binary() as stream:
        while piece := stream.read(CHUNK):
            if piece.isascii() and not decoder.getstate()[0]:
                continue
            text = decoder.decode(piece)
            replaced = max(0, text.count("\ufffd") - piece.count(_WRITTEN_REPLACEMENT))
            bad += replaced
            good += max(0, len(piece) - len(text))
            if replaced and len(witness) < 2 * CHUNK:
                witness += b"\n".join(_NOT_ASCII.findall(piece))
    return bad, good, witness
