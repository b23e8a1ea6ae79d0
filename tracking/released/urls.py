"""Addresses of the figures for everybody."""

from django.urls import path

from tracking.released import views

urlpatterns = [
    path("figures/released/", views.released_tables, name="released_tables"),
    path("figures/released/file/", views.released_file, name="released_tables_file"),
]
