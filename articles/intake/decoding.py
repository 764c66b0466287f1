"""Bytes become text, whatever the page claims about itself."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding


class Unreadable(Exception):
    """The file holds nothing intake can read as an article; the message says what and why, in one line.

    `template` is the sentence as the translation catalogues have it, `params` what is to be put into it.

    >>> str(Unreadable("The site answered %(status)d instead of the page.", status=404))
    'The site answered 404 instead of the page.'
    """

    def __init__(self, template: str, **params: str | int) -> None:
        super().__init__(template % params if params else template)
        self.template = template
        self.params = params


def gettext_noop(sentence: str) -> str:
    """Mark a sentence that stands in a constant for the translation catalogues, as Django's function of this name does.

    Intake speaks English and works without Django; who shows its sentences translates them.
    """
    return sentence


LIMIT_MEGABYTES = 20
LIMIT_BYTES = LIMIT_MEGABYTES * 1024 * 1024

# UTF-32 first: its little-endian mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Pages that say gb2312 or big5 use characters of the wider sets.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}

# the storage that old Word, WPS and encrypted documents share
OLE = b"\xd0\xcf\x11\xe0"
# the names of streams in it, as UTF-16
LOCKED = "EncryptedPackage".encode("utf-16-le")
NOT_TEXT = (
    (OLE, gettext_noop("Old Word and WPS files (.doc, .wps) cannot be read: save the document as .docx.")),
    (b"{\\rtf", gettext_noop("RTF files cannot be read: save the document as .docx.")),
    (b"\x1f\x8b", gettext_noop("The file is compressed: unpack it first.")),
    (b"7z\xbc\xaf\x27\x1c", gettext_noop("The file is an archive: unpack it first.")),
    (b"Rar!\x1a\x07", gettext_noop("The file is an archive: unpack it first.")),
)
# what other readers read
DOCUMENTS = (
    (b"%PDF-", gettext_noop("The file is a PDF and no text.")),
    (b"PK\x03\x04", gettext_noop("The file is a zip archive or a document (.docx) and no text.")),
)
WITH_PASSWORD = gettext_noop("The document is locked with a password: save it without one.")
BINARY = gettext_noop("The file is not text.")
CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
LARGEST_CONTROL_SHARE = 0.01
SAMPLE_BYTES = 100_000

CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
# what no XML may hold, written as a reference, and the form feed: the parsers of pages fail at it
UNWRITABLE = re.compile(
    r"\f|&#(?:0*+(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)|x0*+(?:[1-8bcef]|1[\da-f]|fff[ef])(?![\da-f]));?",
    re.IGNORECASE,
)
# no pair begins with a tilde
HZ_RUN = re.compile(rb"~\{(?:[\x21-\x7d][\x21-\x7e]){1,2000}+~\}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was read by and how many characters could not be read (now U+FFFD)."""

    text: str
    encoding: str
    lost: int


def decode(data: bytes) -> Decoded:
    """Return the text of the bytes: byte order mark, else strict UTF-8, else what the bytes look like.

    What the page declares is not asked: on one real page in nine it is wrong.
    """
    refuse(data)
    _refuse_kinds(data, DOCUMENTS)
    encoding, mark = _encoding(data)
    text = data[mark:].decode(encoding, errors="replace")
    # a line end, of which nothing is left between Chinese characters; without anything, &&#1;#1; would become &#1;
    return Decoded(UNWRITABLE.sub("\n", CONTROLS.sub("", text)), encoding, text.count("\ufffd"))


def refuse(data: bytes) -> None:
    """Raise `Unreadable` for what is empty, too large, or known to be none of what intake reads."""
    if not data.strip():
        raise Unreadable("The file is empty.")
    if len(data) > LIMIT_BYTES:
        raise Unreadable("The file is larger than %(most)d MB.", most=LIMIT_MEGABYTES)
    if data.startswith(OLE) and LOCKED in data:
        raise Unreadable(WITH_PASSWORD)
    _refuse_kinds(data, NOT_TEXT)


def _refuse_kinds(data: bytes, kinds: Sequence[tuple[bytes, str]]) -> None:
    for start, reason in kinds:
        if data.startswith(start):
            raise Unreadable(reason)


def _encoding(data: bytes) -> tuple[str, int]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    sample = data[:SAMPLE_BYTES]
    if sample.count(0) > LARGEST_CONTROL_SHARE * len(sample):
        return _wide_encoding(sample), 0
    if _control_share(sample) > LARGEST_CONTROL_SHARE:
        raise Unreadable(BINARY)
    if _is_strictly(data, "utf-8"):
        return ("hz" if data.isascii() and HZ_RUN.search(data) and _is_strictly(data, "hz") else "utf-8"), 0
    guess = (detect_encoding(data) or "utf-8").lower()
    return _known(WIDER.get(guess, guess)), 0


def _wide_encoding(sample: bytes) -> str:
    """Name UTF-16 without a mark by where its zero bytes stand."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high > 4 * low and _is_strictly(sample[: len(sample) // 4 * 4], encoding):
            return encoding
    raise Unreadable(BINARY)


def _control_share(sample: bytes) -> float:
    return 1 - len(sample.translate(None, CONTROL_BYTES)) / len(sample)


def _is_strictly(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "utf-8"
