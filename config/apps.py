"""The admin of Ronten in place of Django's default one."""

from django.contrib.admin.apps import AdminConfig


class RontenAdminConfig(AdminConfig):
    """Finds every app's admin.py and registers it on our site."""

    default_site = "config.admin_site.RontenAdminSite"
