"""Addresses of the month's cases."""

from django.urls import path

from caseload.allocation.views import council, listed, month

urlpatterns = [
    path("", month.cases, name="cases"),
    path("open/", month.open_this_month, name="open_cases"),
    path("list/", listed.case_list, name="case_list"),
    path("list/assign/", listed.assign_many, name="assign_cases"),
    path("undecided/", listed.undecided, name="undecided_cases"),
    path("council/", council.council, name="council_of_cases"),
    path("months/<int:pk>/allocate/", month.allocate_again, name="allocate_cases"),
    path("months/<int:pk>/close/", month.close, name="close_cases"),
    path("months/<int:pk>/take-back/", month.take_back, name="take_back_cases"),
    path("stages/<int:pk>/", month.stage, name="stage_of_cases"),
    path("<int:pk>/decide/", listed.decide_case, name="decide_case"),
    path("late/<uuid:ref>/", listed.add_late_case, name="add_late_case"),
]
