"""Addresses of leavers. None names a person."""

from django.urls import path

from returns.leavers.views import figures, leaving

urlpatterns = [
    path("leaver/", leaving.leaver, name="leaver"),
    path("figures/", figures.provider_figures, name="provider_figures"),
    path("own/", figures.own_figures, name="own_figures"),
]
