"""The pictures of articles, handed out to readers for good: another picture has another address."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import quote_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.models import Picture

MEDIA_TYPES = {suffix: media_type for media_type, suffix in Picture.SUFFIXES.items()}
FOR_EVER = "public, max-age=31536000, immutable"


@csrf_exempt  # takes no form: the answer to one is 405, not that its token is missing
@require_safe
def picture(request: HttpRequest, folder: str, sha256: str, suffix: str, width: str = "") -> HttpResponse:
    """Hand out one picture or a copy of it; the address says all there is to know, so that no row is asked for.

    The pattern of the address lets through nothing but a digest, and so the path leads nowhere else.
    """
    row = Picture(sha256=sha256, media_type=MEDIA_TYPES[suffix])
    try:
        with default_storage.open(row.path_of_copy(int(width)) if width else row.path) as file:
            # whole: it is small by its making, and an answer of 304 would leave it open
            response = HttpResponse(file.read(), content_type=row.media_type)
    except (FileNotFoundError, IsADirectoryError):
        raise Http404 from None
    response.headers["ETag"] = quote_etag(f"{sha256}-{width}" if width else sha256)
    response.headers["Cache-Control"] = FOR_EVER
    return response
