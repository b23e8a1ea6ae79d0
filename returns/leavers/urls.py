"""Addresses of leavers. None names a person."""

from django.urls import path

from returns.leavers.views import figures, homes, leaving

urlpatterns = [
    path("leaver/", leaving.leaver, name="leaver"),
    path("elsewhere/", homes.home_authorities, name="home_authorities"),
    path("elsewhere/<slug:code>/", homes.home_authority, name="home_authority"),
    path("elsewhere/<slug:code>/file/", homes.home_authority_file, name="home_authority_file"),
    path("figures/", figures.provider_figures, name="provider_figures"),
    path("own/", figures.own_figures, name="own_figures"),
]
