"""Addresses of campaigns."""

from django.urls import path

from caseload.campaigns import views

urlpatterns = [
    path("", views.campaigns, name="campaigns"),
    path("<uuid:ref>/", views.campaign, name="campaign"),
    path("<uuid:ref>/share/", views.share, name="share_campaign"),
    path("<uuid:ref>/write/", views.write, name="write_to_campaign"),
    path("<uuid:ref>/close/", views.close, name="close_campaign"),
    path("<uuid:ref>/days.csv", views.by_days, name="campaign_days"),
]
