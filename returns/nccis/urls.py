"""Addresses of the monthly file."""

from django.urls import path

from returns.nccis import views

urlpatterns = [
    path("", views.this_month, name="this_month"),
    path("file/<int:pk>/", views.download, name="submission_download"),
    path("file/<int:pk>/sent/", views.sent, name="submission_sent"),
    path("<str:slug>/", views.month, name="month"),
    path("<str:slug>/check/", views.check, name="month_check"),
    path("<str:slug>/build/", views.build, name="month_build"),
    path("<str:slug>/errors/<str:code>/", views.error, name="month_error"),
    path("<str:slug>/outgrown/", views.outgrown, name="month_outgrown"),
]
