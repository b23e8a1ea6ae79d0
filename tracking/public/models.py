"""Who sees a council's figures without an account, which months they see, and who is on the list."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from neet import clock
from neet.files.models import StoredFile
from schools.models import Authority
from tracking.figures.models import Freeze


class PublicFigures(models.Model):
    """How far a council opens its released figures. A council without a row opens them to nobody."""

    class OpenTo(models.TextChoices):
        NOBODY = "nobody", "Nobody without an account"
        LISTED = "listed", "People on a list, each by a link of their own"
        EVERYBODY = "everybody", "Everybody"

    authority = models.OneToOneField(Authority, models.PROTECT, related_name="+")
    open_to = models.CharField("open to", max_length=9, choices=OpenTo, default=OpenTo.NOBODY)
    needs_other = models.BooleanField(
        "somebody else signs off", default=True, help_text="Not whoever put the month forward."
    )
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"public figures of authority {self.authority_id}"


class PublicRelease(models.Model):
    """One month's released tables put before the public: the very bytes that were looked at before signing off.

    Proposed, then signed off, then perhaps taken back; of a month one release at most stands. `digest` is the
    fingerprint of all it says.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="+")
    month = models.DateField("month that ends on")
    digest = models.CharField("fingerprint of its numbers", max_length=64)
    pdf = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    csv = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    sheet = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    signed_at = models.DateTimeField("signed off", null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    signed_why = models.CharField("why one's own work", max_length=240, blank=True)
    withdrawn_at = models.DateTimeField("taken back", null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawn_why = models.CharField("why taken back", max_length=240, blank=True)

    class Meta:
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "month"],
                condition=Q(withdrawn_at__isnull=True),
                name="public_release_one_stands_a_month",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
                name="public_release_taken_back_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"public release {self.pk}"

    @property
    def is_public(self) -> bool:
        """Signed off and not taken back."""
        return self.signed_at is not None and self.withdrawn_at is None

    @property
    def is_proposed(self) -> bool:
        """Waits for somebody to sign it off."""
        return self.signed_at is None and self.withdrawn_at is None


class PublicReader(models.Model):
    """Somebody without an account who may read what a council has made public, by a link kept only as its digest."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail")
    digest = models.CharField(max_length=64, unique=True)
    until_on = models.DateField("until")
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"public reader {self.pk}"
