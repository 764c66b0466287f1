"""The form of one article, and what else its editors do with it."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import InlineAdminFormSet
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from articles.actions import editing
from articles.actions.restoring import look_again
from articles.admin import (
    arranging,
    bringing,
    bulk,
    deeds,
    editions,
    keeping,
    picturing,
    previewing,
    publication,
    restoring,
    reviewing,
    rules,
    saved_views,
    tracing,
)
from articles.admin.article_form import ArticleForm
from articles.admin.article_inlines import BylineFormSet, BylineInline, LineInline, PlacementFormSet, PlacementInline
from articles.admin.article_list import ArticleList
from articles.admin.body_field import WithBodyEditor
from articles.models import Article, Edition, Finding

MOST_COPIES = 50
# The screens around an article beside its form; each says which addresses are its own.
DESKS = (
    bringing,
    previewing,
    publication,
    reviewing,
    restoring,
    tracing,
    editions,
    keeping,
    arranging,
    picturing,
    bulk,
    deeds,
    saved_views,
)

SECTIONS = (
    ("text", _("Text"), ("title", "subtitle", "body_html", "abstract", "abstract_by")),
    ("identity", _("Identity"), (("language", "script", "checking"), "printed_editor", "keywords")),
    ("provenance", _("Provenance"), ("original_source", "original_source_printed", "date", "copies")),
    ("themes", _("Themes"), ("tags",)),
    ("notes", _("Notes"), ("notes", "reason")),
    ("findings", _("Findings"), ("findings",)),
)


class ArticleAdmin(WithBodyEditor, ArticleList):
    form_purpose = _("The text of one article and what is known about it.")
    form = ArticleForm
    inlines = (BylineInline, PlacementInline)
    readonly_fields = ("findings", "copies", "as_it_stands")
    autocomplete_fields = ("original_source",)
    actions = (bulk.selected, "publish_selected", "withdraw_selected")

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or rules.may_edit(rules.editor_of(request), obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (
            obj is None or rules.may_delete(rules.editor_of(request), obj)
        )

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(rules.PUBLISH)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """A draft goes with all that hangs on it; whether it may go at all was asked of the draft."""
        to_delete, counts, _perms_needed, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, set(), protected

    # Addresses

    def get_urls(self) -> list[URLPattern]:
        pages = (page for desk in DESKS for page in desk.PAGES)
        ours = [
            path(route, self.admin_site.admin_view(partial(view, self)), name=f"articles_article_{name}")
            for route, name, view in pages
        ]
        return [*ours, *super().get_urls()]

    @admin.action(description=_("Publish…"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        return publication.many(self, request, queryset, publication.PUBLISH_MANY)

    @admin.action(description=_("Withdraw…"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        return publication.many(self, request, queryset, publication.WITHDRAW_MANY)

    # The form

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **{**kwargs, "fields": ["tags"]})
        source = Edition._meta.get_field("original_source")
        form.base_fields["original_source"] = self.formfield_for_dbfield(source, request)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> list[tuple[Any, dict[str, Any]]]:
        if obj and not self.has_change_permission(request, obj):
            return [(None, {"fields": ("as_it_stands", "findings")})]
        sections = SECTIONS if obj else SECTIONS[:-1]
        return [(title, {"fields": fields, "classes": (name,)}) for name, title, fields in sections]

    def get_formset_kwargs(self, request: HttpRequest, obj: Article, inline: LineInline, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if inline.of_edition:
            kwargs["instance"] = Edition()
        if obj.pk and request.method != "POST":
            kwargs["initial"] = inline.shown(obj)
        return kwargs

    def stands_on(self, row: Article) -> str:
        """An edition that was handed in or published meanwhile is no longer the one somebody began to write in."""
        return f"{row.current.pk} {row.current.state}"

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        if not change:
            article = editing.start(by=rules.editor_of(request), **form.written_columns())
        elif form.is_revised():
            article = editing.revise(
                obj, version=form.cleaned_data["version"], by=rules.editor_of(request), **form.written_columns()
            )
        else:
            article = Article.objects.claim(obj.pk, form.cleaned_data["version"])
        obj.__dict__.update(article.__dict__)

    def save_related(self, request: HttpRequest, form: ArticleForm, formsets: list, change: bool) -> None:
        article = form.instance
        form.save_m2m()
        for formset in formsets:
            if isinstance(formset, BylineFormSet):
                self._sign(request, article, formset)
            elif isinstance(formset, PlacementFormSet):
                formset.new_objects = editing.settle(article, formset.places())
        editing.refresh(article)
        if form.is_reworded():
            looked = look_again(article, version=article.version, by=rules.editor_of(request))
            article.__dict__.update(looked.article.__dict__)
        keeping.forget(request)

    def _sign(self, request: HttpRequest, article: Article, formset: BylineFormSet) -> None:
        """Write the byline, where it changed, into the working edition; the article's version is claimed by now."""
        if not formset.is_revised(article.current):
            return
        edition = article.working = editing.working_edition(article, by=rules.editor_of(request))
        edition.changed_by = rules.editor_of(request)
        edition.save()
        edition.bylines.all().delete()
        editing.sign(edition, formset.signatures())
        formset.new_objects = list(edition.bylines.select_related("author"))

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        return self._to_publication(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        onward = self._to_publication(request, obj) or self._to_next(request, obj)
        return onward or super().response_change(request, obj)

    def _to_next(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Go on to the article that follows in the list the editor came from, or to that list at its end."""
        if "_next" not in request.POST:
            return None
        filters = self.get_preserved_filters(request)
        beside = keeping.next_of(self, request, article)
        if beside is None:
            return self.response_post_save_change(request, article)
        return HttpResponseRedirect(f"{reverse('admin:articles_article_change', args=[beside])}?{filters}".rstrip("?"))

    def _to_publication(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        if "_publish" not in request.POST or not self.has_publish_permission(request):
            return None
        return HttpResponseRedirect(reverse("admin:articles_article_publish", args=[article.pk]))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        article = kwargs.get("obj")
        context["sections"] = _sections(context["adminform"], context["inline_admin_formsets"])
        context["may_publish"] = self.has_publish_permission(request)
        if article is not None and article.pk:
            context["standing"] = reviewing.standing_of(rules.editor_of(request), article)
            context["is_public"] = context["standing"].status == Article.Status.PUBLISHED
        return super().render_change_form(request, context, **kwargs)

    # What the form shows and nobody types

    @admin.display(description=_("findings"))
    def findings(self, article: Article) -> str:
        is_open = Count("pk", filter=Q(state=Finding.State.OPEN))
        classes = article.current.findings.order_by().values("code").annotate(count=Count("pk"), open=is_open)
        shown = {"classes": classes.order_by("-open", "code"), "article": article}
        return render_to_string("admin/articles/article/_findings.html", shown)

    @admin.display(description=_("witnesses"))
    def copies(self, article: Article) -> str:
        copies = article.witnesses.select_related("source", "capture")
        shown = {"copies": copies[: MOST_COPIES + 1], "most": MOST_COPIES, "article": article}
        return render_to_string("admin/articles/article/_copies.html", shown)

    @admin.display(description=_("text"))
    def as_it_stands(self, article: Article) -> str:
        return render_to_string("admin/articles/article/_as_it_stands.html", {"edition": article.current})


def _sections(adminform: Any, inlines: list[InlineAdminFormSet]) -> list[dict[str, Any]]:
    """The fieldsets with the inlines that belong to each of them."""
    sections = []
    for fieldset in adminform:
        name = fieldset.classes or "all"
        sections.append(
            {"name": name, "fieldset": fieldset, "inlines": [i for i in inlines if name in ("all", i.opts.section)]}
        )
    return sections
