"""Addresses of the monthly work, room by room."""

from django.urls import include, path

urlpatterns = [
    path("cases/", include("caseload.allocation.urls")),
    path("cases/reviews/", include("caseload.reviews.urls")),
    path("cases/screening/", include("caseload.screening.urls")),
    path("referrals/", include("caseload.referrals.urls")),
    path("meetings/", include("caseload.meetings.urls")),
    path("calls/", include("caseload.chase.urls")),
    path("messages/", include("caseload.messaging.urls")),
    path("letters/", include("caseload.letters.urls")),
    path("campaigns/", include("caseload.campaigns.urls")),
    path("at-risk/", include("caseload.prevention.urls")),
    path("next-steps/", include("caseload.transitions.urls")),
    path("year/", include("caseload.plan.urls")),
    path("assessment/", include("caseload.assessment.urls")),
    path("reports/", include("caseload.reports.urls")),
    path("reports/sent/", include("caseload.delivery.urls")),
]
