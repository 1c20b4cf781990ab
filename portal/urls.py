"""Addresses of the site's own pages."""

from django.urls import path

from portal import views
from portal.search_views import search

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", search, name="search"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
