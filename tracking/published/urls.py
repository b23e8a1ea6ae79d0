"""Addresses of published figures."""

from django.urls import path

from tracking.published import views

urlpatterns = [
    path("figures/against/", views.against, name="figures_against"),
    path("figures/against/file/", views.against_file, name="figures_against_file"),
    path("figures/against/load/", views.load, name="load_published"),
]
