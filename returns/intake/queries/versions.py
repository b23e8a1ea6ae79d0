"""What an earlier version of the same return said, beside a newer one that is not sent yet."""

from dataclasses import dataclass
from datetime import datetime

from returns.intake.models import Intake, IntakeRow


@dataclass(frozen=True)
class Earlier:
    """The versions that were sent: the newest of them, how many of their young people stand on this one too, and how
    many only there."""

    version: int
    sent_at: datetime | None
    both: int
    only_before: int


def earlier_of(intake: Intake) -> Earlier | None:
    """What was sent before of this return; None where nothing was. Two statements (R9)."""
    sent = intake.expected.intakes.filter(state__in=Intake.APPLIED, version__lt=intake.version)
    newest = sent.order_by("-version").first()
    if newest is None:
        return None
    rows = IntakeRow.objects.filter(left_out=False, person__isnull=False)
    before = rows.filter(intake__in=sent, applied_event__isnull=False)
    people = set(before.values_list("person_id", flat=True))
    here = set(rows.filter(intake=intake).values_list("person_id", flat=True))
    return Earlier(newest.version, newest.confirmed_at, len(people & here), len(people - here))
