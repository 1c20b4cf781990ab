"""Addresses of bodies, meetings, their materials, and the papers they were transcribed from."""

from django.urls import path

from meetings import views

app_name = "meetings"

urlpatterns = [
    path("meetings/", views.index, name="index"),
    path("meetings/<slug:slug>/", views.body, name="body"),
    path("meetings/<slug:slug>/<int:number>/", views.meeting, name="meeting"),
    path("meetings/<slug:slug>/<int:number>/materials/<int:pk>/", views.material, name="material"),
    path("sources/<slug:slug>/", views.source, name="source"),
]
