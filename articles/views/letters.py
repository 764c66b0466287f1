"""Letters from readers: the form, what became of one letter, and the ledger of all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles import body
from articles.actions import letters
from articles.forms import LetterForm
from articles.models import LONGEST_PASSAGE, Article, Edition, Letter
from articles.views import guarding, listing, reading
from articles.views.serving import for_readers

# A form of ours with every field filled to the brim has some 15 KB; of what is longer the words come back to be cut.
LONGEST_FORM = 512 * 1024
SEE_OTHER = 303
TOO_QUICK = _("That was very quick. Please look it over once more, then send it again; your words are still here.")
TOO_OLD = _(
    "This page stood open for long. Please look it over once more, then send it again; your words are still here."
)
TOO_MANY = _("Many letters came within this hour. Please send yours again later; your words are still here.")
FULL = _("So many letters wait for an answer that no more are taken in today. Your words are still here: keep them.")


# The form


@csrf_exempt  # there is no cookie to be misused; what stands in the place of the check: see guarding.py
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a letter about an article that is before its readers; for any other number nothing is there."""
    is_sent = request.method == "POST"
    if is_sent and (as_number(request.META.get("CONTENT_LENGTH")) or 0) > LONGEST_FORM:
        raise BadRequest("No letter is that long.")
    asked = request.POST if is_sent else request.GET
    edition = _edition(pk, as_number(asked.get("edition")))
    response = _send(request, edition) if is_sent else _page(request, edition, LetterForm(initial=_chosen(asked)))
    patch_cache_control(response, private=True, no_store=True)
    return response


def as_number(text: str | None) -> int | None:
    """Return the number somebody wrote into an address or a form; None for what is none that a database has room for.

    >>> as_number("12"), as_number("x"), as_number("9" * 40)
    (12, None, None)
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _edition(pk: int, number: int | None) -> Edition:
    """The edition a reader had before them; the newest where that is not known."""
    found = list(reading.editions_for_readers(pk).filter(Q(number=number) | Q(pk=F("article__live"))))
    if not found:
        raise Http404
    return next((edition for edition in found if edition.number == number), found[0])


def _chosen(asked: Mapping[str, str]) -> dict[str, str]:
    """What the link to the form says: the kind of letter, and what was selected."""
    chosen = {name: asked[name][:LONGEST_PASSAGE] for name in ("block", "start", "passage") if name in asked}
    is_comment = asked.get("kind") == Letter.Kind.COMMENT
    return chosen | {"kind": Letter.Kind.COMMENT if is_comment else Letter.Kind.CORRECTION}


def _page(
    request: HttpRequest, edition: Edition, form: LetterForm, refusal: str | Promise = "", status: int = 200
) -> HttpResponse:
    """Show the form, with what was typed in it; a page that was made before goes on with its token."""
    token, article = request.POST.get("token", ""), edition.article_id
    shown = {
        "edition": edition,
        "article": edition.article,
        "form": form,
        "token": token if guarding.age_of(token, article) is not None else guarding.token_for(article),
        "paragraph": _paragraph(edition, _block(form["block"].value())),
        "refusal": refusal,
    }
    return render(request, "letters/report.html", shown, status=status)


def _block(number: str | None) -> int | None:
    """The block of a paragraph, which a page counts from 1; the title is 0."""
    found = as_number(number)
    return None if found is None else found - 1


def _paragraph(edition: Edition, block: int | None) -> str:
    texts = {body.TITLE: edition.title} | {each.index: each.text for each in body.blocks(edition.body_html)}
    return texts.get(block, "") if block is not None else ""


def _send(request: HttpRequest, edition: Edition) -> HttpResponse:
    if guarding.is_from_elsewhere(request):
        raise PermissionDenied
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, form)
    age = guarding.age_of(request.POST.get("token", ""), edition.article_id)
    if age is None or age < guarding.QUICKEST:
        return _page(request, edition, form, TOO_OLD if age is None else TOO_QUICK)
    written = _written(form.cleaned_data)
    letter = letters.known(edition, written)
    if letter is None and guarding.is_too_many(request, edition.article_id):
        return _page(request, edition, form, TOO_MANY, status=429)
    try:
        letter = letter or letters.receive(edition, written)
    except letters.PostFull:
        return _page(request, edition, form, FULL, status=503)
    return HttpResponseRedirect(f"{letter.get_absolute_url()}?sent=1", status=SEE_OTHER)


def _written(said: Mapping[str, Any]) -> letters.Written:
    words = {name: said[name] for name in ("kind", "passage", "suggestion", "remark", "name", "contact")}
    if said["kind"] == Letter.Kind.COMMENT:
        words["suggestion"] = ""
    return letters.Written(**words, block=_block(said["block"]), start=as_number(said["start"]) or 0)


# What became of it


@for_readers
def letter(request: HttpRequest, ticket: str) -> HttpResponse:
    """What became of one letter; while its article is not before its readers, no more than that."""
    found = get_object_or_404(Letter.objects.select_related("article", "put_into").defer(*UNSHOWN), ticket=ticket)
    is_public = Article.objects.published().filter(pk=found.article_id).exists()
    shown = {"letter": found, "article": found.article, "is_public": is_public, "is_sent": "sent" in request.GET}
    return render(request, "letters/letter.html", shown)


# Nothing of this is in any page for readers.
UNSHOWN = ("contact", "digest", "put_into__body_html", "put_into__notes", "put_into__abstract")


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing the ledger can be narrowed by: its name, and what can be chosen."""

    title: str | Promise
    name: str
    choices: list[tuple[str, str | Promise, str]]
    chosen: str


