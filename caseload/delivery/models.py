"""Which report or cut somebody wants regularly, and what was made for them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from caseload.reports.models import MadeReport
from neet import clock
from neet.files.models import StoredFile
from schools.models import Authority, District, Service
from tracking.exploring.models import SavedCut


class Subscription(models.Model):
    """One report or kept cut for one person: with each month signed off, every week, or on a day of the month.

    A report without district and service is of the whole council. It goes with the account, and rests or ends by hand.
    """

    class Every(models.TextChoices):
        MONTH = "month", "After each month is signed off"
        WEEK = "week", "Every week"
        DAY = "day", "Every month on a day"

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    report = models.SlugField("which report", max_length=40, blank=True)
    district = models.ForeignKey(District, models.CASCADE, null=True, related_name="+")
    service = models.ForeignKey(Service, models.CASCADE, null=True, related_name="+")
    cut = models.ForeignKey(SavedCut, models.CASCADE, null=True, related_name="+")
    every = models.CharField(max_length=5, choices=Every, default=Every.MONTH)
    on_day = models.PositiveSmallIntegerField("weekday from 1 Monday, or day of the month", null=True)
    begun_at = models.DateTimeField(default=clock.now)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(report="") ^ Q(cut__isnull=True), name="subscription_of_report_or_cut"
            ),
            models.CheckConstraint(
                condition=Q(district__isnull=True) | Q(service__isnull=True), name="subscription_of_one_place"
            ),
            models.CheckConstraint(
                condition=Q(every="month", on_day__isnull=True)
                | Q(every="week", on_day__range=(1, 7))
                | Q(every="day", on_day__range=(1, 28)),
                name="subscription_says_which_day",
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class Delivery(models.Model):
    """What was made of a subscription for one day or month, once; or why nothing was."""

    class State(models.TextChoices):
        MAKING = "making", "Being made"
        READY = "ready", "Waits for you"
        NOT_OPEN = "not_open", "No longer open to them"
        NOTHING = "nothing", "No such month yet"

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    for_on = models.DateField("for the day, or the month that ends on")
    state = models.CharField(max_length=8, choices=State, default=State.READY)
    report = models.ForeignKey(MadeReport, models.SET_NULL, null=True, related_name="+")
    file = models.OneToOneField(StoredFile, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["subscription", "for_on"], name="delivery_once_a_day")]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
