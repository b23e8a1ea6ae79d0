"""Addresses of free cuts."""

from django.urls import path

from tracking.exploring import views

urlpatterns = [
    path("figures/explore/", views.explore, name="figures_explore"),
    path("figures/explore/csv/", views.csv_file, name="figures_explore_csv"),
    path("figures/explore/workbook/", views.workbook_file, name="figures_explore_workbook"),
]
