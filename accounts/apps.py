"""People, ministries, roles and the history of records."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Names the app in the admin."""

    name = "accounts"
    verbose_name = _("利用者と府省庁")
