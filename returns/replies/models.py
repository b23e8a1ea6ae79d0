"""The DfE's reply to a file, and each fault it found with a record."""

from django.conf import settings
from django.db import models

from neet import clock
from neet.files.models import StoredFile
from returns.nccis.models import Submission
from tracking.models import YoungPerson


class Reply(models.Model):
    """What the DfE said of one file. Its error report waits until it is known which heading holds what."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "Accepted, nothing reported"
        WITH_ERRORS = "with_errors", "Accepted, with errors reported"
        REFUSED = "refused", "Refused: it has to be sent again"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="replies")
    verdict = models.CharField("what the DfE said", max_length=12, choices=Verdict)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    headings = models.JSONField(default=list)
    columns = models.JSONField("which heading holds which column", default=dict)
    remarks = models.JSONField("what was odd about the file", default=list)
    read_at = models.DateTimeField("taken in", null=True, blank=True)
    left_out = models.PositiveIntegerField("lines without a number or an error", default=0)
    noted_at = models.DateTimeField(default=clock.now)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "replies"
        ordering = ["-noted_at", "-pk"]

    def __str__(self) -> str:
        return f"reply {self.pk}"

    @property
    def waits(self) -> bool:
        """Whether somebody has to say which heading holds what."""
        return self.file_id is not None and self.read_at is None


class ReportedError(models.Model):
    """One line of an error report: whose record, which error, in the DfE's words."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="errors")
    row = models.PositiveIntegerField()
    number = models.CharField("CCIS number", max_length=40)
    person = models.ForeignKey(
        YoungPerson, models.SET_NULL, null=True, blank=True, db_constraint=False, related_name="+"
    )
    code = models.CharField("error", max_length=8)
    field = models.CharField(max_length=60, blank=True)
    words = models.CharField("as the DfE put it", max_length=300, blank=True)

    class Meta:
        ordering = ["code", "row"]
        indexes = [models.Index(fields=["reply", "code"]), models.Index(fields=["person"])]

    def __str__(self) -> str:
        return f"reported error {self.pk}"
