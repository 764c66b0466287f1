"""Leading readers on from the address of a name that was merged into another."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from articles.models import Alias


def led_on(aliases: type[Alias]) -> Callable:
    """Lead whoever comes by the address of a name that was merged into another on to that one, where readers see it."""

    def leading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def shown(request: HttpRequest, slug: str, **further: int) -> HttpResponse:
            try:
                return view(request, slug, **further)
            except Http404:
                alias = aliases.objects.select_related(aliases.OF).filter(slug=slug).first()
                if alias is None:
                    raise
            view(request, alias.owner.slug, **further)  # a name of drafts alone is not found, by whatever address
            query = request.META.get("QUERY_STRING")
            address = alias.owner.get_absolute_url()
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

        return shown

    return leading
