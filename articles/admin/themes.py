"""The tree of themes, what stands in it, and the excerpts under it."""

from functools import partial

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from articles.actions import excerpting
from articles.admin import ordering
from articles.admin.base import LibraryAdmin, count_of
from articles.admin.keys import as_key
from articles.admin.names import articles_counted
from articles.admin.naming import AliasInline, NamedAdmin
from articles.admin.suggestions import Suggestions
from articles.models import Article, Excerpt, Placement, Theme, ThemeAlias

# So many themes are offered beside the list of excerpts; the others are chosen from their own form.
MOST_THEMES = 20


class ThemeTree(ChangeList):
    """The list of themes as the tree it is; found or filtered themes keep the order of the tree."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        places = {theme.pk: (place, theme) for place, theme in enumerate(Theme.objects.tree())}
        self.result_list = sorted(self.result_list, key=lambda theme: places[theme.pk][0])
        for theme in self.result_list:
            theme.depth = places[theme.pk][1].depth


class ThemeAliasInline(AliasInline):
    model = ThemeAlias


class ThemeAdmin(NamedAdmin):
    list_purpose = _("The tree by which readers find their way; each theme has its own introduction and order.")
    form_purpose = _("One theme: where it stands in the tree, and what its readers are told before the articles.")
    list_display = ("in_tree", "article_count", "position")
    list_per_page = 500
    sortable_by = ()
    fields = ("name", "slug", "parent", "position", "introduction")
    autocomplete_fields = ("parent",)
    inlines = (ThemeAliasInline,)
    change_form_template = "admin/articles/theme/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(ordering.order_view, self))
        return [path("<int:pk>/arrange/", view, name="articles_theme_arrange"), *super().get_urls()]

    def beside_name(self, word: str) -> Q:
        return Q(introduction__contains=word)

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[ChangeList]:
        return ThemeTree

    def get_queryset(self, request: HttpRequest) -> QuerySet[Theme]:
        themes = super().get_queryset(request).select_related("parent")
        return themes.annotate(article_count=count_of(Placement, "theme"))

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
        self.instance.edition = article.current
        try:
            self.instance.moved_to(excerpting.find(article.current, passage))
        except (excerpting.PassageNotFound, excerpting.PassageAmbiguous):
            self.add_error("passage", _("These words must stand in the article once, inside one paragraph."))


class ExcerptThemeFilter(admin.SimpleListFilter):
    """The themes with the most excerpts, and the one that is chosen."""

    title = _("theme")
    parameter_name = "theme"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        counted = Excerpt.objects.order_by().values("theme").annotate(count=Count("pk")).order_by("-count", "theme")
        keys = [*counted.values_list("theme", flat=True)[:MOST_THEMES], as_key(self.value())]
        themes = Theme.objects.only("name").in_bulk([key for key in keys if key])
        return [(str(key), themes[key].name) for key in dict.fromkeys(keys) if key in themes]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Excerpt]) -> QuerySet[Excerpt]:
        key = as_key(self.value())
        return queryset.filter(theme=key) if key else queryset


class ExcerptAdmin(LibraryAdmin):
    list_purpose = _("Every passage that stands under a theme, so that its readers can compare what the articles say.")
    form_purpose = _("One passage under its theme: what it speaks about, and your note on it.")
    list_display = ("__str__", "theme", "aspect", "article", "position", "is_lost")
    list_filter = (ExcerptThemeFilter, "is_lost")
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

    def save_model(self, request: HttpRequest, obj: Excerpt, form: forms.ModelForm, change: bool) -> None:
        excerpting.keep(obj)

    @admin.display(description=_("article"))
    def article(self, excerpt: Excerpt) -> Article:
        return excerpt.edition.article
