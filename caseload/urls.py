"""Addresses of the monthly work, room by room."""

from django.urls import include, path

urlpatterns = [
    path("cases/", include("caseload.allocation.urls")),
    path("cases/reviews/", include("caseload.reviews.urls")),
    path("cases/screening/", include("caseload.screening.urls")),
    path("referrals/", include("caseload.referrals.urls")),
    path("meetings/", include("caseload.meetings.urls")),
]
