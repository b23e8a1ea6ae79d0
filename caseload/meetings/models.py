"""Meetings, what is talked about in them, what was decided, and what provision is missing."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from neet import clock
from schools.models import Authority, District, Service
from tracking.models import Task, YoungPerson


class MeetingType(models.Model):
    """A kind of meeting as the council holds it: for whom, how often, how long."""

    class Scope(models.TextChoices):
        DISTRICT = "district", "One in each district"
        SERVICE = "service", "One for a service"
        AUTHORITY = "authority", "One for the council"

    class About(models.TextChoices):
        NEET = "neet", "Young people who are NEET"
        EHCP = "ehcp", "Those of them with an EHC plan"
        NOMINATED = "nominated", "Only those who were named for it"
        NOBODY = "nobody", "No young people: plans and progress"

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="meeting_types")
    slug = models.SlugField(max_length=40)
    words = models.CharField(max_length=80)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.DISTRICT)
    about = models.CharField(max_length=10, choices=About, default=About.NEET)
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    every_months = models.PositiveSmallIntegerField("held every so many months", default=1)
    months = models.CharField(
        "only in these months",
        max_length=24,
        blank=True,
        help_text="Numbers of months with commas: 9,12,3,6.",
    )
    working_day = models.SmallIntegerField(
        "usual working day of the month", default=-5, help_text="Below zero counts from the month's end."
    )
    minutes = models.PositiveSmallIntegerField(default=120)
    name_by_working_days = models.PositiveSmallIntegerField(
        "cases are named this many working days before", default=5
    )
    has_outsiders = models.BooleanField("people from outside the council attend", default=False)
    ended_on = models.DateField("no longer held from", null=True, blank=True)

    class Meta:
        ordering = ["words"]
        constraints = [models.UniqueConstraint(fields=["authority", "slug"], name="meeting_type_once")]

    def __str__(self) -> str:
        return self.words

    @property
    def is_about_people(self) -> bool:
        return self.about != self.About.NOBODY


class Meeting(models.Model):
    """One meeting. It is planned, opened, and closed; afterwards only its decisions' tasks live on."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    type = models.ForeignKey(MeetingType, models.PROTECT, related_name="meetings")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="meetings")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="meetings_chaired"
    )
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField("told which cases are named", null=True, blank=True)
    agenda_at = models.DateTimeField("agenda made", null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "district", "held_on"], nulls_distinct=False, name="meeting_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class Attendee(models.Model):
    """Who is in the room: a colleague of a service, or somebody from outside, who has no account."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="meetings_attended"
    )
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    is_here = models.BooleanField("attends", default=True)
    instead_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=Q(user__isnull=False), name="attendee_once"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(organisation=""), name="attendee_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"attendee {self.pk}"


class AgendaItem(models.Model):
    """One young person at one meeting: proposed for talk with the reasons, or noted in one act with the rest."""

    class Treatment(models.TextChoices):
        DISCUSS = "discuss", "To talk about"
        NOTE = "note", "To note"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="agenda_items")
    number = models.PositiveSmallIntegerField(
        help_text="Its number at this meeting; stays when the order changes."
    )
    service = models.ForeignKey(
        Service,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="In whose part of the meeting.",
    )
    treatment = models.CharField(max_length=8, choices=Treatment)
    why = models.JSONField("why they are on the agenda", default=list)
    place = models.PositiveIntegerField("order", default=0)
    minutes = models.PositiveSmallIntegerField(default=0)
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    nominated_why = models.CharField(max_length=240, blank=True)
    nominated_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField("the outcome in one line, for every service", max_length=240, blank=True)
    settled_at = models.DateTimeField("talked about or noted", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["meeting", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="agenda_once_a_meeting"),
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once"),
        ]
        indexes = [models.Index(fields=["person", "-meeting"], name="agenda_of_person")]

    def __str__(self) -> str:
        return f"agenda item {self.pk}"


class Decision(models.Model):
    """What the meeting decided about somebody: a task of its owner, done or not done when the next month opens."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="decisions")
    words = models.CharField(max_length=240)
    task = models.OneToOneField(Task, models.CASCADE, related_name="decision")
    decided_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class ProvisionGap(models.Model):
    """Something young people wait for that is not there: what, where, from when, for how many (R72)."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="provision_gaps")
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="provision_gaps"
    )
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="provision_gaps"
    )
    area = models.CharField("where", max_length=120, blank=True)
    sector = models.CharField("what", max_length=120)
    level = models.CharField(max_length=40, blank=True)
    wanted_from = models.DateField(null=True, blank=True)
    need = models.CharField("what it would have to offer", max_length=240, blank=True)
    waiting = models.PositiveIntegerField("young people waiting", default=1)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    raised_at = models.DateTimeField(default=clock.now)
    closed_on = models.DateField(null=True, blank=True)
    how_closed = models.CharField("what became of it", max_length=240, blank=True)

    class Meta:
        ordering = ["-raised_at"]

    def __str__(self) -> str:
        return f"provision gap {self.pk}"
