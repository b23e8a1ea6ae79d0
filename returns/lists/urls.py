"""Addresses of lists from elsewhere."""

from django.urls import path

from returns.lists import views

urlpatterns = [
    path("", views.lists, name="lists"),
    path("bring/", views.bring_list, name="bring_list"),
]
