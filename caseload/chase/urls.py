"""Addresses of the chase."""

from django.urls import path

from caseload.chase.views import answers, tips

urlpatterns = [
    path("to-confirm/", answers.listed, name="answers_to_confirm"),
    path("to-confirm/together/", answers.together, name="answers_together"),
    path("to-confirm/<int:pk>/", answers.one, name="answer_to_confirm"),
    path("names/", tips.names, name="names_to_know"),
    path("names/<uuid:ref>/", tips.known, name="say_known"),
]
