"""Issue points."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuesConfig(AppConfig):
    """Names the app in the admin."""

    name = "issues"
    verbose_name = _("論点")
