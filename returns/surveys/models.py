"""Links by which a young person answers without an account."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from neet import clock
from schools.models import Authority, Establishment
from tracking.models import Claim, YoungPerson


class AnswerLink(models.Model):
    """One question to one young person, opened by a link sent to them, or by the short code printed in a letter. Of
    both only the digest is kept.

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
    code_digest = models.CharField(  # noqa: DJ001  most links have none, and no two the same
        "what a letter holds", max_length=64, unique=True, null=True
    )
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


class Survey(models.Model):
    """What a council asks many young people at once, in class or by a flyer: what next, or what after results day."""

    class Kind(models.TextChoices):
        WHAT_NEXT = "what_next", "What next"
        RESULTS_DAY = "results_day", "Results day"

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="surveys")
    kind = models.CharField(max_length=12, choices=Kind)
    academic_year = models.PositiveSmallIntegerField(help_text="The year in which it begins.")
    title = models.CharField(max_length=120)
    wording = models.CharField("version of its words", max_length=20)
    opens_on = models.DateField("open from")
    closes_on = models.DateField("open until")
    remind_on = ArrayField(models.DateField(), default=list, blank=True)
    asks_upn = models.BooleanField("asks for the end of the UPN", default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "kind", "academic_year"], name="survey_once_a_year"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")), name="survey_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyDoor(models.Model):
    """The link (and QR code) of one school to a survey, or of the whole council where it names none. It reveals nothing
    and may be printed; a new one ends the old. What it holds is kept as its digest."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="doors")
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="survey_doors", null=True, blank=True
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["survey", "establishment__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "establishment"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="survey_door_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"survey door {self.pk}"


class SurveyAnswer(models.Model):
    """What one young person answered, whom we take them for, and what they agreed to. A statement: it beats nothing."""

    class Found(models.TextChoices):
        NOT_YET = "", "Not looked for yet"
        LINKED = "linked", "Found on the register"
        CHOSEN = "chosen", "Chosen by a person"
        DOUBTFUL = "doubtful", "Somebody has to look"
        UNKNOWN = "unknown", "Not on the register"
        SET_ASIDE = "set_aside", "Set aside"

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="survey_answers", null=True, blank=True
    )
    tutor_group = models.CharField(max_length=20, blank=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    date_of_birth = models.DateField()
    answers = models.JSONField(default=dict)
    consent = models.BooleanField("their school may be told", default=False)
    language = models.CharField(max_length=8, blank=True)
    wording = models.CharField("version of what was asked", max_length=20)
    answered_at = models.DateTimeField(default=clock.now)
    digest = models.CharField("of the link to change it", max_length=64, blank=True)
    person = models.ForeignKey(
        YoungPerson, models.SET_NULL, null=True, blank=True, related_name="survey_answers"
    )
    found = models.CharField(max_length=9, choices=Found, blank=True, default=Found.NOT_YET)
    sure = models.FloatField(null=True, blank=True)
    claim = models.ForeignKey(Claim, models.SET_NULL, null=True, blank=True, related_name="+")
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    applied_event = models.BigIntegerField("the act that took it over", null=True)

    class Meta:
        ordering = ["-answered_at", "-pk"]
        indexes = [
            models.Index(fields=["survey", "establishment", "tutor_group"], name="survey_answer_by_group"),
            models.Index(fields=["survey", "found"], name="survey_answer_by_found"),
        ]

    def __str__(self) -> str:
        return f"survey answer {self.pk}"


class SurveyCandidate(models.Model):
    """Somebody on the register who may have given an answer, with how each field agrees."""

    answer = models.ForeignKey(SurveyAnswer, models.CASCADE, related_name="candidates")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="+")
    sure = models.FloatField()
    levels = ArrayField(models.SmallIntegerField(), default=list)

    class Meta:
        ordering = ["-sure", "pk"]
        constraints = [models.UniqueConstraint(fields=["answer", "person"], name="survey_candidate_once")]

    def __str__(self) -> str:
        return f"survey candidate {self.pk}"
