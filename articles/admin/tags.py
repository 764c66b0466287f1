"""Tags: free keywords."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.base import LibraryAdmin, count_of
from articles.models import Tag, TaggedArticle, tags_from_string


class TagForm(forms.ModelForm):
    def clean_name(self) -> str:
        """Return the one spelling under which tags are kept, so that 群眾 does not come to stand beside 群众."""
        names = tags_from_string(self.cleaned_data["name"])
        if len(names) != 1:
            raise forms.ValidationError(_("Write one tag, without commas."))
        return names[0]


class TagAdmin(LibraryAdmin):
    form = TagForm
    list_display = ("name", "article_count")
    search_fields = ("name",)
    fields = ("name", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(article_count=count_of(TaggedArticle, "tag"))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, "".join(tags_from_string(search_term)))

    @admin.display(description=_("articles"))
    def article_count(self, tag: Tag) -> int:
        return tag.article_count
