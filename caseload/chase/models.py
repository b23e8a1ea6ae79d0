"""What was tried to find somebody out, and who is on the telephone about whom."""

from django.conf import settings
from django.db import models

from neet import clock
from schools.models import Service
from tracking.models import Claim, ContactPoint, YoungPerson


class Attempt(models.Model):
    """Somebody tried to reach a young person, or somebody who may know of them. Append-only.

    What an outcome means (reached, learned something, the number is wrong, when to try again) stands in the dated
    table `contact_outcomes`; whom one asks in which order stands in `source_ladder`.
    """

    class Channel(models.TextChoices):
        TELEPHONE = "telephone", "Telephone"
        TEXT = "text", "Text message"
        WHATSAPP = "whatsapp", "WhatsApp"
        EMAIL = "email", "E-mail"
        LETTER = "letter", "Letter"
        SOCIAL = "social", "Social media"
        VISIT = "visit", "Visit"
        IN_PERSON = "in_person", "In person"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="attempts")
    channel = models.CharField("how", max_length=10, choices=Channel)
    asked = models.CharField("who was asked", max_length=20, help_text="A rung of the ladder of sources.")
    contact_point = models.ForeignKey(
        ContactPoint, models.SET_NULL, null=True, blank=True, related_name="attempts"
    )
    outcome = models.CharField(max_length=20)
    reached = models.BooleanField("somebody was reached")
    learned = models.BooleanField("something was learned")
    words = models.CharField("in one line", max_length=240, blank=True)
    claim = models.ForeignKey(Claim, models.SET_NULL, null=True, blank=True, related_name="attempts")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="attempts")
    cause = models.CharField("what it was part of", max_length=60, blank=True)
    tried_at = models.DateTimeField(default=clock.now)
    tried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now)
    again_at = models.DateTimeField("to be tried again", null=True, blank=True)

    class Meta:
        ordering = ["-tried_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-tried_at"], name="attempt_latest"),
            models.Index(fields=["contact_point"], name="attempt_contact"),
            models.Index(fields=["tried_by", "-tried_at"], name="attempt_own"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"


class Hold(models.Model):
    """One officer has this young person's line open: nobody else is given it until then."""

    person = models.OneToOneField(YoungPerson, models.CASCADE, primary_key=True, related_name="held_by")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "until"], name="hold_own")]

    def __str__(self) -> str:
        return f"hold of young person {self.pk}"
