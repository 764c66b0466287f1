"""The site's own pages: about, help, accessibility, and what else its publishers have to say."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from articles.chinese.scripts import script_of
from articles.models import Edition, SitePage
from articles.views.serving import for_readers


@for_readers
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page in the language of its address, set as the text of an article is."""
    found = get_object_or_404(SitePage, slug=slug)
    text = Edition(title=found.shown_title, body_html=found.shown_body)
    text.script = script_of(text.title + text.body_html)
    is_english = get_language() == "en" and bool(found.body_en)
    return render(request, "pages/page.html", {"page": found, "edition": text, "is_english": is_english})
