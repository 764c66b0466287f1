"""How several articles of one work become one: what hangs on a duplicate goes to the article that stays."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet

from articles import body, search
from articles.actions import anchoring, placing, preserving, publishing, standing
from articles.models import Article, Excerpt, Placement, Tag, TaggedArticle, Theme, Witness

Trace = dict[str, Any]
# What editors say of an excerpt, beside where its words stand.
SAID = ("theme", "aspect", "note", "position")


class CannotJoin(Exception):
    """The article that stays is the duplicate itself, or was merged or withdrawn."""


class SurvivorNotPublic(CannotJoin):
    """Readers of the duplicate would be led to an article they may not see."""


class AlreadyJoined(CannotJoin):
    """The duplicate was merged before."""


class NotAsJoined(Exception):
    """What went over to the other article is no longer as it was left there."""


def hold(duplicates: Iterable[int], survivor: int) -> None:
    """Lock all that joining these articles to the survivor, or parting them again, will write."""
    keys = {*duplicates, survivor}
    Article.objects.filter(pk__in=keys).hold()
    placing.themes_of(keys).hold()


@transaction.atomic
def join(duplicate: Article, survivor: Article, *, version: int, by: User) -> Trace:
    """Give what hangs on the duplicate to the survivor, and lead its readers there; return what `part` has to know.

    Witnesses and captures, placements, tags and excerpts go over; an excerpt whose words the survivor does not say
    stays. A duplicate that was public is withdrawn as merged; any other leaves the editors' lists.
    Raises `CannotJoin`, and `StaleVersion` when the duplicate changed since `version` was read.
    """
    was = standing.keep(duplicate)
    hold([duplicate.pk], survivor.pk)
    _take_away(duplicate, survivor, version)
    survivor = Article.objects.get(pk=survivor.pk)
    # editors of these themes have the list of their articles before them
    placing.themes_of([duplicate.pk]).count_up()
    trace = {
        "survivor": survivor.pk,
        "was": was,
        "witnesses": list(duplicate.witnesses.values_list("pk", flat=True)),
        **_move_placements(duplicate, survivor),
        **_move_tags(duplicate, survivor),
        "excerpts": _move_excerpts(duplicate, survivor),
        "now": standing.keep(Article.objects.get(pk=duplicate.pk)),
    }
    Witness.objects.filter(pk__in=trace["witnesses"]).update(article=survivor)
    survivor.touch().save(update_fields=["changed_at"])
    search.put_all([survivor.pk, duplicate.pk])
    return trace


def _take_away(duplicate: Article, survivor: Article, version: int) -> None:
    """Withdraw the duplicate as merged, or let a draft say so."""
    if survivor == duplicate or survivor.merged_into_id or survivor.status == Article.Status.WITHDRAWN:
        raise CannotJoin
    if duplicate.merged_into_id:
        raise AlreadyJoined
    readable = set(Article.objects.published().filter(pk__in=[duplicate.pk, survivor.pk]).values_list("pk", flat=True))
    if duplicate.pk in readable:
        if survivor.pk not in readable:
            raise SurvivorNotPublic
        publishing.withdraw(duplicate, version=version, reason=Article.Withdrawal.MERGED, into=survivor)
        return
    if duplicate.status == Article.Status.SCHEDULED:
        publishing.withdraw(duplicate, version=version, reason=Article.Withdrawal.MERGED)
        version += 1
    draft = Article.objects.claim(duplicate.pk, version)
    draft.merged_into = survivor
    draft.save(update_fields=["merged_into", "changed_at"])


def _move_placements(duplicate: Article, survivor: Article) -> Trace:
    """Move where the duplicate stands; a theme in which the survivor stands already keeps that one placement."""
    dropped = _dropped(duplicate.placements.filter(theme__in=survivor.placements.values("theme")))
    moved = list(duplicate.placements.values_list("pk", flat=True))
    Placement.objects.filter(pk__in=moved).update(article=survivor)
    return {"placements": moved, "placements_dropped": dropped}


def _move_tags(duplicate: Article, survivor: Article) -> Trace:
    dropped = _dropped(duplicate.tag_items.filter(tag__in=survivor.tag_items.values("tag")))
    moved = list(duplicate.tag_items.values_list("pk", flat=True))
    TaggedArticle.objects.filter(pk__in=moved).update(content_object=survivor)
    return {"tags": moved, "tags_dropped": dropped}


def _dropped(rows: QuerySet) -> preserving.Kept:
    """Delete the rows; return them as they were."""
    kept = preserving.keep(rows)
    rows.delete()
    return kept


def _move_excerpts(duplicate: Article, survivor: Article) -> preserving.Kept:
    """Take over the excerpts whose words the survivor says too; return them as they were."""
    edition = survivor.current
    excerpts = list(Excerpt.objects.filter(edition__article=duplicate).order_by("pk"))
    kept = {row["pk"]: row for row in preserving.keep(excerpts)}
    places = body.find_all(edition.body_html, [excerpt.place() for excerpt in excerpts])
    moved = [excerpt.moved_to(place) for excerpt, place in zip(excerpts, places, strict=True) if place is not None]
    for excerpt in moved:
        excerpt.edition, excerpt.is_lost = edition, False
    Excerpt.objects.bulk_update(moved, anchoring.EXCERPT_COLUMNS)
    Excerpt.objects.filter(pk__in=[excerpt.pk for excerpt in moved]).count_up()
    return [kept[excerpt.pk] for excerpt in moved]


@transaction.atomic
def part(duplicate: Article, trace: Trace, *, by: User) -> None:
    """Give the duplicate back all that `join` took from it.

    Raises `NotAsJoined` where any of it was moved, deleted, written in or given back meanwhile.
    """
    hold([duplicate.pk], trace["survivor"])
    if standing.keep(duplicate) != trace["now"] or not _is_as_joined(duplicate, trace):
        raise NotAsJoined
    Witness.objects.filter(pk__in=trace["witnesses"]).update(article=duplicate)
    Placement.objects.filter(pk__in=trace["placements"]).update(article=duplicate)
    TaggedArticle.objects.filter(pk__in=trace["tags"]).update(content_object=duplicate)
    for name in ("placements_dropped", "tags_dropped", "excerpts"):
        preserving.put_back(trace[name])
    placing.themes_of([duplicate.pk]).count_up()
    survivor = Article.objects.get(pk=trace["survivor"])
    survivor.touch().save(update_fields=["changed_at"])
    standing.put_back(duplicate.touch(), trace["was"])
    search.put_all([survivor.pk, duplicate.pk])


def _is_as_joined(duplicate: Article, trace: Trace) -> bool:
    """Say whether everything that went over is where it went, and nothing stands in its old place."""
    survivor = trace["survivor"]
    moved = (
        (Witness.objects.filter(article=survivor), trace["witnesses"]),
        (Placement.objects.filter(article=survivor), trace["placements"]),
        (TaggedArticle.objects.filter(content_object=survivor), trace["tags"]),
        (Excerpt.objects.filter(edition__article=survivor), [row["pk"] for row in trace["excerpts"]]),
    )
    is_there = all(rows.filter(pk__in=keys).count() == len(keys) for rows, keys in moved)
    is_bare = not Placement.objects.filter(article=duplicate).exists() and not duplicate.tag_items.exists()
    return is_there and is_bare and _are_known(trace) and not _is_written_in(trace["excerpts"])


def _is_written_in(excerpts: preserving.Kept) -> bool:
    """Say whether somebody wrote in one of the excerpts since."""
    said = [Q(pk=row["pk"], **{name: row["fields"][name] for name in SAID}) for row in excerpts]
    return Excerpt.objects.filter(reduce(or_, said, Q(pk__in=[]))).count() != len(said)


def _are_known(trace: Trace) -> bool:
    """Say whether the themes and tags of the rows to be put back are still there."""
    themes = {row["fields"]["theme"] for row in (*trace["placements_dropped"], *trace["excerpts"])}
    tags = {row["fields"]["tag"] for row in trace["tags_dropped"]}
    known = Theme.objects.filter(pk__in=themes).count() == len(themes)
    return known and Tag.objects.filter(pk__in=tags).count() == len(tags)
