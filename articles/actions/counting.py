"""Reads and thanks: marked as they come, counted in batches by the clock, so that no two readers wait for one row."""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from articles.models import Article, DayOfReads, Mark, Tally

HOT_DAYS = 30
KEEP_DAYS = timedelta(days=40)
BATCH = 500
# Where no clock runs, whoever writes every so manyth mark counts what there is.
OVERDUE = 1_000
MOST = 2_000_000_000

Ending = Callable[[], bool]


def mark(article: int, kind: Mark.Kind) -> bool:
    """Write down a read or thanks, and say whether there is such an article before its readers."""
    if not Article.objects.published().filter(pk=article).exists():
        return False
    try:
        with transaction.atomic():
            made = Mark.objects.create(article_id=article, kind=kind, day=timezone.localdate())
    except IntegrityError:  # it was deleted in this very moment
        return False
    if made.pk % OVERDUE == 0:
        count()
    return True


def count(is_ending: Ending = lambda: False) -> int:
    """Count the marks that came, a batch at a time, and return how many there were."""
    counted = 0
    while not is_ending():
        batch = _count_batch()
        counted += batch
        if batch < BATCH:
            break
    return counted


@transaction.atomic
def _count_batch() -> int:
    """Count one batch, whole or not at all; what another process has in hand is left to it."""
    marks = list(Mark.objects.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    Mark.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    numbers = {mark.article_id for mark in marks}
    of_days = Counter((mark.article_id, mark.day) for mark in marks if mark.kind == Mark.Kind.READ)
    of_kinds = Counter((mark.article_id, mark.kind) for mark in marks)
    Tally.objects.bulk_create([Tally(article_id=number) for number in sorted(numbers)], ignore_conflicts=True)
    days = [DayOfReads(article_id=number, day=day) for number, day in sorted(of_days)]
    DayOfReads.objects.bulk_create(days, ignore_conflicts=True)
    for (number, day), reads in sorted(of_days.items()):
        DayOfReads.objects.filter(article=number, day=day).update(reads=Least(F("reads") + reads, MOST))
    for number in sorted(numbers):
        reads, useful = (of_kinds[number, kind] for kind in (Mark.Kind.READ, Mark.Kind.USEFUL))
        Tally.objects.filter(article=number).update(
            reads=Least(F("reads") + reads, MOST), useful=Least(F("useful") + useful, MOST)
        )
    _reckon(numbers)
    return len(marks)


def age(is_ending: Ending = lambda: False) -> int:
    """Let what was read long ago no longer count as hot, and return how many days of articles were thrown away."""
    old = DayOfReads.objects.filter(day__lt=timezone.localdate() - KEEP_DAYS).delete()[0]
    hot = list(Tally.objects.filter(recent__gt=0).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(hot), BATCH):
        if is_ending():
            break
        _reckon(hot[start : start + BATCH])
    return old


def _reckon(articles: Collection[int]) -> None:
    """Reckon the reads of late anew from the days."""
    since = timezone.localdate() - timedelta(days=HOT_DAYS)
    days = DayOfReads.objects.filter(article=OuterRef("pk"), day__gt=since).order_by().values("article")
    total = Subquery(days.annotate(total=Sum("reads")).values("total"), output_field=IntegerField())
    Tally.objects.filter(pk__in=articles).update(recent=Least(Coalesce(total, 0), MOST))
