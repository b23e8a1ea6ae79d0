"""Batches of messages, each message of one, and who wants none."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from caseload.chase.models import Attempt
from neet import clock
from neet.messages.models import Message
from returns.surveys.models import AnswerLink
from schools.models import Authority
from tracking.models import ContactPoint, YoungPerson


class MessageBatch(models.Model):
    """The same message to many: who it goes to is settled and shown before somebody sends it."""

    class State(models.TextChoices):
        DRAFT = "draft", "Not sent yet"
        RELEASED = "released", "Being sent"
        SENT = "sent", "Sent"
        STOPPED = "stopped", "Stopped"

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="message_batches")
    wording = models.CharField("wording", max_length=40, help_text="A row of the table of wordings.")
    channel = models.CharField(max_length=10, choices=Attempt.Channel)
    audience = models.CharField("who it goes to", max_length=40)
    narrowed = models.JSONField("narrowed to", default=dict)
    most = models.PositiveIntegerField("at most so many")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField("list made", null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    sends_from = models.DateTimeField("sent from", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    cause = models.CharField("what it is part of", max_length=60, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"message batch {self.pk}"


class BatchMessage(models.Model):
    """One young person in a batch: what became of the message, or why none is sent to them."""

    class State(models.TextChoices):
        TO_SEND = "to_send", "To be sent"
        HANDED_OVER = "handed_over", "Handed over"
        LEFT_OUT = "left_out", "Left out"
        STOPPED = "stopped", "Stopped before it went"

    batch = models.ForeignKey(MessageBatch, models.CASCADE, related_name="messages")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="batch_messages")
    contact_point = models.ForeignKey(ContactPoint, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.TO_SEND)
    why = models.CharField("why it was left out", max_length=20, blank=True)
    message = models.OneToOneField(
        Message, models.SET_NULL, null=True, blank=True, related_name="batch_message"
    )
    link = models.OneToOneField(
        AnswerLink, models.SET_NULL, null=True, blank=True, related_name="batch_message"
    )
    handed_over_at = models.DateTimeField(null=True, blank=True)
    attempt = models.OneToOneField(
        Attempt, models.SET_NULL, null=True, blank=True, related_name="batch_message"
    )

    class Meta:
        ordering = ["batch", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "person"], name="batch_message_once"),
            models.CheckConstraint(
                condition=~Q(state="left_out") | ~Q(why=""), name="batch_message_left_out_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-handed_over_at"], name="batch_message_latest"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} of batch {self.batch_id}"


class MessageSettings(models.Model):
    """How a council writes to many. Without a row: a list is proposed every week, and a person sends it."""

    class Automatic(models.TextChoices):
        NOTHING = "nothing", "Nothing by itself"
        DRAFT = "draft", "Make a list every week; a person looks at it and sends it"
        SEND = "send", "Make a list every week and send it, up to the number below"

    authority = models.OneToOneField(Authority, models.CASCADE, related_name="message_settings")
    automatic = models.CharField(max_length=7, choices=Automatic, default=Automatic.DRAFT)
    wording = models.CharField("wording", max_length=40, default="what_now_text")
    most = models.PositiveIntegerField("at most so many", default=200)
    quiet_days = models.PositiveSmallIntegerField("days without a second message", default=14)

    class Meta:
        verbose_name_plural = "message settings"

    def __str__(self) -> str:
        return f"message settings of {self.authority}"


class OptOut(models.Model):
    """A young person, or a parent for them, wants no messages of one way, or none at all."""

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="opt_outs")
    channel = models.CharField(
        max_length=10, choices=Attempt.Channel, blank=True, help_text="Empty: none at all."
    )
    since = models.DateTimeField(default=clock.now)
    said_by = models.CharField(max_length=20)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "channel"], condition=Q(ended_at__isnull=True), name="opt_out_once"
            )
        ]

    def __str__(self) -> str:
        return f"opt-out {self.pk}"
