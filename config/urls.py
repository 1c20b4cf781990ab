"""Every address of the site. Permanent (interface.md): no prefix for Japanese, /en/ for English."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("", include("portal.urls_plain")),
    *i18n_patterns(
        path("", include("portal.urls")),
        path("", include("meetings.urls")),
        path("", include("issues.urls")),
        path("", include("summaries.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
