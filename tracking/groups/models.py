"""A group somebody has defined and named."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from neet import clock
from schools.models import Authority


class Group(models.Model):
    """Whom a council means by a name, as a rule over what a month holds of a young person (tracking/rules/groups.py).
    It holds no figure and names nobody. Shared, colleagues who read all it asks for use it under their own rights."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="groups_kept")
    name = models.CharField(max_length=80)
    rule = models.JSONField(
        default=list, help_text="Lines that all hold; of each line one value or none of them."
    )
    is_shared = models.BooleanField("open to colleagues", default=False)
    in_reports = models.BooleanField("told of in the monthly report", default=False)
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "owner", "name"], name="group_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="group_has_a_name"),
            models.CheckConstraint(
                condition=Q(in_reports=False) | Q(is_shared=True), name="group_in_reports_is_shared"
            ),
        ]

    def __str__(self) -> str:
        return f"group {self.pk}"
