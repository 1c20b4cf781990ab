"""The app of the ground floor: no tables, template tags only."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JapaneseConfig(AppConfig):
    """日本語の処理."""

    name = "japanese"
    verbose_name = _("日本語の処理")
