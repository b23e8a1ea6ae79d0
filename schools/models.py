"""The council and its surroundings as tables: authorities, districts, establishments, services, memberships."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from neet import clock


def running(on: date) -> Q:
    """Rows whose dated period (starts_on, ends_on, both days included) holds the day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Authority(models.Model):
    """A local authority that runs its register here."""

    code = models.CharField("DfE number", max_length=3, unique=True)
    name = models.CharField(max_length=80)
    database_id = models.CharField(
        "database number",
        max_length=3,
        help_text="The first three digits of the numbers given to young people.",
    )
    contact_name = models.CharField(max_length=120, blank=True)
    contact_telephone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    needs_second_person = models.BooleanField(
        "a second person signs off",
        default=False,
        help_text="For the monthly file, the cohort and large extracts.",
    )
    allows_mailbox_codes = models.BooleanField("sign-in codes may go to the office mailbox", default=True)

    class Meta:
        verbose_name_plural = "authorities"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^\d{3}$"), name="authority_code_three_digits"),
            models.CheckConstraint(
                condition=Q(database_id__regex=r"^\d{3}$"), name="authority_database_three_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A part of an authority that has its own lead and its own monthly meeting."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="districts")
    name = models.CharField(max_length=80)
    ons_code = models.CharField(
        "its code in national statistics",
        max_length=9,
        blank=True,
        db_default="",
        help_text="Nine signs, as E07000106. By it a postcode tells in which district an address lies.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["authority", "name"], name="district_name_once")]

    def __str__(self) -> str:
        return self.name


class Establishment(models.Model):
    """A school, college or provider anywhere in England. Global: a college returns to several authorities."""

    class Kind(models.TextChoices):
        SCHOOL = "school", "School"
        SPECIAL = "special", "Special school"
        SIXTH_FORM_COLLEGE = "sixth_form_college", "Sixth form college"
        COLLEGE = "college", "Further education college"
        SPECIAL_COLLEGE = "special_college", "Special post-16 institution"
        PROVIDER = "provider", "Training provider"
        ALTERNATIVE = "alternative", "Alternative provision"
        OTHER = "other", "Other"

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind)
    la_code = models.CharField("authority's DfE number", max_length=3)
    number = models.CharField("DfE number (7 digits)", max_length=7, blank=True)
    urn = models.CharField("URN", max_length=6, blank=True)
    ukprn = models.CharField("UKPRN", max_length=8, blank=True)
    short_code = models.CharField(max_length=10, blank=True, help_text="As in the file names of its returns.")
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    highest_year_group = models.PositiveSmallIntegerField(default=13)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="establishment_number_once"
            ),
            models.UniqueConstraint(fields=["urn"], condition=~Q(urn=""), name="establishment_urn_once"),
            models.CheckConstraint(
                condition=Q(number="") | Q(number__regex=r"^\d{7}$"), name="establishment_number_form"
            ),
        ]
        indexes = [
            models.Index(fields=["la_code", "name"]),
            models.Index(fields=["ukprn"]),
            models.Index(fields=["name", "id"], name="establishment_by_name"),
            GinIndex(
                OpClass(Upper("name"), "gin_trgm_ops"),
                OpClass(Upper("town"), "gin_trgm_ops"),
                name="establishment_by_words",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_college(self) -> bool:
        return self.kind in {self.Kind.COLLEGE, self.Kind.SIXTH_FORM_COLLEGE, self.Kind.SPECIAL_COLLEGE}


class Service(models.Model):
    """A team of the council that is responsible for young people: tracking, SEND, youth justice, virtual school."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="services")
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=30)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["authority", "slug"], name="service_slug_once")]

    def __str__(self) -> str:
        return self.name


class PlaceQuerySet(models.QuerySet):
    def running(self, on: date) -> Self:
        """Those that hold on the day."""
        return self.filter(running(on))


class Place(models.Model):
    """Where a role is held. Abstract: a membership holds it, an invitation offers it."""

    role = models.CharField(max_length=30)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="%(class)ss", null=True, blank=True)
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="%(class)ss", null=True, blank=True
    )
    district = models.ForeignKey(District, models.PROTECT, related_name="%(class)ss", null=True, blank=True)
    service = models.ForeignKey(Service, models.PROTECT, related_name="%(class)ss", null=True, blank=True)
    can_submit = models.BooleanField(
        default=True,
        help_text="May confirm what the establishment returns; otherwise drafts it for a colleague.",
    )
    records_for_others = models.BooleanField(
        default=False,
        help_text="Business support: records what colleagues of the service did, in their names.",
    )
    supervises = models.BooleanField(
        default=False,
        help_text="Tracking supervisor: shares the calls out among the officers.",
    )

    class Meta:
        abstract = True


class Membership(Place):
    """Who works where, as what, from when to when: the one table behind places."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["school_user", "college_user"]) | Q(establishment__isnull=False),
                name="membership_school_has_establishment",
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class Invitation(Place):
    """An account offered to an e-mail address for one place; the token is kept only as its hash."""

    email = models.EmailField("e-mail address")
    name = models.CharField("full name", max_length=120)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations_sent")
    invited_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class SystemToken(models.Model):
    """What a system account shows instead of a password: good for one place and a few weeks, kept only as its hash."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    is_system_token = True  # stands where a person shows a second factor (neet/accounts/access.py)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"token {self.pk}"


class Contact(models.Model):
    """A named person at an establishment, and what they are asked about."""

    class Purpose(models.TextChoices):
        RETURNS = "returns", "Returns"
        LEAVERS = "leavers", "Leavers"
        SIXTH_FORM = "sixth_form", "Sixth form"
        CAREERS = "careers", "Careers"
        HEAD = "head", "Head or principal"
        DATA = "data", "Data lead"

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="contacts")
    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="contacts")
    purpose = models.CharField(max_length=20, choices=Purpose)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["establishment", "purpose"]

    def __str__(self) -> str:
        return self.name


class Attestation(models.Model):
    """An establishment looked through who may sign in for it and said that this is right (once a school year)."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="attestations")
    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="attestations")
    academic_year = models.PositiveSmallIntegerField(help_text="The year in which it begins.")
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "establishment", "academic_year"], name="attestation_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"attestation {self.pk}"
