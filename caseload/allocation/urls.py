"""Addresses of the month's cases."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
