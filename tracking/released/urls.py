"""Addresses of the figures for everybody."""

from django.urls import path

from tracking.released import views, views_wards

urlpatterns = [
    path("figures/released/", views.released_tables, name="released_tables"),
    path("figures/released/file/", views.released_file, name="released_tables_file"),
    path("figures/wards/", views_wards.hotspots, name="hotspots"),
    path("figures/wards/file/", views_wards.hotspots_file, name="hotspots_file"),
]
