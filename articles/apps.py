"""Django's handle on the one app of this site, and on the editors' admin."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as StockAdminConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Library")


class AdminConfig(StockAdminConfig):
    default_site = "articles.admin.site.EditorsSite"
