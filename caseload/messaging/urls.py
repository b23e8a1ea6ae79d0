"""Addresses of messages to many."""

from django.urls import path

from caseload.messaging import views

urlpatterns = [
    path("", views.listed, name="messages"),
    path("new/", views.new, name="new_messages"),
    path("settings/", views.council, name="messages_of_council"),
    path("people/<uuid:ref>/none/", views.no_messages, name="no_messages"),
    path("people/<uuid:ref>/again/", views.messages_again, name="messages_again"),
    path("<uuid:ref>/", views.one, name="message_batch"),
    path("<uuid:ref>/send/", views.release, name="release_messages"),
    path("<uuid:ref>/stop/", views.stop, name="stop_messages"),
    path("<uuid:ref>/anew/", views.anew, name="messages_anew"),
    path("<uuid:ref>/discard/", views.discard, name="discard_messages"),
]
