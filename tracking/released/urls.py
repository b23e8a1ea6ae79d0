"""Addresses of the figures for everybody."""

from django.urls import path

from tracking.released.views import month, wards

urlpatterns = [
    path("figures/released/", month.released_tables, name="released_tables"),
    path("figures/released/file/", month.released_file, name="released_tables_file"),
    path("figures/wards/", wards.hotspots, name="hotspots"),
    path("figures/wards/file/", wards.hotspots_file, name="hotspots_file"),
]
