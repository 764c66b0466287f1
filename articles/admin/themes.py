"""The tree of themes, what stands in it, and the excerpts under it."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles import body
from articles.admin.base import LibraryAdmin, Suggestions, count_of
from articles.admin.names import articles_counted
from articles.models import Article, Excerpt, Placement, Theme

# A form has at most 1,000 fields; beyond so many articles their order is set on the articles themselves.
MOST_PLACEMENTS = 150


class ThemeTree(ChangeList):
    """The list of themes as the tree it is; found or filtered themes keep the order of the tree."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        places = {theme.pk: (place, theme) for place, theme in enumerate(Theme.objects.tree())}
        self.result_list = sorted(self.result_list, key=lambda theme: places[theme.pk][0])
        for theme in self.result_list:
            theme.depth = places[theme.pk][1].depth


class PlacementForm(forms.ModelForm):
    class Meta:
        labels = {"article": _("article")}


class PlacementInline(admin.TabularInline):
    model = Placement
    form = PlacementForm
    fields = ("article", "position", "reason")
    autocomplete_fields = ("article",)
    extra = 0
    verbose_name = _("article placed here")
    verbose_name_plural = _("Articles placed here")


class ExcerptInline(admin.TabularInline):
    model = Excerpt
    fields = ("exact", "aspect", "note", "position")
    readonly_fields = ("exact",)
    extra = 0
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False  # a passage is taken from an article, on the page of excerpts


class ThemeAdmin(LibraryAdmin):
    list_display = ("in_tree", "article_count", "position")
    list_per_page = 500
    sortable_by = ()
    search_fields = ("name", "introduction")
    fields = ("name", "slug", "parent", "position", "introduction")
    autocomplete_fields = ("parent",)

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[ChangeList]:
        return ThemeTree

    def get_queryset(self, request: HttpRequest) -> QuerySet[Theme]:
        themes = super().get_queryset(request).select_related("parent")
        return themes.annotate(article_count=count_of(Placement, "theme"))

    def get_inlines(self, request: HttpRequest, obj: Theme | None) -> list[type[admin.TabularInline]]:
        if obj is None:
            return []
        placements = [PlacementInline] if obj.placements.count() <= MOST_PLACEMENTS else []
        return [*placements, ExcerptInline] if obj.excerpts.exists() else placements

    def label(self, row: Theme) -> str:
        name = f"{row.parent.name} › {row.name}" if row.parent else row.name
        return f"{name} · {articles_counted(row.article_count)}"

    @admin.display(description=_("theme"))
    def in_tree(self, theme: Theme) -> str:
        return "　" * theme.depth + theme.name

    @admin.display(description=_("articles"))
    def article_count(self, theme: Theme) -> int:
        return theme.article_count


class ExcerptForm(forms.ModelForm):
    """A passage is taken from an article by its words; where it stands is found out, not typed."""

    article = forms.ModelChoiceField(
        Article.objects.all(), label=_("article"), widget=Suggestions(Placement._meta.get_field("article"))
    )
    passage = forms.CharField(
        label=_("passage"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Paste it from the article; it stands inside one paragraph."),
    )

    def clean(self) -> dict[str, object]:
        super().clean()
        cleaned = self.cleaned_data
        article, passage = cleaned.get("article"), cleaned.get("passage")
        if article and passage:
            self._place(article, passage)
        return cleaned

    def _place(self, article: Article, passage: str) -> None:
        edition = article.current
        blocks = [block for block in body.blocks(edition.body_html) if passage in block.text]
        if len(blocks) != 1 or blocks[0].text.count(passage) != 1:
            self.add_error("passage", _("These words must stand in the article once, inside one paragraph."))
            return
        start = blocks[0].text.index(passage)
        place = body.place_at(edition.body_html, blocks[0].index, start, start + len(passage))
        self.instance.edition = edition
        for column in ("block", "start", "end", "exact", "prefix", "suffix"):
            setattr(self.instance, column, getattr(place, column))


class ExcerptAdmin(LibraryAdmin):
    list_display = ("__str__", "theme", "aspect", "article", "position")
    list_filter = (("theme", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("theme", "edition__article")
    search_fields = ("exact", "aspect", "note", "theme__name", "edition__title")
    autocomplete_fields = ("theme",)
    ordering = ("theme", "aspect", "position")

    def get_fields(self, request: HttpRequest, obj: Excerpt | None = None) -> list[str]:
        taken = ["article", "exact"] if obj else ["article", "passage"]
        return ["theme", *taken, "aspect", "note", "position"]

    def get_readonly_fields(self, request: HttpRequest, obj: Excerpt | None = None) -> list[str]:
        return ["article", "exact"] if obj else []

    def get_form(
        self, request: HttpRequest, obj: Excerpt | None = None, change: bool = False, **kwargs: object
    ) -> type[forms.ModelForm]:
        if obj is None:
            kwargs["form"] = ExcerptForm
        return super().get_form(request, obj, change, **kwargs)

    @admin.display(description=_("article"))
    def article(self, excerpt: Excerpt) -> Article:
        return excerpt.edition.article
