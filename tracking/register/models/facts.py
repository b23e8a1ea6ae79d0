"""What else is known of a young person: characteristics, guarantee, objections, who may see a restricted record."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock
from tracking.register.models.person import YoungPerson


class Characteristic(models.Model):
    """A dated fact such as being in care, a carer, or having an EHC plan. Without a start: since before we knew."""

    EHCP = "EHCP"
    SEN_SUPPORT = "SENS"
    UNACCOMPANIED = "UASC"
    # Kept here beside the DfE's codes, and never in its file under these names.
    OUR_OWN = (EHCP, SEN_SUPPORT, UNACCOMPANIED)

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="characteristics")
    code = models.CharField(max_length=4)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["code", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="characteristic_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "code"],
                condition=Q(ends_on__isnull=True),
                name="characteristic_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["code", "person"])]

    def __str__(self) -> str:
        return f"characteristic {self.pk}"


class Guarantee(models.Model):
    """The September Guarantee status of one young person for one year group's end."""

    class YearGroup(models.IntegerChoices):
        YEAR_11 = 11, "Year 11"
        YEAR_12 = 12, "Year 12"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="guarantees")
    year_group = models.PositiveSmallIntegerField(choices=YearGroup)
    status = models.CharField(max_length=3, blank=True)
    la_code = models.CharField("authority that led", max_length=3, blank=True)
    status_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["year_group"]
        constraints = [
            models.UniqueConstraint(fields=["person", "year_group"], name="guarantee_once_a_year_group")
        ]

    def __str__(self) -> str:
        return f"guarantee {self.pk}"


class Objection(models.Model):
    """An instruction not to pass on more than the law requires (Education and Skills Act 2008 s14 and s72)."""

    class MadeBy(models.TextChoices):
        PARENT = "parent", "A parent or carer"
        YOUNG_PERSON = "young_person", "The young person"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="objections")
    made_by = models.CharField(max_length=12, choices=MadeBy)
    made_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    channel = models.CharField("how we were told", max_length=40, blank=True)

    class Meta:
        ordering = ["-made_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("made_on")),
                name="objection_withdrawn_after_made",
            ),
            models.UniqueConstraint(
                fields=["person", "made_by"],
                condition=Q(withdrawn_on__isnull=True),
                name="objection_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"


class AccessGrant(models.Model):
    """One user may open one record that their role alone does not show them, for a reason and until a day."""

    class Kind(models.TextChoices):
        NAMED = "named", "Named for a restricted record"
        REASON = "reason", "Opened with a stated reason"
        EMERGENCY = "emergency", "Opened in an emergency"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="access_grants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_grants")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=240)
    granted_at = models.DateTimeField(default=clock.now)
    until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "person"])]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="access_grant_has_a_reason")]

    def __str__(self) -> str:
        return f"access grant {self.pk}"
