"""Articles and themes as files to take away."""

import hashlib
import tempfile
from collections.abc import Callable
from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language

from articles import citations
from articles.exports import epub, manuscript, naming, themes
from articles.exports.formats import FORMATS
from articles.models import Edition, Theme, ThemeAlias
from articles.views import browsing, reading
from articles.views.serving import for_readers


@for_readers
def article(request: HttpRequest, pk: int, suffix: str, number: int | None = None) -> HttpResponseBase:
    """The newest edition, or the one that is named, in one of the formats; in the script of the address."""
    edition = reading.edition_for_readers(pk, number)
    if edition is None:
        return reading.withdrawn(request, pk)
    (told,) = manuscript.tell([edition], **_ways_of(request))
    form = FORMATS[suffix]
    name = naming.file_name(told.title, f"{pk}-{edition.number}", suffix)
    return _handed_out(request, lambda file: form.write(told, file), form.media_type, name)


@for_readers
@browsing.led_on(ThemeAlias)
def theme(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All that is placed in a theme as one EPUB; a theme that holds too much for one says so."""
    found = get_object_or_404(Theme, slug=slug)
    articles, characters = themes.count(found)
    if not articles:
        raise Http404
    if articles > themes.MOST_ARTICLES or characters > themes.MOST_CHARACTERS:
        said = {"theme": found, "count": articles, "most": themes.MOST_ARTICLES, "characters": themes.MOST_CHARACTERS}
        return render(request, "browsing/theme_too_large.html", said, status=403)
    address = request.build_absolute_uri(found.get_absolute_url())
    book = themes.book(found, themes.placed(found), address=address, **_ways_of(request))
    name = naming.file_name(book.title, "wenmai", "epub")
    return _handed_out(request, lambda file: epub.write_book(book, file), epub.MEDIA_TYPE, name)


def _ways_of(request: HttpRequest) -> dict:
    """How a file of this request names editions; the day it is taken is no part of it, so that it stays the same."""
    language = get_language() or ""

    def address_of(edition: Edition) -> str:
        return request.build_absolute_uri(edition.permanent_address)

    def citation_of(edition: Edition) -> str:
        return citations.cite(edition, "gbt7714", language=language, address=address_of(edition))

    return {"language": language, "address_of": address_of, "citation_of": citation_of}


def _handed_out(
    request: HttpRequest, write: Callable[[IO[bytes]], None], media_type: str, name: str
) -> HttpResponseBase:
    """Write the file to disk and hand it out from there, or say that the one the reader has is the same still.

    Its tag is of its bytes: an edition never changes, but what is told around it may, as the name of a source.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    tag = quote_etag(hashlib.file_digest(file, "sha256").hexdigest())
    known: HttpResponse | None = get_conditional_response(request, etag=tag)
    if known is not None:
        file.close()
        known["ETag"] = tag
        return known
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    response["ETag"] = tag
    return response
