"""Batches of letters and each letter of one: the log of what was sent to whom, and what it led to."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from caseload.referrals.models import Referral
from neet import clock
from neet.files.models import StoredFile
from neet.messages.models import Message
from returns.surveys.models import AnswerLink
from schools.models import Authority
from tracking.models import ContactPoint, YoungPerson


class Letterhead(models.Model):
    """What stands on every letter of a council: where it comes back to, and who signs."""

    authority = models.OneToOneField(Authority, models.CASCADE, primary_key=True, related_name="letterhead")
    return_address = models.TextField("address letters come back to", max_length=300)
    signed_by = models.CharField("who signs", max_length=80)
    signed_as = models.CharField("what they are", max_length=80)

    def __str__(self) -> str:
        return f"letterhead of {self.authority_id}"


class LetterBatch(models.Model):
    """Everybody due one letter of a series on one day: printed as one PDF, or handed over letter by letter."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being prepared"
        PRINTED = "printed", "Printed"
        SENT = "sent", "Sent"
        DROPPED = "dropped", "Not sent"

    class Way(models.TextChoices):
        PRINT = "print", "We print and post them"
        NOTIFY = "notify", "GOV.UK Notify prints and posts them"
        EMAIL = "email", "By e-mail"

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="letter_batches")
    series = models.CharField(max_length=40, help_text="A row of the table of letters.")
    wording = models.CharField("version of the wording", max_length=20, blank=True)
    due_on = models.DateField()
    way = models.CharField("how they go", max_length=6, choices=Way, default=Way.PRINT)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    pages = models.PositiveIntegerField(default=0)
    printed_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent") ^ Q(sent_on__isnull=True), name="letter_batch_sent_on_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"letter batch {self.pk}"


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Letters about the young people this user may see."""
        return self.filter(person__in=YoungPerson.objects.visible_to(user).values("pk"))

    def waiting(self) -> Self:
        """Sent, and nothing has come of them yet."""
        return self.filter(state=Letter.State.SENT, closed_on=None)


class Letter(models.Model):
    """One letter to one young person or their parents. The address it went to is in the PDF, and nowhere else."""

    class State(models.TextChoices):
        TO_SEND = "to_send", "To be sent"
        SENT = "sent", "Sent"
        LEFT_OUT = "left_out", "Left out"
        CAME_BACK = "came_back", "Came back"
        NOT_SENT = "not_sent", "Could not be sent"

    class To(models.TextChoices):
        YOUNG_PERSON = "young_person", "The young person"
        PARENT = "parent", "Their parents or carers"

    class Way(models.TextChoices):
        POST = "post", "By post"
        EMAIL = "email", "By e-mail"

    class Closed(models.TextChoices):
        ANSWERED = "answered", "They answered"
        CONFIRMED = "confirmed", "What they do is known now"
        NO_LONGER_DUE = "no_longer_due", "The letter's reason no longer holds"
        NEXT_SENT = "next_sent", "The next letter went"
        REFERRED = "referred", "Referred to another service"
        BY_HAND = "by_hand", "Closed by an officer"

    batch = models.ForeignKey(LetterBatch, models.CASCADE, related_name="letters")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="letters")
    to = models.CharField(max_length=12, choices=To, default=To.PARENT)
    way = models.CharField(max_length=5, choices=Way, default=Way.POST)
    number = models.PositiveIntegerField("place in the batch", default=0)
    state = models.CharField(max_length=9, choices=State, default=State.TO_SEND)
    why = models.CharField("why it was left out", max_length=20, blank=True)
    contact_point = models.ForeignKey(ContactPoint, models.SET_NULL, null=True, blank=True, related_name="+")
    message = models.OneToOneField(Message, models.SET_NULL, null=True, blank=True, related_name="letter")
    link = models.OneToOneField(AnswerLink, models.SET_NULL, null=True, blank=True, related_name="letter")
    sent_on = models.DateField(null=True, blank=True)
    next_step_on = models.DateField("next step", null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed = models.CharField("how it ended", max_length=13, choices=Closed, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=240, blank=True)
    referral = models.ForeignKey(Referral, models.SET_NULL, null=True, blank=True, related_name="letters")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "person"], name="letter_once_a_batch"),
            models.CheckConstraint(
                condition=~Q(state="left_out") | ~Q(why=""), name="letter_left_out_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(closed="") ^ Q(closed_on__isnull=False), name="letter_closed_on_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-sent_on"], name="letter_latest"),
            models.Index(
                fields=["next_step_on"], condition=Q(closed_on__isnull=True), name="letter_next_step"
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
