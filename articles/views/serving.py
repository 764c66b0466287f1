"""How pages for readers are served: to anyone, from any cache that asks again, without a cookie."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def for_readers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer GET and HEAD only, with a page that caches may keep when they ask each time whether it still stands."""

    @csrf_exempt  # takes no form: the answer to one is 405, not that its token is missing
    @require_safe
    @wraps(view)
    def served(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return served
