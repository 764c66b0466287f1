"""An article that is not public, shown to whom an editor lent its address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.models import Article, PreviewLink


@csrf_exempt  # takes no form: the answer to one is 405, not that its token is missing
@require_safe
def lent(request: HttpRequest, token: str) -> HttpResponse:
    """The edition in work, as readers will see it; a link that has ended looks like one that never was."""
    editions = ("article__working__original_source", "article__live__original_source")
    link = PreviewLink.objects.open().lent(token).select_related("article", *editions).first()
    if link is None or link.article.status == Article.Status.WITHDRAWN:
        raise Http404
    article = link.article
    shown = {"article": article, "edition": article.current, "is_preview": True, "lent_until": link.expires_at}
    page = render(request, "reading/article.html", shown)
    page["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    page["Referrer-Policy"] = "no-referrer"
    patch_cache_control(page, private=True, no_store=True)
    return page
