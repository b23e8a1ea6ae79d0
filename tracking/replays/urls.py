"""Addresses of past days."""

from django.urls import path

from tracking.replays import views

urlpatterns = [
    path("figures/past/", views.past_days, name="past_days"),
    path("figures/past/<int:pk>/", views.past_day, name="past_day"),
    path("figures/past/frozen/<int:pk>/", views.past_freeze, name="past_freeze"),
]