@for_readers
def ledger(request: HttpRequest) -> HttpResponse:
    """Every letter about an article that is before its readers, whether it waits or what was decided on it."""
    told = Letter.objects.published()
    years = [str(moment.year) for moment in told.order_by().datetimes("received_at", "year", order="DESC")]
    asked = _asked(request.GET, years)
    rows = told.filter(**_lookups(asked)).select_related("article", "put_into").defer(*UNSHOWN)
    page = listing.BY_RECEIPT.page(rows, request.GET)
    shown = {
        "page": page,
        "filters": _filters(asked, years),
        "article": page.rows[0].article if "article" in asked and page.rows else None,
        "query": urlencode(asked),
        "is_narrowed": bool(asked),
        **_numbers(told),
    }
    return render(request, "letters/ledger.html", shown)


def _asked(asked: Mapping[str, str], years: list[str]) -> dict[str, str]:
    """What the list is narrowed by; 404 for what is no choice of ours."""
    known = {"state": Letter.State.values, "kind": Letter.Kind.values, "year": years}
    chosen = {name: asked[name] for name in (*known, "article") if asked.get(name)}
    if any(value not in known[name] for name, value in chosen.items() if name in known):
        raise Http404
    if "article" in chosen and as_number(chosen["article"]) is None:
        raise Http404
    return chosen


def _lookups(asked: Mapping[str, str]) -> dict[str, str]:
    return {"received_at__year" if name == "year" else name: value for name, value in asked.items()}


def _filters(asked: dict[str, str], years: list[str]) -> list[Filter]:
    offered: list[tuple[str, str | Promise, list[tuple[str, str | Promise]]]] = [
        ("state", _("State"), list(Letter.State.choices)),
        ("kind", _("Kind"), list(Letter.Kind.choices)),
        ("year", _("Year"), [(year, year) for year in years]),
    ]
    return [
        Filter(
            title,
            name,
            [(value, label, urlencode(asked | {name: value})) for value, label in choices],
            asked.get(name, ""),
        )
        for name, title, choices in offered
        if len(choices) > 1 or name in asked
    ]


def _numbers(told: QuerySet[Letter]) -> dict[str, int | None]:
    """How many letters came and were answered, and how many days the answer to one in the middle took."""
    counts = told.order_by().aggregate(received=Count("pk"), answered=Count("days"))
    middle = (counts["answered"] - 1) // 2
    days = told.filter(days__isnull=False).order_by("days").values_list("days", flat=True)
    return counts | {"median": next(iter(days[middle : middle + 1]), None) if counts["answered"] else None}
