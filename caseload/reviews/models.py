"""What became of each case in its month, and the lists handed to those who review them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from caseload.allocation.models import Case, MonthRun
from neet import clock
from schools.models import Authority, District, Service


class Review(models.Model):
    """A case looked at: only ever with an outcome. The latest of a case counts; earlier ones stay."""

    class Outcome(models.TextChoices):
        WORKING = "working", "Working with them, no change yet"
        STARTED = "started", "Started education, training or work"
        START_AGREED = "start_agreed", "A start is agreed"
        REFERRED = "referred", "Referred to another service"
        NO_CONTACT = "no_contact", "Tried, could not reach them"
        REFUSED = "refused", "Does not want support now"
        NOT_AVAILABLE = "not_available", "Not available for now"
        MOVED = "moved", "Left the area"

    # Said of each by itself, since more has to be written down then.
    ONE_BY_ONE = (Outcome.STARTED, Outcome.REFERRED, Outcome.MOVED)

    case = models.ForeignKey(Case, models.CASCADE, related_name="reviews")
    outcome = models.CharField(max_length=14, choices=Outcome)
    words = models.CharField("the outcome in one line, for every service", max_length=240, blank=True)
    next_step = models.CharField(max_length=160, blank=True)
    next_on = models.DateField("next step by", null=True, blank=True)
    reviewed_on = models.DateField(default=clock.today)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["case", "-recorded_at"], name="review_latest")]

    def __str__(self) -> str:
        return f"review {self.pk}"


class ListContact(models.Model):
    """Who receives a service's list at the start of the month, for the whole council or one district (R63)."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="list_contacts")
    service = models.ForeignKey(Service, models.CASCADE, related_name="list_contacts")
    district = models.ForeignKey(
        District, models.CASCADE, null=True, blank=True, related_name="list_contacts"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="list_contacts")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["service", "district", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "district", "user"],
                condition=Q(ends_on__isnull=True),
                nulls_distinct=False,
                name="list_contact_once",
            ),
        ]

    def __str__(self) -> str:
        return f"list contact {self.pk}"


class ServiceList(models.Model):
    """A service's list of one month, handed to one named contact, and whether they said they have it."""

    run = models.ForeignKey(MonthRun, models.CASCADE, related_name="lists")
    contact = models.ForeignKey(ListContact, models.PROTECT, related_name="lists")
    people = models.PositiveIntegerField()
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    nudged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["run", "contact"]
        constraints = [models.UniqueConstraint(fields=["run", "contact"], name="service_list_once")]

    def __str__(self) -> str:
        return f"service list {self.pk}"
