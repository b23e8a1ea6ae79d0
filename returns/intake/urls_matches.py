"""Addresses of the rows that wait for the council to say who they are."""

from django.urls import path

from returns.intake.views import how_well, matches

urlpatterns = [
    path("", matches.matches, name="matches"),
    path("<int:row_id>/decide/", matches.decide_row, name="decide_match"),
    path("undo/", matches.undo, name="undo_match"),
    path("keys/", matches.keys, name="match_keys"),
    path("how-well/", how_well.how_well, name="how_well"),
]
