"""Addresses of the reports."""

from django.urls import path

from caseload.reports import views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("read/", views.report, name="report"),
    path("make/", views.make_report, name="make_report"),
    path("<int:pk>/pdf/", views.report_pdf, name="report_pdf"),
    path("<int:pk>/sheet/", views.report_sheet, name="report_sheet"),
]
