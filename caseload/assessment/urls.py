"""Addresses of the self-assessment."""

from django.urls import path

from caseload.assessment import views

urlpatterns = [
    path("", views.assessment, name="assessment"),
    path("indicators/", views.yearly, name="indicators"),
    path("indicators/file/", views.yearly_file, name="indicators_file"),
    path("open/", views.begin, name="open_assessment"),
    path("<int:pk>/", views.one, name="assessment_of_year"),
    path("<int:pk>/act/", views.act, name="assessment_act"),
    path("<int:pk>/paper.pdf", views.paper, name="assessment_paper"),
    path("<int:pk>/file.xlsx", views.file, name="assessment_file"),
    path("<int:pk>/lines/<slug:line>/", views.line, name="assessment_line"),
    path("tasks/<int:pk>/", views.task, name="assessment_task"),
]
