"""Every address of the site; docs/architecture.md lists them."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from articles.views import operations

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", operations.alive),
    path("readyz", operations.ready),
    path("csp-report/", operations.csp_report),
    *i18n_patterns(path("", include("articles.urls")), prefix_default_language=False),
]

handler400 = "articles.views.errors.bad_request"
handler403 = "articles.views.errors.forbidden"
handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.server_error"
