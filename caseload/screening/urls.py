"""Addresses of the first talk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
