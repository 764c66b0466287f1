"""Files and folders of this computer as intake may read them."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from articles.intake.decoding import LIMIT_BYTES, LIMIT_MEGABYTES, Unreadable

# What a walk through a folder takes; a file named by itself is tried whatever it is called.
PAGE_SUFFIXES = {".html", ".htm", ".shtml", ".xhtml", ".txt", ".text", ".docx", ".pdf", ".doc"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a walk comes by: a page, a file that is none, or a folder that cannot be opened and why."""

    path: Path
    is_page: bool = True
    refusal: Unreadable | None = None


def load(path: Path) -> bytes:
    """Return the bytes of a regular file. Raises `Unreadable` with a sentence that says what is wrong.

    Devices and pipes are refused before they are opened: reading one may never end.
    """
    try:
        _refuse(path.stat())
        # what stands there may be another file by now: opening a pipe must not wait for someone who writes into it
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as opened:
            _refuse(os.fstat(opened.fileno()))
            data = opened.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise Unreadable("The file cannot be read: %(reason)s.", reason=error.strerror or "") from error
    except ValueError as error:
        # a name with a null character, or one this system cannot write
        raise Unreadable("The file cannot be read: %(reason)s.", reason=str(error)) from error
    if len(data) > LIMIT_BYTES:
        # it grew while it was read
        raise Unreadable("The file is larger than %(most)d MB.", most=LIMIT_MEGABYTES)
    return data


def _refuse(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable("This is no ordinary file.")
    if found.st_size > LIMIT_BYTES:
        raise Unreadable("The file is larger than %(most)d MB.", most=LIMIT_MEGABYTES)


def walk(path: Path) -> Iterator[Entry]:
    """Yield what stands in a folder and all below it in a fixed order, or the file itself.

    One folder is read at a time, so that a walk through a million pages begins at once. Links are not followed, so that
    it ends and stays inside; hidden files and folders are passed over without a word.
    """
    if not is_folder(path):
        # what is wrong with it is said when it is loaded
        yield Entry(path)
        return
    folders = [path]
    while folders:
        folder = folders.pop()
        try:
            files, inner = _contents(folder)
        except OSError as error:
            reason = Unreadable("The folder cannot be read: %(reason)s.", reason=error.strerror or "")
            yield Entry(folder, refusal=reason)
            continue
        yield from files
        folders += reversed(inner)


def is_folder(path: Path) -> bool:
    """Return whether the path is a folder or a link to one."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _contents(folder: Path) -> tuple[list[Entry], list[Path]]:
    """The files of one folder, and the folders in it."""
    files, folders = [], []
    with os.scandir(folder) as found:
        for entry in sorted(found, key=lambda entry: entry.name):
            if entry.name.startswith("."):
                continue
            path = folder / entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            else:
                is_page = path.suffix.lower() in PAGE_SUFFIXES and not entry.is_symlink()
                files.append(Entry(path, is_page))
    return files, folders
