"""Addresses of lists from elsewhere. They name kinds of lists and references, never a person."""

from django.urls import path

from returns.lists import views

urlpatterns = [
    path("", views.lists, name="lists"),
    path("bring/<slug:type>/", views.bring_list, name="bring_list"),
    path("kind/<slug:type>/", views.lists_of_kind, name="lists_of_kind"),
    path("census/<int:establishment_id>/", views.census_school, name="census_school"),
    path("<uuid:ref>/<slug:part>/", views.list_compared, name="list_compared"),
    path("<uuid:ref>/<slug:part>/settle/", views.settle_list, name="settle_list"),
]
