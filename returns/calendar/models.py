"""What is asked for, of whom, by when, and how each establishment's answer stands."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from schools.models import Authority, Establishment


class Collection(models.Model):
    """One thing a council asks its schools and colleges for: which return, how things stood on which day, by when."""

    # The pattern of what was made for one sender alone, when its file came.
    AS_IT_COMES = "as it comes"

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="collections")
    type = models.CharField("which return", max_length=20)
    title = models.CharField(max_length=120)
    pattern = models.CharField("line of the calendar it was made from", max_length=40, blank=True)
    academic_year = models.PositiveSmallIntegerField(help_text="The year in which it begins.")
    as_at = models.DateField("as things stood on")
    opens_on = models.DateField("open from")
    due_on = models.DateField("due on")
    remind_days = ArrayField(
        models.SmallIntegerField(),
        default=list,
        help_text="Days from the due date on which whoever has not answered is reminded; before it with a minus.",
    )
    published_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["due_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="collection_due_after_it_opens"
            ),
            models.UniqueConstraint(
                fields=["authority", "type", "academic_year", "title"], name="collection_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ExpectedReturnQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """What this user's places let them see: a council's own, or an establishment's own. Lists from elsewhere are
        seen by those who bring them in."""
        seen = Q(pk__in=[])
        for place in scope_of(user).where(Permission.RETURN_READ):
            here = Q(collection__authority_id=place.authority_id, sender="")
            if place.establishment_id:
                here &= Q(establishment_id=place.establishment_id, collection__published_at__isnull=False)
            seen |= here
        for place in scope_of(user).where(Permission.RETURN_RECEIVE):
            seen |= Q(collection__authority_id=place.authority_id, establishment__isnull=True)
        return self.filter(seen)

    def running(self, on: date) -> Self:
        """What may be answered on the day: open and not closed."""
        closed = Q(collection__closed_on__isnull=True) | Q(collection__closed_on__gte=on)
        return self.filter(closed, collection__opens_on__lte=on)


class ExpectedReturn(models.Model):
    """One establishment's answer to a collection, expected until it is sent, declared nil or waived. Lists that no
    establishment sends (of a council's own service, of another authority) name their sender instead."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="expected")
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="expected_returns", null=True, blank=True
    )
    sender = models.CharField("sent by", max_length=80, blank=True)
    is_complete = models.BooleanField(
        "names everybody it is true of", default=False, db_default=False,
        help_text="Of a list: whoever is so on the register and not on it is asked about.",
    )  # fmt: skip
    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    extended_to = models.DateField("due later, on", null=True, blank=True)
    waived_on = models.DateField("not asked for since", null=True, blank=True)
    waived_why = models.CharField(max_length=200, blank=True)
    nil_at = models.DateTimeField("said to have nothing to return", null=True, blank=True)
    nil_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField("confirmed", null=True, blank=True)
    noticed_at = models.DateTimeField("told", null=True, blank=True)

    objects = ExpectedReturnQuerySet.as_manager()

    class Meta:
        ordering = ["collection", "establishment__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "establishment", "sender"],
                nulls_distinct=False,
                name="expected_once_a_sender",
            ),
            models.CheckConstraint(
                condition=Q(establishment__isnull=False) ^ ~Q(sender=""), name="expected_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(waived_on__isnull=True) | ~Q(waived_why=""), name="expected_waived_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["establishment"],
                condition=Q(sent_at__isnull=True, nil_at__isnull=True, waived_on__isnull=True),
                name="expected_open",
            )
        ]

    def __str__(self) -> str:
        return f"expected return {self.pk}"

    @property
    def sent_by(self) -> str:
        """Who answers: the establishment, or whoever the list comes from."""
        return self.establishment.name if self.establishment else self.sender

    @property
    def is_answered(self) -> bool:
        """Whether nothing more is asked: sent, nothing to return, or not asked for any more."""
        return bool(self.sent_at or self.nil_at or self.waived_on)


class Notice(models.Model):
    """A message about an expected return that was put into the outbox: each once for its day."""

    class Kind(models.TextChoices):
        ISSUED = "issued", "Asked for"
        REMINDER = "reminder", "Reminder"
        LATE = "late", "Late"
        RECEIPT = "receipt", "Receipt"
        HANDED_OVER = "handed_over", "Handed to a colleague"
        SENT_BACK = "sent_back", "Sent back"
        RANG = "rang", "Rung up"

    expected = models.ForeignKey(ExpectedReturn, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind)
    day = models.DateField()
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    message_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["expected", "kind", "day", "to_user"],
                nulls_distinct=False,
                name="notice_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class SchoolTerm(models.Model):
    """When a council's schools are at work, so that nothing is due in the holidays (R148)."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="school_terms")
    academic_year = models.PositiveSmallIntegerField(help_text="The year in which it begins.")
    name = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "academic_year", "name"], name="school_term_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="school_term_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """A piece for the schools' bulletin, to be sent in its month with this year's days in it (R29)."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="articles")
    academic_year = models.PositiveSmallIntegerField(help_text="The year in which it begins.")
    pattern = models.CharField("line of the calendar it was made from", max_length=40)
    title = models.CharField(max_length=120)
    words = models.TextField()
    due_on = models.DateField("to be sent by")
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "academic_year", "pattern"], name="article_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return self.title
