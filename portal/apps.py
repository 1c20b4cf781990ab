"""What joins the other apps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Names the app in the admin."""

    name = "portal"
    verbose_name = _("サイト全体")
