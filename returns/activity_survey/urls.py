"""Addresses of the Activity Survey and of the duty to participate."""

from django.urls import path

from returns.activity_survey.views import duty, people, reports, survey

urlpatterns = [
    path("activity-survey/", survey.survey, name="activity_survey"),
    path("activity-survey/list/", survey.make_list, name="activity_survey_list"),
    path("activity-survey/own/", reports.own_report, name="own_activity_survey"),
    path("activity-survey/<int:pk>/people/", people.people, name="activity_survey_people"),
    path("activity-survey/<int:pk>/where/", survey.where, name="activity_survey_where"),
    path("activity-survey/<int:pk>/file/", survey.make_file, name="activity_survey_file"),
    path("activity-survey/<int:pk>/download/", survey.download, name="activity_survey_download"),
    path("activity-survey/<int:pk>/again/", survey.again, name="activity_survey_again"),
    path("activity-survey/<int:pk>/sign-off/", survey.sign, name="activity_survey_sign"),
    path("activity-survey/<int:pk>/back/", survey.take_back, name="activity_survey_back"),
    path("activity-survey/<int:pk>/sent/", survey.sent, name="activity_survey_sent"),
    path("activity-survey/<int:pk>/reports/", reports.reports, name="activity_survey_reports"),
    path(
        "activity-survey/<int:pk>/reports/<int:establishment_id>/",
        reports.report,
        name="activity_survey_report",
    ),
    path("duty/", duty.duty, name="duty"),
    path("duty/people/", duty.duty_people, name="duty_people"),
]
