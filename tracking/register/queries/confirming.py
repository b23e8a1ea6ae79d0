"""Young people ticked in a list, and which of them one answer can confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from neet.accounts.models import User
from tracking.reference.queries import ruleset
from tracking.register.models import Situation, YoungPerson
from tracking.register.queries.register import BY_NAME, Line, lines_of
from tracking.register.rules.activities import not_known_codes


@dataclass(frozen=True)
class Ticked:
    """Those ticked: whose activity can be confirmed (with its key), and those of whom nothing is under way."""

    lines: tuple[tuple[int, Line], ...]
    left: tuple[Line, ...]

    @property
    def activity_ids(self) -> list[int]:
        return [activity_id for activity_id, _ in self.lines]


def ticked(user: User, refs: Sequence[UUID], on: date) -> Ticked:
    """The visible ones among these, in three statements at most. Nobody can confirm that nothing is known."""
    people = YoungPerson.objects.visible_to(user).filter(ref__in=refs).order_by(*BY_NAME, "pk")
    lines = lines_of(people, user, on)
    unknown = not_known_codes(ruleset(on))
    present = dict(
        Situation.objects.filter(person__in=[line.pk for line in lines], activity__isnull=False)
        .exclude(code__in=unknown)
        .values_list("person", "activity")
    )
    over = {line.pk for line in lines if (ended := line.standing.facts.ended_on) and ended < on}
    can = [line for line in lines if line.pk in present and line.pk not in over]
    return Ticked(
        lines=tuple((present[line.pk], line) for line in can),
        left=tuple(line for line in lines if line not in can),
    )
