"""Addresses of the chase."""

from django.urls import path

from caseload.chase.views import answers, calls, places, team, tips

urlpatterns = [
    path("", calls.listed, name="calls"),
    path("next/", calls.following, name="next_call"),
    path("keys/", calls.keys, name="call_keys"),
    path("people/<uuid:ref>/", calls.one, name="call"),
    path("people/<uuid:ref>/others/", calls.others, name="who_may_know"),
    path("people/<uuid:ref>/later/", calls.later, name="later_call"),
    path("waiting/", places.waiting, name="calls_waiting"),
    path("providers/", places.by_provider, name="calls_by_provider"),
    path("first-contact/", team.late, name="calls_late"),
    path("shared/", team.shared, name="calls_shared"),
    path("shared/move/", team.to_move, name="calls_to_move"),
    path("shared/give/", team.move, name="give_calls"),
    path("to-confirm/", answers.listed, name="answers_to_confirm"),
    path("to-confirm/together/", answers.together, name="answers_together"),
    path("to-confirm/<int:pk>/", answers.one, name="answer_to_confirm"),
    path("names/", tips.names, name="names_to_know"),
    path("names/<uuid:ref>/", tips.known, name="say_known"),
]
