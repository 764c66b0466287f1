"""What keeps programs from writing letters: where a form came from, when its page was made, how many come.

A reader has no session and no cookie, so that pages stay the same for everybody; decision 23 says what stands in their
place.
"""

import hashlib
import hmac
import time
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Letter

SALT = "articles.letters"
QUICKEST = 3
OLDEST = 24 * 60 * 60
HOUR, DAY = 60 * 60, 24 * 60 * 60
# So many letters an hour: from one address, about one article, to the whole site.
MOST_OF_CLIENT, MOST_OF_ARTICLE, MOST_OF_SITE = 10, 30, 300


def token_for(article: int, at: float | None = None) -> str:
    """Return what a form about this article carries: nobody else can make one, and it says when its page was made."""
    return signing.dumps([article, int(time.time() if at is None else at)], salt=SALT)


def age_of(token: str, article: int) -> int | None:
    """Return how many seconds ago the page of this form was made; None where it is not ours, or far too old."""
    try:
        about, at = signing.loads(token, salt=SALT, max_age=2 * OLDEST)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    age = int(time.time()) - at
    return age if about == article and age <= OLDEST else None


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Say whether another site's page sent this form; every browser of today says where a form comes from."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site != "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


def is_too_many(request: HttpRequest, article: int) -> bool:
    """Count this letter, and say whether its address, its article or the site had too many within the hour.

    What an address sent is counted where the process remembers it, since no row says where a letter came from; the
    letters themselves are counted in the database, which all processes share.
    """
    hour = int(time.time()) // HOUR
    if _count(f"letters:{hour}:client:{client_of(request)}") > MOST_OF_CLIENT:
        return True
    of_hour = Letter.objects.filter(received_at__gt=timezone.now() - timedelta(hours=1)).order_by()
    return of_hour.count() >= MOST_OF_SITE or of_hour.filter(article=article).count() >= MOST_OF_ARTICLE


def client_of(request: HttpRequest) -> str:
    """Return a name for where a request comes from, by which nobody finds the address, and which changes every day."""
    address = ip_address(get_client_ip_address(request) or "0.0.0.0")  # noqa: S104 -- a socket has no address
    # whoever has one address of the sixth version has all of its network
    known = address.exploded[:19] if isinstance(address, IPv6Address) else str(address)
    said = f"{SALT} {int(time.time()) // DAY} {known}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()[:32]


def _count(key: str) -> int:
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it went between the two: the hour is over, or the cache was full
        return 1
