"""Files as they came or as we made them, under names nobody can guess."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models

from neet import clock


class StoredFile(models.Model):
    """One file on the disk. `name` is only ever shown; `kind` is what the content is, whatever the name says."""

    class Kind(models.TextChoices):
        CSV = "csv", "Text with columns"
        XLSX = "xlsx", "Excel"
        XLS = "xls", "Excel 97"
        ODS = "ods", "OpenDocument"
        XML = "xml", "XML"
        PDF = "pdf", "PDF"
        ZIP = "zip", "Zip"
        OTHER = "other", "Something else"

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=5, choices=Kind)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    location = models.CharField(max_length=40, unique=True)
    purpose = models.CharField(max_length=40)
    authority_id = models.BigIntegerField(null=True)
    stored_at = models.DateTimeField(default=clock.now)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["sha256"], name="file_by_digest")]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.location
