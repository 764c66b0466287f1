"""The rules of the house: one row, which superusers set."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.base import LibraryAdmin
from articles.admin.rules import SuperusersOnly
from articles.models import HouseRules


class HouseRulesAdmin(SuperusersOnly, LibraryAdmin):
    """The one row of rules: never added to, never deleted, and the list leads straight to it."""

    form_purpose = _("What holds for everybody in this house; only superusers set it.")
    fields = ("needs_other_reviewer",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: HouseRules | None = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> HouseRules | None:
        HouseRules.current()  # there is one, whether or not anybody looked before
        return super().get_object(request, object_id, from_field)

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        rules = HouseRules.current()
        return HttpResponseRedirect(reverse("admin:articles_houserules_change", args=[rules.pk]))
