"""Keeping bytes as they came, for ever."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from articles.models import Capture


class AlreadyStored(Exception):
    """These very bytes are in the library; `capture` is the row that holds them."""

    def __init__(self, capture: Capture) -> None:
        super().__init__(capture.sha256)
        self.capture = capture


def digest(data: bytes) -> str:
    """Return the SHA-256 that names the bytes."""
    return hashlib.sha256(data).hexdigest()


def find(data: bytes) -> Capture | None:
    """Return the capture that holds these very bytes, if there is one."""
    return Capture.objects.filter(sha256=digest(data)).first()


def store(data: bytes, **described: object) -> Capture:
    """Keep the bytes under MEDIA_ROOT and return their row; `described` gives its other columns.

    The file is written aside, synced and renamed before the row is made, so that a killed process leaves a file
    without a row at worst, which the next try takes up, and never a row without its bytes.
    Raises `AlreadyStored` when another writer stored the same bytes first.
    """
    capture = Capture(sha256=digest(data), size=len(data), **described)
    write_once(Path(default_storage.path(capture.path)), data)
    try:
        with transaction.atomic():
            capture.save()
    except IntegrityError:
        raise AlreadyStored(Capture.objects.get(sha256=capture.sha256)) from None
    return capture


def write_once(path: Path, data: bytes) -> None:
    """Write the file whole or not at all; one that stands there already holds the same bytes by its name."""
    if path.exists() and path.stat().st_size == len(data):
        return
    _make_folder(path.parent)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as aside:
        try:
            aside.write(data)
            aside.flush()
            os.fchmod(aside.fileno(), 0o440)
            os.fsync(aside.fileno())
            Path(aside.name).rename(path)
        except OSError:
            Path(aside.name).unlink(missing_ok=True)
            raise
    _sync(path.parent)


def _make_folder(folder: Path) -> None:
    """Make the folder and those above it, for us alone, and sync each new name: a file is no safer than its folders."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o750)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
