"""Addresses of answers by link."""

from django.urls import path

from returns.surveys import views

urlpatterns = [
    path("", views.answer, name="answer"),
    path("code/", views.code, name="answer_code"),
    path("language/", views.language, name="answer_language"),
    path("doing/", views.doing, name="answer_doing"),
    path("call/", views.call, name="answer_call"),
    path("no-more/", views.no_more, name="answer_no_more"),
    path("thanks/", views.thanks, name="answer_thanks"),
    path("<str:token>/", views.link, name="answer_link"),
]
