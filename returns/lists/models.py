"""Why somebody stands on the register otherwise than on a list, where it is right."""

from django.conf import settings
from django.db import models

from neet import clock
from schools.models import Authority
from tracking.register.models import YoungPerson


class Explanation(models.Model):
    """Somebody said why a young person is on the register and not on a list, or there otherwise: it is asked no more
    until the next list of another day."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="+")
    type = models.CharField("which list", max_length=20)
    listed_on = models.DateField("day the list spoke of")
    why = models.CharField(max_length=200)
    explained_at = models.DateTimeField(default=clock.now)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-listed_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "type", "listed_on"], name="list_explained_once"),
            models.CheckConstraint(condition=~models.Q(why=""), name="list_explained_with_words"),
        ]

    def __str__(self) -> str:
        return f"explanation {self.pk}"
