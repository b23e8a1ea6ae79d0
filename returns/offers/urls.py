"""Addresses of the lists of the September Guarantee."""

from django.urls import path

from returns.offers import views

urlpatterns = [
    path("", views.waiting, name="offers_waiting"),
    path("others/", views.others, name="offers_to_others"),
    path("others/<slug:home>/file/", views.others_file, name="offers_to_others_file"),
]
