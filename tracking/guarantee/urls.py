"""Addresses of the September Guarantee."""

from django.urls import path

from tracking.guarantee.views import before, board, changes, cohort, destinations

urlpatterns = [
    path("guarantee/", board.board, name="guarantee"),
    path("guarantee/people/", board.people, name="guarantee_people"),
    path("guarantee/people/file/", board.file, name="guarantee_file"),
    path("guarantee/before/", before.before, name="guarantee_before"),
    path("guarantee/before/<uuid:ref>/", before.residency, name="check_residency"),
    path("guarantee/cohort/", cohort.cohort, name="set_cohort"),
    path("guarantee/cohort/propose/", cohort.propose, name="propose_cohort"),
    path("guarantee/cohort/<int:pk>/approve/", cohort.approve, name="approve_cohort"),
    path("guarantee/cohort/<int:pk>/take-back/", cohort.take_back, name="take_back_cohort"),
    path("guarantee/changes/", changes.came_and_left, name="cohort_changes"),
    path("guarantee/changes/make/", changes.change_members, name="change_cohort_members"),
    path("guarantee/destinations/", destinations.intended, name="intended_destinations"),
    path("guarantee/destinations/missing/", destinations.not_recorded, name="destinations_missing"),
]
