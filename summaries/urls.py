"""Addresses of summaries, their editions, and policy documents."""

from django.urls import path

from summaries import views

app_name = "summaries"

urlpatterns = [
    path("summaries/", views.index, name="index"),
    path("summaries/<slug:slug>/", views.summary, name="summary"),
    path("summaries/<slug:slug>/editions/<int:number>/", views.edition, name="edition"),
    path("policies/", views.policies, name="policies"),
    path("policies/<slug:slug>/", views.policy, name="policy"),
]
