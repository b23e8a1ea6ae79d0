"""Addresses for those who watch from outside."""

from django.urls import path

from neet.watching import views

urlpatterns = [
    path("health", views.health, name="health"),
    path("ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
