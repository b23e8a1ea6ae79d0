"""A young person: who they are, where they live, how they can be reached."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from neet import clock
from neet.accounts.scope import scope_of
from schools.models import Authority, District
from tracking.register import sight


class YoungPersonQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """The young people this user may see today (access.md section 1); everyone else does not exist for them."""
        return self.filter(sight.rows(scope_of(user), clock.today()))

    def of(self, authority: Authority) -> Self:
        """One authority's register."""
        return self.filter(authority=authority)

    def living_in(self, district: District) -> Self:
        """Those whose current address lies in the district."""
        here = Residence.objects.filter(person=OuterRef("pk"), ends_on__isnull=True, district=district)
        return self.filter(Exists(here))


class YoungPerson(models.Model):
    """One young person on one authority's register. The authority never changes: a move makes a new person there."""

    class Source(models.TextChoices):
        REGISTER = "register", "Entered here"
        LOADED = "loaded", "Brought from another system"
        RETURN = "return", "A school or college return"

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="young_people")
    ref = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    young_person_id = models.CharField("CCIS number", max_length=13)
    previous_id = models.CharField("earlier CCIS number", max_length=13, blank=True)

    given_name = models.CharField("first name", max_length=100)
    middle_name = models.CharField("middle names", max_length=100, blank=True)
    family_name = models.CharField("last name", max_length=100)
    known_as = models.CharField(max_length=100, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=1, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)

    upn = models.CharField("UPN", max_length=13, blank=True)
    uln = models.CharField("ULN", max_length=10, blank=True)
    educated_la = models.CharField("educated by", max_length=3, blank=True)
    la_at_year_11 = models.CharField("authority in Year 11", max_length=3, blank=True)
    corporate_parent_la = models.CharField("looked after by", max_length=3, blank=True, db_default="")

    cohort_status = models.CharField(max_length=1, default="P")
    cohort_status_on = models.DateField("since", null=True, blank=True)
    transferred_to_la = models.CharField("moved to", max_length=3, blank=True)
    level_of_need = models.CharField(max_length=1, blank=True)
    has_guarantee = models.BooleanField("is in a September Guarantee", default=False)
    intended_destination = models.CharField(max_length=3, blank=True)

    restricted_on = models.DateField("restricted since", null=True, blank=True)
    restricted_reason = models.CharField(max_length=200, blank=True)

    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged_here", db_index=False
    )
    source = models.CharField(max_length=10, choices=Source, default=Source.REGISTER)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = YoungPersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "young people"
        constraints = [
            models.UniqueConstraint(fields=["authority", "young_person_id"], name="person_number_once"),
            models.CheckConstraint(
                condition=Q(restricted_on__isnull=True) | ~Q(restricted_reason=""),
                name="person_restricted_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "date_of_birth"]),
            models.Index(fields=["upn"], condition=~Q(upn=""), name="person_upn"),
            models.Index(fields=["uln"], condition=~Q(uln=""), name="person_uln"),
            models.Index(fields=["young_person_id"]),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged_into"
            ),
        ]

    def __str__(self) -> str:
        return f"young person {self.pk}"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class FormerName(models.Model):
    """A name the young person was once known by, kept so that they are found under it."""

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="former_names")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-until"]

    def __str__(self) -> str:
        return f"former name {self.pk}"


class Residence(models.Model):
    """An address and the days it held. The one without an end is where they live."""

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="residences")
    line_1 = models.CharField("address line 1", max_length=100, blank=True)
    line_2 = models.CharField("address line 2", max_length=100, blank=True)
    line_3 = models.CharField("address line 3", max_length=100, blank=True)
    line_4 = models.CharField("address line 4", max_length=100, blank=True)
    town = models.CharField(max_length=60, blank=True)
    county = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="residences", null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = [F("ends_on").desc(nulls_first=True), "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on__isnull=True), name="residence_one_current_a_person"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="residence_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(
                fields=["district", "person"], condition=Q(ends_on__isnull=True), name="residence_current"
            ),
            models.Index(fields=["postcode"]),
        ]

    def __str__(self) -> str:
        return f"residence {self.pk}"


class ContactPoint(models.Model):
    """A telephone number or e-mail address, whose it is, and where it came from."""

    class Kind(models.TextChoices):
        MOBILE = "mobile", "Mobile"
        TELEPHONE = "telephone", "Telephone"
        EMAIL = "email", "E-mail"

    class Whose(models.TextChoices):
        YOUNG_PERSON = "young_person", "Young person"
        PARENT = "parent", "Parent or carer"
        OTHER = "other", "Someone else"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField("number or address", max_length=120)
    whose = models.CharField("whose it is", max_length=12, choices=Whose, default=Whose.YOUNG_PERSON)
    name = models.CharField("their name", max_length=120, blank=True)
    from_institution = models.BooleanField("from a school or college", default=False)
    do_not_use = models.BooleanField(default=False)
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["whose", "kind", "pk"]
        indexes = [models.Index(fields=["value"])]

    def __str__(self) -> str:
        return f"contact point {self.pk}"
