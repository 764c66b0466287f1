"""Tags: free keywords."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagWidget

from articles.admin.base import count_of
from articles.admin.names import articles_counted
from articles.admin.naming import AliasInline, NamedAdmin, NamedForm
from articles.models import Tag, TagAlias, TaggedArticle, tags_from_string


class TagForm(NamedForm):
    def clean_name(self) -> str:
        """Return the one spelling under which tags are kept, so that 群眾 does not come to stand beside 群众."""
        return one_tag(self.instance, self.cleaned_data["name"])


def one_tag(tag: Tag, name: str) -> str:
    """Return the name as tags are kept. Raises `ValidationError` for several, and for an alias of another tag."""
    names = tags_from_string(name)
    if len(names) != 1:
        raise forms.ValidationError(_("Write one tag, without commas."))
    owner = TagAlias.objects.filter(name__iexact=names[0]).exclude(tag=tag.pk).first()
    if owner:
        raise forms.ValidationError(_("This is another name of the tag “%s”; whoever types it gets that.") % owner.tag)
    return names[0]


class TagAliasInline(AliasInline):
    model = TagAlias


def checked(names: list[str]) -> list[str]:
    """Return the names of tags; raises `ValidationError` for what cannot be a tag."""
    for tag in (Tag(name=name) for name in names):
        try:
            tag.clean_fields(exclude=["slug"])
            tag.clean()
        except forms.ValidationError as error:
            raise forms.ValidationError(error.messages) from error
    return names


class TagSuggestions(TagWidget):
    """The line of tags, which suggests those there are for the name that is being typed."""

    template_name = "django/forms/widgets/text.html"

    class Media:
        js = (forms.Script("js/admin/tags.js", defer=True),)

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        query = {"app_label": "articles", "model_name": "taggedarticle", "field_name": "tag"}
        address = f"{reverse('admin:autocomplete')}?{urlencode(query)}"
        said = {"data-suggestions": address, "data-said": _("tags there are"), "autocomplete": "off"}
        return {**super().build_attrs(*args, **kwargs), **said}


class TagAdmin(NamedAdmin):
    list_purpose = _("Every tag, with how many articles bear it; two tags that say the same are merged.")
    form_purpose = _("One tag: its name, and the other words that lead to it.")
    form = TagForm
    list_display = ("name", "article_count")
    fields = ("name", "slug")
    inlines = (TagAliasInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(article_count=count_of(TaggedArticle, "tag"))

    def clean_name(self, row: Tag, name: str) -> str:
        return one_tag(row, name)

    def label(self, row: Tag) -> str:
        return f"{row.name} · {articles_counted(row.article_count)}"

    @admin.display(description=_("articles"))
    def article_count(self, tag: Tag) -> int:
        return tag.article_count
