"""Addresses of the monthly file."""

from django.urls import path

from returns.nccis.views import month, signing

urlpatterns = [
    path("", month.this_month, name="this_month"),
    path("file/<int:pk>/", month.download, name="submission_download"),
    path("file/<int:pk>/sign-off/", signing.sign, name="submission_sign"),
    path("file/<int:pk>/sign-off/back/", signing.take_back, name="submission_unsign"),
    path("file/<int:pk>/sent/", month.sent, name="submission_sent"),
    path("<str:slug>/", month.month, name="month"),
    path("<str:slug>/check/", month.check, name="month_check"),
    path("<str:slug>/freeze/", month.hold_fast, name="month_freeze"),
    path("<str:slug>/difference/", signing.difference, name="month_difference"),
    path("<str:slug>/build/", month.build, name="month_build"),
    path("<str:slug>/errors/<str:code>/", month.error, name="month_error"),
    path("<str:slug>/outgrown/", month.outgrown, name="month_outgrown"),
]
