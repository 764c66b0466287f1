"""What is done by the clock, beside the people: each job may run twice, at once or not at all, and nothing is lost.

No reader waits for any of this: what is published is decided by the database's clock when it is read.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Now

from articles import search
from articles.actions import counting, deeds, letters, publishing, revisiting, tidying
from articles.models import Article, Deed, DeedRow, Presence, PreviewLink, Run, WorkingCopy

KEEP_WORKING_COPIES = timedelta(days=30)
KEEP_PRESENCES = timedelta(days=1)
KEEP_EXPIRED_LINKS = timedelta(days=30)
# These look at every article or every day, so they are done seldom.
SELDOM = {"age_reads": timedelta(days=1), "tidy_pictures": timedelta(days=1), "index": timedelta(hours=1)}
# So many rows are locked at a time.
BATCH = 500

Told = dict[str, int]
# Whether the work is to end: asked between two rows.
Ending = Callable[[], bool]
Job = Callable[[Ending], Told]


def flip_status(is_ending: Ending) -> Told:
    """Let the rows of articles whose moment has come say that they are published."""
    due = Article.objects.due().order_by("pk").values_list("pk", flat=True)
    return {"published": sum(publishing.arrive(pk) for pk in _until(is_ending, due))}


def prune(is_ending: Ending) -> Told:
    """Throw away what nobody comes back to: old drafts of forms, traces of who was there, links that led nowhere long.

    Of readers whose letters were closed, how to reach them goes. Of what was done to many rows, the log stays; what
    undoing it would need goes when it cannot be undone any more. What was begun and left for as long is stopped, and
    can be taken back from then on as any other.
    """
    old = {
        "working_copies": WorkingCopy.objects.filter(typed_at__lt=Now() - KEEP_WORKING_COPIES),
        "presences": Presence.objects.filter(seen_at__lt=Now() - KEEP_PRESENCES),
        "preview_links": PreviewLink.objects.filter(expires_at__lt=Now() - KEEP_EXPIRED_LINKS),
    }
    told = {name: sum(_delete(batch) for batch in _batches(rows, is_ending)) for name, rows in old.items()}
    told["contacts"] = letters.forget_contacts()
    for deed in _until(is_ending, Deed.objects.left().filter(kind__in=deeds.KINDS)):
        deeds.close(deed)
    rows = DeedRow.objects.filter(deed__in=Deed.objects.settled().order_by().values("pk"))
    remembering = rows.filter(Q(before__isnull=False) | Q(after__isnull=False))
    told["deed_rows"] = sum(_forget(batch) for batch in _batches(remembering, is_ending))
    return told


def count_reads(is_ending: Ending) -> Told:
    """Count what readers' pages told since the last time."""
    return {"marks": counting.count(is_ending)}


def age_reads(is_ending: Ending) -> Told:
    """Let reads of long ago no longer count as hot, and throw their days away."""
    return {"days_of_reads": counting.age(is_ending)}


def check_addresses(is_ending: Ending) -> Told:
    """Ask some of the addresses of copies whether they still answer."""
    return revisiting.check_addresses(is_ending=is_ending)


def index(is_ending: Ending) -> Told:
    """Put into the search index what came in past it, or was put in by the rules of an older release."""
    count, keys = 0, [0]
    while not is_ending() and (keys := search.waiting(after=keys[-1], most=BATCH)):
        count += search.put_all(keys)
    return {"indexed": count}


def jobs() -> dict[str, Job]:
    """Return the jobs of this site that are due, by their names; whether it asks other sites is a setting."""
    asking = {"check_addresses": check_addresses} if settings.CHECK_ADDRESSES else {}
    seldom: dict[str, Job] = {"age_reads": age_reads, "index": index, "tidy_pictures": tidying.tidy_pictures}
    lately = Q(pk__in=())
    for name, pause in SELDOM.items():
        lately |= Q(job=name, ran_at__gt=Now() - pause)
    done = set(Run.objects.filter(lately).values_list("job", flat=True))
    due = {name: job for name, job in seldom.items() if name not in done}
    return {"flip_status": flip_status, "prune": prune, "count_reads": count_reads, **due, **asking}


def run(name: str, job: Job, is_ending: Ending = lambda: False) -> Told:
    """Do the job, and leave word of when and what it did."""
    told = job(is_ending)
    Run.objects.update_or_create(job=name, defaults={"ran_at": Now(), "told": told})
    return told


def _until(is_ending: Ending, rows: QuerySet) -> Iterator:
    """The rows as they stand now, until the work is to end."""
    for row in list(rows):
        if is_ending():
            return
        yield row


def _batches(rows: QuerySet, is_ending: Ending) -> Iterator[QuerySet]:
    """The rows a batch at a time, each a write of its own, until none is left."""
    keys = iter(list(rows.order_by("pk").values_list("pk", flat=True)))
    while (batch := list(islice(keys, BATCH))) and not is_ending():
        yield rows.filter(pk__in=batch)


def _delete(rows: QuerySet[Model]) -> int:
    return rows.delete()[0]


def _forget(rows: QuerySet[DeedRow]) -> int:
    return DeedRow.objects.filter(pk__in=rows.values("pk")).update(before=None, after=None)
