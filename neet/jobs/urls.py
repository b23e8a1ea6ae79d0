"""Addresses of long work."""

from django.urls import path

from neet.jobs import views

urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:ref>/", views.job, name="job"),
    path("jobs/<uuid:ref>/cancel/", views.job_cancel, name="job_cancel"),
]
