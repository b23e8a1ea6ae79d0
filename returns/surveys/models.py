"""Links by which a young person answers without an account."""

import uuid

from django.db import models
from django.db.models import Q

from neet import clock
from schools.models import Authority
from tracking.models import Claim, YoungPerson


class AnswerLink(models.Model):
    """One question to one young person, opened by a link sent to them. What the link holds is kept as its digest.

    The answer is a claim: it beats nothing until an officer takes it.
    """

    class Answer(models.TextChoices):
        STILL_THERE = "still_there", "Yes, still there"
        SOMETHING_ELSE = "something_else", "No, something else"
        NOTHING = "nothing", "Nothing at the moment"
        CALL_ME = "call_me", "Please call me"
        STOP = "stop", "Do not write to me again"
        NOT_ME = "not_me", "That is not me"

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="answer_links")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="answer_links")
    purpose = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=14, choices=Answer, blank=True)
    language = models.CharField(max_length=8, blank=True)
    wording = models.CharField("version of what was asked", max_length=20, blank=True)
    call_when = models.CharField("when to call", max_length=20, blank=True)
    claim = models.ForeignKey(Claim, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) ^ ~Q(answer=""),
                name="answer_link_answered_with_an_answer",
            ),
        ]
        indexes = [models.Index(fields=["person", "-made_at"], name="answer_link_latest")]

    def __str__(self) -> str:
        return f"answer link {self.pk}"
