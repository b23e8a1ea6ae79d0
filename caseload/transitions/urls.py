"""Addresses of next steps."""

from django.urls import path

from caseload.transitions.views import cohort, plans, starts, steps

urlpatterns = [
    path("", plans.listed, name="next_steps"),
    path("check/", plans.check, name="check_transition_plans"),
    path("people/<uuid:ref>/plan/", plans.plan, name="transition_plan"),
    path("people/<uuid:ref>/plan/end/", plans.end, name="end_transition_plan"),
    path("people/<uuid:ref>/plan/print/", plans.on_paper, name="print_transition_plan"),
    path("people/<uuid:ref>/steps/<slug:step>/", steps.record, name="record_plan_step"),
    path("started/", starts.listed, name="starts"),
    path("started/by-place/", starts.by_place, name="starts_by_place"),
    path("started/<int:pk>/answer/", starts.answered, name="answer_start"),
    path("started/<int:pk>/refer/", starts.referred, name="refer_unstarted"),
    path("cohort/", cohort.overview, name="cohort"),
    path("cohort/<int:service_id>/", cohort.confirm, name="confirm_cohort"),
    path("cohort/<int:service_id>/remind/", cohort.reminded, name="remind_cohort"),
    path("ehc-plans/", steps.overview, name="plan_steps"),
    path("ehc-plans/<slug:step>/", steps.listed, name="plan_step"),
    path("ehc-plans/<slug:step>/done/", steps.done, name="plan_step_done"),
]
