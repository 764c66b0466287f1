"""How to cite an article, an edition of it, or one paragraph."""

import re

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from articles import body, citations
from articles.exports.naming import file_name
from articles.models import Byline, Edition
from articles.views import reading
from articles.views.serving import for_readers

PARAGRAPH = re.compile(r"[1-9][0-9]{0,5}")
LONGEST_ASKED = 20


@for_readers
def page(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Every form of the citation, and a form in which to name a paragraph."""
    edition = reading.edition_for_readers(pk, number)
    if edition is None:
        return reading.withdrawn(request, pk)
    prefetch_related_objects([edition], Prefetch("bylines", Byline.objects.select_related("author")))
    blocks = body.blocks(edition.body_html)
    asked = request.GET.get("p", "")[:LONGEST_ASKED].strip()
    passage = _passage(asked, len(blocks))
    is_wrong = bool(asked) and passage is None
    shown = {
        "article": edition.article,
        "edition": edition,
        "is_edition_page": number is not None,
        "paragraph_count": len(blocks),
        "passage": passage,
        "words": blocks[passage - 1].text if passage else "",
        "is_wrong": is_wrong,
        "machine_forms": [(style, form.name) for style, form in citations.FORMATS.items() if form.suffix],
    }
    return render(request, "reading/cite.html", shown, status=404 if is_wrong else 200)


@for_readers
def cited(request: HttpRequest, pk: int, style: str, number: int | None = None) -> HttpResponse:
    """One form of the citation by itself: a line to read, or a file for a program."""
    edition = reading.edition_for_readers(pk, number)
    if edition is None:
        return reading.withdrawn(request, pk)
    asked = request.GET.get("p", "")[:LONGEST_ASKED].strip()
    passage = _passage(asked, len(body.blocks(edition.body_html)))
    if asked and passage is None:
        raise Http404
    written = citations.FORMATS[style]
    line = _cited(request, edition, style, passage)
    response = HttpResponse(line, content_type=f"{written.media_type}; charset=utf-8")
    if written.suffix:
        name = file_name("wenmai", f"{pk}-{edition.number}", written.suffix)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _passage(asked: str, count: int) -> int | None:
    """Return the number of the paragraph that is asked for, or None where the text has none of it."""
    number = int(asked) if PARAGRAPH.fullmatch(asked) else 0
    return number if 0 < number <= count else None


def _cited(request: HttpRequest, edition: Edition, style: str, passage: int | None) -> str:
    prefetch_related_objects([edition], Prefetch("bylines", Byline.objects.select_related("author")))
    return citations.cite(
        edition,
        style,
        language=get_language() or "",
        address=request.build_absolute_uri(edition.permanent_address),
        passage=passage,
        accessed=timezone.localdate(),
    )
