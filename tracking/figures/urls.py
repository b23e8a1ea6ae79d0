"""Addresses of the figures."""

from django.urls import path

from tracking.figures import api, views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/file/", views.file, name="figures_file"),
    path("figures/ahead/", views.ahead, name="figures_ahead"),
    path("figures/ahead/before/", views.tried, name="figures_tried"),
    path("figures/people/", views.people, name="figures_people"),
    path("api/v1/figures/", api.Figures.as_view(), name="api_figures"),
]
