"""Addresses of the monthly file."""

from django.urls import path

from returns.nccis import signing_off, views

urlpatterns = [
    path("", views.this_month, name="this_month"),
    path("file/<int:pk>/", views.download, name="submission_download"),
    path("file/<int:pk>/sign-off/", signing_off.sign, name="submission_sign"),
    path("file/<int:pk>/sign-off/back/", signing_off.take_back, name="submission_unsign"),
    path("file/<int:pk>/sent/", views.sent, name="submission_sent"),
    path("<str:slug>/", views.month, name="month"),
    path("<str:slug>/check/", views.check, name="month_check"),
    path("<str:slug>/freeze/", views.hold_fast, name="month_freeze"),
    path("<str:slug>/difference/", signing_off.difference, name="month_difference"),
    path("<str:slug>/build/", views.build, name="month_build"),
    path("<str:slug>/errors/<str:code>/", views.error, name="month_error"),
    path("<str:slug>/outgrown/", views.outgrown, name="month_outgrown"),
]
