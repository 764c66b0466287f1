"""The bylines of an edition and the tags of its article, as columns of the query for the edition."""

from django.db.models import Subquery

from articles.models import Author, Byline, Edition, Tag, TaggedArticle, gathered

OF_BYLINE = ("pk", "printed", "role", "affiliation", "position")
OF_AUTHOR = {"author_pk": "author", "author_name": "author__name", "author_slug": "author__slug"}
OF_TAG = ("pk", "name", "slug")


def columns() -> dict[str, Subquery]:
    """Return the columns in which `hang` looks."""
    bylines = {name: name for name in OF_BYLINE} | OF_AUTHOR
    tags = {name: f"tag__{name}" for name in OF_TAG}
    return {
        "bylines_there": gathered(Byline.objects.all(), "edition", "pk", **bylines),
        "tags_there": gathered(TaggedArticle.objects.all(), "content_object", "article", **tags),
    }


def hang(edition: Edition) -> None:
    """Give the edition its bylines and its article its tags, as if they had been prefetched.

    In: an edition that was asked for with `columns`.
    """
    bylines = sorted(_there(edition, "bylines_there"), key=lambda row: (row["position"], row["pk"]))
    tags = sorted(_there(edition, "tags_there"), key=lambda row: row["name"])
    _remember(edition, "bylines", [_byline(row, edition) for row in bylines])
    _remember(edition.article, "tags", [Tag(**row) for row in tags])


def _there(edition: Edition, column: str) -> list[dict]:
    return getattr(edition, column) or []


def _byline(row: dict, edition: Edition) -> Byline:
    author = Author(**{name: row[f"author_{name}"] for name in ("pk", "name", "slug")})
    return Byline(edition=edition, author=author, **{name: row[name] for name in OF_BYLINE})


def _remember(row: object, relation: str, rows: list) -> None:
    row.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = rows
