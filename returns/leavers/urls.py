"""Addresses of leavers. None names a person."""

from django.urls import path

from returns.leavers.views import leaving

urlpatterns = [
    path("leaver/", leaving.leaver, name="leaver"),
]
