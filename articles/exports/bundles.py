"""Records and captures of articles in one file to take away."""

import zipfile
from typing import IO

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet, Sum

from articles.exports import records
from articles.models import Article, Capture

MOST_BYTES = 100 * 1024 * 1024


def captures(articles: QuerySet[Article]) -> QuerySet[Capture]:
    """Return the bytes that are kept of these articles, further pages among them."""
    numbers = articles.order_by().values("pk")
    return Capture.objects.filter(
        Q(witness__article__in=numbers) | Q(continues__witness__article__in=numbers)
    ).order_by("sha256")


def size(articles: QuerySet[Article]) -> int:
    """Return how many bytes are kept of these articles."""
    return captures(articles).aggregate(total=Sum("size"))["total"] or 0


def write(articles: QuerySet[Article], file: IO[bytes]) -> None:
    """Write a ZIP of `articles.jsonl` and each capture under its SHA-256; `missing.txt` names those that are gone."""
    missing = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        with bundle.open("articles.jsonl", "w", force_zip64=True) as lines:
            lines.writelines(records.lines(articles))
        for capture in captures(articles).iterator():
            try:
                with default_storage.open(capture.path) as kept:
                    bundle.writestr(f"captures/{capture.sha256}", kept.read())
            except FileNotFoundError:
                missing.append(capture.sha256)
        if missing:
            bundle.writestr("missing.txt", "".join(f"{digest}\n" for digest in missing))
