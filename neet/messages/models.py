"""The outbox: what is to be sent, to whom by reference, and what became of it. No address and no text is kept."""

from django.db import models
from django.db.models import Q

from neet import clock


class Message(models.Model):
    """One e-mail, text or letter to one person. `facts` fills the template and holds nothing about any young person."""

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        TEXT = "text", "Text message"
        LETTER = "letter", "Letter by post"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        DELIVERED = "delivered", "Delivered"
        RETURNED = "returned", "No such number or address"
        NOT_TAKEN = "not_taken", "Could not be delivered: telephone off or mailbox full"
        STOPPED = "stopped", "Not sent: they asked for none"
        UNREACHABLE = "unreachable", "Not sent: no address"
        FAILED = "failed", "Could not be sent"
        UNSURE = "unsure", "Interrupted while being sent"
        LATE = "late", "Not sent: its hour was over"

    WENT = (State.SENT, State.DELIVERED, State.RETURNED, State.NOT_TAKEN)

    channel = models.CharField(max_length=6, choices=Channel, default=Channel.EMAIL)
    template = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    recipient_kind = models.CharField(max_length=20)
    recipient_id = models.BigIntegerField()
    authority_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=11, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField("not to be sent after", null=True, blank=True)
    reference = models.CharField("its number where it was handed over", max_length=40, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["sent", "delivered", "returned", "not_taken"])
                ^ Q(sent_at__isnull=True),
                name="message_sent_with_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="message_due"
            ),
            models.Index(
                fields=["due_at"], condition=Q(state="sent") & ~Q(reference=""), name="message_to_ask_after"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class StoppedAddress(models.Model):
    """An address or number that wants nothing from us; kept as its digest."""

    digest = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"stopped address {self.pk}"
