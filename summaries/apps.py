"""Summaries and policy documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SummariesConfig(AppConfig):
    """Names the app in the admin."""

    name = "summaries"
    verbose_name = _("論点整理と政府方針")
