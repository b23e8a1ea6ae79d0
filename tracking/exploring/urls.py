"""Addresses of free cuts."""

from django.urls import path

from tracking.exploring import views

urlpatterns = [
    path("figures/explore/", views.explore, name="figures_explore"),
    path("figures/explore/csv/", views.csv_file, name="figures_explore_csv"),
    path("figures/explore/workbook/", views.workbook_file, name="figures_explore_workbook"),
    path("figures/districts/", views.district_shares, name="figures_districts"),
    path("figures/explore/keep/", views.keep, name="keep_cut"),
    path("figures/explore/kept/<int:pk>/forget/", views.forget, name="forget_cut"),
]
