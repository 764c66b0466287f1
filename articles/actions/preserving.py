"""Rows kept as they are, to be put back with their own keys: what an undo gives back is what was."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core import serializers
from django.db.models import Model

from articles.models import Versioned

Kept = list[dict[str, Any]]


def keep(rows: Iterable[Model]) -> Kept:
    """Return every column of the rows in a form that JSON takes."""
    return json.loads(json.dumps(serializers.serialize("python", rows), default=_written))


def _written(value: Any) -> str:
    # Django's own encoder would cut a moment to milliseconds
    return value.isoformat() if isinstance(value, datetime) else str(value)


def put_back(kept: Kept) -> None:
    """Write the rows as they were, whether they are gone or have changed, past what their tables do on saving.

    Their versions alone go on, so that what was opened meanwhile cannot be saved over them.
    """
    for row in serializers.deserialize("python", kept):
        if isinstance(row.object, Versioned):
            standing = type(row.object)._base_manager.filter(pk=row.object.pk).values_list("version", flat=True)
            row.object.version = max([row.object.version, *standing]) + 1
        row.save()


def digest(kept: Kept) -> str:
    """Return a digest by which the same rows are known again."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
