"""Addresses of the reports."""

from django.urls import path

from caseload.reports.views import reports, sheets

urlpatterns = [
    path("", reports.reports, name="reports"),
    path("read/", reports.report, name="report"),
    path("read/table/", reports.report_table, name="report_table"),
    path("make/", reports.make_report, name="make_report"),
    path("being-made/<uuid:ref>/", reports.report_being_made, name="report_being_made"),
    path("<int:pk>/pdf/", reports.report_pdf, name="report_pdf"),
    path("<int:pk>/sheet/", reports.report_sheet, name="report_sheet"),
    path("for-a-school/", sheets.put_out_sheet, name="put_out_sheet"),
    path("for-schools/", sheets.put_out_sheets, name="put_out_sheets"),
]
