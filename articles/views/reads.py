"""Where pages tell that they were read or found useful, and ask how often: no cookie, and no number in a kept page.

A repeat within a day, a program that says it is one, and another site's page count for nothing.
"""

import hashlib
import re
import secrets
from ipaddress import IPv6Address, ip_address

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles.actions import counting
from articles.models import Article, Mark, Tally
from articles.views.serving import for_readers

HOT = 50
DAY, HOUR = 24 * 60 * 60, 60 * 60
MOST_AN_HOUR = 300
COUNTS_KEPT = 60
ROBOT = re.compile(r"bot\b|bot/|crawl|spider|slurp|curl|wget|python|java/|http", re.IGNORECASE)


@csrf_exempt  # there is no session to misuse; where the request comes from is asked instead
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a page's word that it was read; the answer is the same whether or not that counts."""
    if not _is_from_our_page(request):
        return HttpResponseForbidden(content_type="text/plain")
    # a browser that can send word by itself also says where from
    if "Sec-Fetch-Site" in request.headers:
        _count_once(request, pk, Mark.Kind.READ)
    return HttpResponse(status=204)


@csrf_exempt  # as above
@require_POST
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reader's thanks, and lead back to the article, where a line says so."""
    if not _is_from_our_page(request):
        return HttpResponseForbidden(content_type="text/plain")
    _count_once(request, pk, Mark.Kind.USEFUL)
    return HttpResponseRedirect(f"{reverse('article', args=[pk])}#thanks")


@csrf_exempt  # takes no form
@require_safe
def counts(request: HttpRequest, pk: int) -> HttpResponse:
    """How often the article was read and found useful."""
    found = Article.objects.published().filter(pk=pk).values_list("tally__reads", "tally__useful").first()
    if found is None:
        raise Http404
    response = JsonResponse({"reads": found[0] or 0, "useful": found[1] or 0})
    patch_cache_control(response, public=True, max_age=COUNTS_KEPT)
    return response


@for_readers
def hot(request: HttpRequest) -> HttpResponse:
    """What was read most within thirty days."""
    return render(request, "browsing/hot.html", {"tallies": hottest(HOT), "days": counting.HOT_DAYS})


def hottest(most: int) -> list[Tally]:
    """Return the tallies of the articles that were read most of late, each with its article as lists show it."""
    public = Exists(Article.objects.published().filter(pk=OuterRef("article")))
    read = Tally.objects.filter(public, recent__gt=0).select_related("article__original_source")
    shown = (f"article__{name}" for name in (*Article.SHOWN_IN_LISTS, "original_source__name", "original_source__slug"))
    return list(read.only("recent", *shown).order_by("-recent", "-article")[:most])


def _is_from_our_page(request: HttpRequest) -> bool:
    """Say whether one of our own pages sent this; every browser of today says where a form comes from."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _count_once(request: HttpRequest, pk: int, kind: Mark.Kind) -> None:
    agent = request.headers.get("User-Agent", "")
    if not agent or ROBOT.search(agent[:500]):
        return
    visitor, today = _network(request), timezone.localdate()
    # thrown away with the day it was made for, so that nobody finds out later who read what
    salt = str(cache.get_or_set(f"reads:salt:{today}", lambda: secrets.token_hex(16), DAY))
    if _count(f"reads:of:{_hash(salt, visitor)}") > MOST_AN_HOUR:
        return
    key = f"reads:{kind}:{pk}:{_hash(salt, visitor, agent)}"
    if cache.add(key, True, DAY):
        counting.mark(pk, kind)


def _network(request: HttpRequest) -> str:
    """Where a request comes from; whoever has one address of the sixth version has all of its network."""
    try:
        address = ip_address(get_client_ip_address(request) or "")
    except ValueError:
        return ""
    return address.exploded[:19] if isinstance(address, IPv6Address) else str(address)


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _count(key: str) -> int:
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it went between the two
        return 1
