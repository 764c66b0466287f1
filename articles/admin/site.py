"""The editors' admin as a whole: what stands in it, in which groups, in which language."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.models import Group, User
from django.db.models import Model, QuerySet
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.i18n import set_language

from articles.admin import carrying, keeping, queue, rules
from articles.admin.articles import ArticleAdmin
from articles.admin.base import Explained
from articles.admin.bulk_forms import called, colleagues
from articles.admin.captures import CaptureAdmin, FindingAdmin
from articles.admin.house import HouseRulesAdmin, SiteAdmin, SitePageAdmin
from articles.admin.keys import as_key, searchable
from articles.admin.letters import LetterAdmin
from articles.admin.names import AuthorAdmin, SourceAdmin
from articles.admin.naming import NamedAdmin, ranked
from articles.admin.pictures import PictureAdmin
from articles.admin.rules import SuperusersOnly
from articles.admin.tags import TagAdmin
from articles.admin.themes import ExcerptAdmin, ThemeAdmin
from articles.admin.versions import past_deadlocks
from articles.models import (
    Article,
    Author,
    Capture,
    Excerpt,
    Finding,
    HouseRules,
    Letter,
    Picture,
    Site,
    SitePage,
    Source,
    Tag,
    Theme,
)

Patterns = list[URLPattern | URLResolver]


LIBRARY: dict[type[Model], type[admin.ModelAdmin]] = {
    Article: ArticleAdmin,
    Author: AuthorAdmin,
    Capture: CaptureAdmin,
    Excerpt: ExcerptAdmin,
    Finding: FindingAdmin,
    HouseRules: HouseRulesAdmin,
    Letter: LetterAdmin,
    Picture: PictureAdmin,
    Site: SiteAdmin,
    SitePage: SitePageAdmin,
    Source: SourceAdmin,
    Tag: TagAdmin,
    Theme: ThemeAdmin,
}


# What the lists and the forms of Django's own tables are for.
PURPOSES = {
    User: (
        _("Everybody who may sign in here; the groups of each say what they may do."),
        _("One person who signs in: their name, and the groups that say what they may do."),
    ),
    Group: (
        _("What the members of each group may do; people are put into groups and not given rights one by one."),
        _("One group: whoever is put into it may do what is chosen here."),
    ),
}


class LabelledAutocomplete(AutocompleteJsonView):
    """Suggestions that say enough of a row to tell it from its twin; what is called so comes first."""

    @property
    def is_of_colleagues(self) -> bool:
        """Whether it is asked whom an article can be given to: more may ask that than manage users."""
        return self.source_field is Article._meta.get_field("editor")

    def has_perm(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if self.is_of_colleagues:
            return request.user.has_perm(rules.EDIT_ALL)
        return super().has_perm(request, obj)

    def get_queryset(self) -> QuerySet:
        if self.is_of_colleagues:
            return colleagues(searchable(self.term))
        found = super().get_queryset()
        if (without := as_key(self.request.GET.get("without"))) is not None:
            found = found.exclude(pk=without)
        return ranked(found, self.term) if isinstance(self.model_admin, NamedAdmin) else found

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        label: Callable[[Any], str] = called if self.is_of_colleagues else getattr(self.model_admin, "label", str)
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}


class EditorsSite(admin.AdminSite):
    index_title = _("Editors’ desk")
    enable_nav_sidebar = False  # its place belongs to the list; the header leads to every table

    # The groups of the first page, and the models of each in their order.
    GROUPS = (
        (_("Articles"), ("Article", "Letter", "Capture", "Finding", "Picture")),
        (_("Order"), ("Theme", "Excerpt", "Tag")),
        (_("Names"), ("Source", "Author")),
        (_("House"), ("Site", "SitePage", "HouseRules")),
    )

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Every bulk deletion here would take more than it shows; rows are deleted one by one, with what hangs on them.
        self.disable_action("delete_selected")
        for model, model_admin in LIBRARY.items():
            super().register(model, model_admin)

    def register(
        self,
        model_or_iterable: ModelBase | Iterable[ModelBase],
        admin_class: type[admin.ModelAdmin] | None = None,
        **options: Any,
    ) -> None:
        """Take Django's own admins of users and groups, for superusers alone, and pass over those of other apps.

        Discovery calls this for every installed app; what the library offers is the list above.
        """
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        for model in PURPOSES.keys() & set(models):
            said = dict(zip(("list_purpose", "form_purpose"), PURPOSES[model], strict=True))
            kinds = (SuperusersOnly, Explained, admin_class or admin.ModelAdmin)
            theirs = type(f"{model.__name__}Admin", kinds, said)
            super().register(model, theirs, **options)

    def get_urls(self) -> Patterns:
        return [path("language/", set_language, name="language"), *super().get_urls()]

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        return carrying.past_sign_in(self, super().admin_view(past_deadlocks(view), cacheable))

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign somebody in; who had sent a form when their session ended goes on with it."""
        carried = request.POST.get("carried", "")
        response = super().login(request, {"carried": carried} | (extra_context or {}))
        is_in = response.status_code == HTTPStatus.FOUND and request.user.is_authenticated
        return (carrying.go_on(self, request, carried) if is_in and carried else None) or response

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """The desk is called as the site is, by the name that was last shown to readers: it asks no query for that."""
        name = Site.remembered().shown_name
        said = {"site_title": name, "site_header": name}
        return super().each_context(request) | said | keeping.at_desk(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page is a queue of work; the tables stand below it."""
        return super().index(request, queue.context(rules.editor_of(request)) | (extra_context or {}))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return LabelledAutocomplete.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The models of the library in their groups, then what superusers see besides."""
        apps = super().get_app_list(request, app_label)
        library = next((app for app in apps if app["app_label"] == "articles"), None)
        if library is None:
            return apps
        by_name = {entry["object_name"]: entry for entry in library["models"]}
        groups = [
            {**library, "name": name, "models": [by_name[model] for model in models if model in by_name]}
            for name, models in self.GROUPS
        ]
        return [group for group in groups if group["models"]] + [app for app in apps if app is not library]
