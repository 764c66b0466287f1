"""Every address of the site; docs/architecture.md lists them."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from articles.views import operations, pictures

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", operations.alive),
    path("readyz", operations.ready),
    path("csp-report/", operations.csp_report),
    re_path(
        r"^media/pictures/(?P<folder>[0-9a-f]{2})/(?P<sha256>(?P=folder)[0-9a-f]{62})\.(?P<suffix>jpg|png|webp)$",
        pictures.picture,
        name="picture",
    ),
    re_path(
        r"^media/pictures/(?P<folder>[0-9a-f]{2})/(?P<sha256>(?P=folder)[0-9a-f]{62})-(?P<width>480|960)\.(?P<suffix>webp)$",
        pictures.picture,
        name="picture_copy",
    ),
    *i18n_patterns(path("", include("articles.urls")), prefix_default_language=False),
]

handler400 = "articles.views.errors.bad_request"
handler403 = "articles.views.errors.forbidden"
handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.server_error"
