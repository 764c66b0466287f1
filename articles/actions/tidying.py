"""Throwing away the pictures that stand nowhere, and the files of pictures that belong to no row.

A picture is drawn, stored and shown before the text that holds it is saved, and a process may be killed between any
two of those steps: what nobody came back to is left over.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import reduce
from operator import or_
from pathlib import Path

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import CharField, Field, JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast, Now

from articles.actions import picturing
from articles.models import Picture, StaleVersion

KEEP_UNUSED = timedelta(days=30)
KEEP_FILES = timedelta(days=1)
FOLDER = "pictures"
# such an address has 87 characters, or 83 from the name of the folder on
LONG = 80
# as any column may name a picture; the address of a picture of ours is never written otherwise
NAMED = re.compile(rf"{FOLDER}/[0-9a-f]{{2}}/([0-9a-f]{{64}})")
FILE = re.compile(r"([0-9a-f]{64})(?:-[0-9]+)?\.(?:jpg|png|webp)|\..+\.part")

Ending = Callable[[], bool]


def tidy_pictures(is_ending: Ending) -> dict[str, int]:
    """Throw away what stands nowhere and is old enough that nobody is writing the text it was meant for."""
    return {"pictures": _discard_unused(is_ending), "picture_files": _delete_strays(is_ending)}


def standing() -> set[str]:
    """Return the digests of all pictures that anything of ours names: texts, drafts of forms, what deeds remember."""
    rows = (row for model, columns in naming_columns() for row in _naming(model, columns))
    return {digest for row in rows for text in row if text for digest in NAMED.findall(text)}


def naming_columns() -> Iterator[tuple[type[Model], list[Field]]]:
    """Each table with its columns that have room for the address of a picture; a new column is looked at by itself."""
    for model in apps.get_app_config("articles").get_models():
        columns = [field for field in model._meta.concrete_fields if _has_room(field)]
        if model is not Picture and columns:
            yield model, columns


def _has_room(field: Field) -> bool:
    return isinstance(field, CharField | TextField | JSONField) and (field.max_length or LONG) >= LONG


def _naming(model: type[Model], columns: list[Field]) -> QuerySet:
    texts = {f"text_of_{field.name}": Cast(field.name, TextField()) for field in columns}
    names = reduce(or_, (Q(**{f"{name}__contains": f"{FOLDER}/"}) for name in texts))
    return model._base_manager.annotate(**texts).filter(names).values_list(*texts).order_by().iterator()


def _discard_unused(is_ending: Ending) -> int:
    old = Picture.objects.filter(received_at__lt=Now() - KEEP_UNUSED)
    digests = set(old.values_list("sha256", flat=True))
    discarded = 0
    for digest in sorted(digests - standing() if digests else ()):
        if is_ending():
            break
        # asked again: somebody may have brought it in once more
        if picture := old.filter(sha256=digest).first():
            discarded += _discard(picture)
    return discarded


def _discard(picture: Picture) -> bool:
    try:
        picturing.discard(picture, version=picture.version)
    except (picturing.StillUsed, StaleVersion):
        return False
    return True


def _delete_strays(is_ending: Ending) -> int:
    """Delete the files that a killed process left: without a row, or written by half."""
    deleted = 0
    for folder in sorted(Path(default_storage.path(FOLDER)).glob("[0-9a-f][0-9a-f]")):
        if is_ending():
            break
        found = {path: match for path in folder.iterdir() if (match := FILE.fullmatch(path.name))}
        kept = set(Picture.objects.filter(sha256__startswith=folder.name).values_list("sha256", flat=True))
        deleted += sum(_delete_old(path) for path, match in found.items() if match[1] not in kept)
    return deleted


def _delete_old(path: Path) -> bool:
    """Delete the file unless it is so young that its row may still come."""
    is_old = path.stat().st_mtime < time.time() - KEEP_FILES.total_seconds()
    if is_old:
        path.unlink()
    return is_old
