"""Bodies, meetings and the sources of records."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """Names the app in the admin."""

    name = "meetings"
    verbose_name = _("会議体と会議")
