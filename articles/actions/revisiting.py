"""Asking the addresses of witnesses whether they still answer: a few at a time, the longest unasked first."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.db.models import F, Q
from django.db.models.functions import Now

from articles.actions import bringing
from articles.intake import Unreadable
from articles.intake.fetching import OUT_OF_REACH, OutOfReach, SiteAnswered
from articles.intake.robots import Visitor
from articles.models import Witness

AT_ONCE = 5
MOST_PER_HOST_AN_HOUR = 4
ASK_AGAIN_AFTER = timedelta(days=30)
# Whoever did not answer may have been away for an hour; the second silence counts.
ASK_THE_SILENT_AGAIN_AFTER = timedelta(days=1)
# A run that was killed wrote down no answer; then another one asks.
ANSWER_WITHIN = timedelta(minutes=10)
# Beyond these nobody looks for a site that may be asked now; the next run does.
MOST_LOOKED_AT = 2_000
GONE = {404, 410}


def check_addresses(
    limit: int = AT_ONCE, *, visitor: Visitor | None = None, is_ending: Callable[[], bool] = lambda: False
) -> dict[str, int]:
    """Ask the addresses of so many witnesses, and write down what each answered.

    Each site is asked what it allows, and never for more than a few pages an hour. Of two runs one asks an address.
    """
    told = {"asked": 0, "dead": 0}
    visits = visitor or bringing.new_visitor()
    for witness in _whose_turn_it_is():
        if told["asked"] >= limit or is_ending():
            break
        if _was_asked_enough(witness) or not _claim(witness):
            continue
        told["asked"] += 1
        told["dead"] += _ask(witness, visits)
    return told


def _whose_turn_it_is() -> Iterator[Witness]:
    waiting = Witness.objects.filter(_is_waiting(), address__startswith="http")
    yield from waiting.order_by(F("checked_at").asc(nulls_first=True), "pk")[:MOST_LOOKED_AT]


def _is_waiting() -> Q:
    return (
        Q(checked_at=None)
        | Q(checked_at__lt=Now() - ASK_AGAIN_AFTER)
        | Q(answer="", checked_at__lt=Now() - ANSWER_WITHIN)
        | Q(answer=OUT_OF_REACH, is_dead=False, checked_at__lt=Now() - ASK_THE_SILENT_AGAIN_AFTER)
    )


def _was_asked_enough(witness: Witness) -> bool:
    """Say whether the witness's site was asked often enough within the hour, by this run or another."""
    lately = Witness.objects.filter(checked_at__gt=Now() - timedelta(hours=1)).values_list("address", flat=True)
    return Counter(map(_host_of, lately))[_host_of(witness.address)] >= MOST_PER_HOST_AN_HOUR


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # an unfinished IPv6 address
        return ""


def _claim(witness: Witness) -> bool:
    """Take the witness before another run does; until its answer is written down it has none."""
    waiting = Witness.objects.filter(_is_waiting(), pk=witness.pk)
    return waiting.update(checked_at=Now(), answer="") == 1


def _ask(witness: Witness, visitor: Visitor) -> bool:
    """Write down what the address answered; return whether it is dead. What a refusal of ours leaves open stays so."""
    is_dead = witness.is_dead
    try:
        visitor.fetch(witness.address)
        answer, is_dead = "200", False
    except SiteAnswered as site:
        answer, is_dead = str(site.status), site.status in GONE
    except OutOfReach as refusal:
        answer, is_dead = str(refusal), is_dead or witness.answer == OUT_OF_REACH
    except Unreadable as refusal:
        answer = str(refusal)[: Witness._meta.get_field("answer").max_length]
    Witness.objects.filter(pk=witness.pk).update(checked_at=Now(), answer=answer, is_dead=is_dead)
    return is_dead
