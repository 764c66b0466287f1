"""Files and folders of this computer as intake may read them."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from articles.intake.decoding import LIMIT_BYTES, LIMIT_MEGABYTES, Unreadable

# What a walk through a folder takes; a file named by itself is tried whatever it is called.
PAGE_SUFFIXES = {".html", ".htm", ".shtml", ".xhtml", ".txt", ".text", ".docx", ".pdf", ".doc"}


def load(path: Path) -> bytes:
    """Return the bytes of a regular file. Raises `Unreadable` with a sentence that says what is wrong.

    Devices and pipes are refused before they are opened: reading one may never end.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("This is no ordinary file.")
        if found.st_size > LIMIT_BYTES:
            raise Unreadable("The file is larger than %(most)d MB.", most=LIMIT_MEGABYTES)
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("The file cannot be read: %(reason)s.", reason=error.strerror or "") from error
    except ValueError as error:
        # a name with a null character, or one this system cannot write
        raise Unreadable("The file cannot be read: %(reason)s.", reason=str(error)) from error


def walk(path: Path) -> Iterator[Path | tuple[Path, str]]:
    """Yield the pages of a folder and all below it in a fixed order, or the file itself.

    A folder that cannot be opened is yielded as a pair with the reason. Links are not followed, so that a walk ends
    and stays inside; hidden files are passed over.
    """
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        # what is wrong with it is said when it is loaded
        is_folder = False
    if not is_folder:
        yield path
        return
    refused: list[tuple[Path, str]] = []

    def refuse(error: OSError) -> None:
        refused.append((Path(error.filename), f"The folder cannot be read: {error.strerror}."))

    for folder, folders, files in os.walk(path, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            page = Path(folder, name)
            if page.suffix.lower() in PAGE_SUFFIXES and not name.startswith(".") and not os.path.islink(page):
                yield page
    yield from refused
