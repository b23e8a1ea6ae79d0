"""The app's name in the database: Django has a `messages` of its own."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "neet.messages"
    label = "outbox"
