"""Audit rows: no foreign keys, so the trail never stands in the way of a deletion and never loses a row to one."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Cast

from neet import clock
from neet.audit.kinds import words_of

CURRENT_TRANSACTION = Cast(
    Cast(models.Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField()
)


class AuditEvent(models.Model):
    """One thing done, read or refused. Holds ids and counts, never a value of anybody's record."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=clock.now)
    kind = models.CharField(max_length=60)
    user_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=30, blank=True)
    authority_id = models.BigIntegerField(null=True)
    subjects = ArrayField(models.BigIntegerField(), default=list)
    counts = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    transaction = models.BigIntegerField(db_default=CURRENT_TRANSACTION, editable=False)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["authority_id", "-at"], name="audit_by_authority"),
            models.Index(fields=["user_id", "-at"], name="audit_by_user"),
            models.Index(fields=["transaction"], name="audit_by_transaction"),
            GinIndex(fields=["subjects"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"event {self.pk}"

    @property
    def words(self) -> str:
        return words_of(self.kind)


class Seal(models.Model):
    """A link of the chain: which events it covers, in order, and a digest after each, begun from the seal before."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=clock.now)
    below = models.BigIntegerField(help_text="Every transaction below this number had ended.")
    event_ids = ArrayField(models.BigIntegerField())
    digests = models.BinaryField(help_text="Thirty-two bytes for each event, chained.")
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"seal {self.pk}"
