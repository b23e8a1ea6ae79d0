"""Addresses of what comes in and what goes out."""

from django.urls import include, path

urlpatterns = [
    path("month/", include("returns.replies.urls")),
    path("month/", include("returns.nccis.urls")),
    path("bring/", include("returns.bring.urls")),
    path("returns/board/", include("returns.board.urls")),
    path("returns/matches/", include("returns.intake.urls_matches")),
    path("api/v1/returns/", include("returns.intake.urls_programs")),
    path("lists/", include("returns.lists.urls")),
    path("returns/offers/", include("returns.offers.urls")),
    path("agreements/", include("returns.agreements.urls")),
    path("", include("returns.activity_survey.urls")),
    path("concerns/", include("returns.concerns.urls")),
    path("leavers/", include("returns.leavers.urls")),
    path("answer/", include("returns.surveys.urls")),
    path("", include("returns.surveys.many.urls")),
    path("", include("returns.exchange.urls")),
    path("", include("returns.intake.urls")),
]
