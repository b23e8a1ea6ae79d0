"""Addresses of reviews and the services' lists."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
