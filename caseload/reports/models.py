"""Reports that were made: which one, of which month and place, its files and a fingerprint of its numbers."""

from django.conf import settings
from django.db import models

from neet import clock
from neet.files.models import StoredFile
from schools.models import Authority, District, Establishment, Service


class MadeReport(models.Model):
    """A report as it was made at a moment. It holds counts and names no young person; made again of the same numbers it
    is the same report. Neither district, service nor school: the whole council."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="made_reports")
    slug = models.SlugField("which report", max_length=40)
    month = models.DateField("last day of the month")
    district = models.ForeignKey(District, models.CASCADE, null=True, blank=True, related_name="+")
    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="+")
    establishment = models.ForeignKey(Establishment, models.CASCADE, null=True, blank=True, related_name="+")
    is_frozen = models.BooleanField("of a month that stands still")
    digest = models.CharField("fingerprint of its numbers", max_length=64)
    pdf = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    xlsx = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["authority", "slug", "month", "-made_at"], name="made_report_latest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(district__isnull=True, service__isnull=True)
                | models.Q(district__isnull=True, establishment__isnull=True)
                | models.Q(service__isnull=True, establishment__isnull=True),
                name="made_report_of_one_place",
            )
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"
