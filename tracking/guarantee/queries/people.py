"""What a list of a cohort says beside each name: since when they are in, who leads, how their guarantee stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from tracking.guarantee.models import CohortFreeze, CohortMember
from tracking.reference.queries import ruleset
from tracking.register.columns import asker
from tracking.register.models import Guarantee
from tracking.register.queries.register import lines_by_key
from tracking.rules.guarantee import Stand
from tracking.rules.ruleset import RuleSet

TONES = {Stand.OFFER: "good", Stand.NO_OFFER: "bad", Stand.NOT_ASKED: "attention", Stand.REFUSED: "bad"}
HEADINGS = (
    "Last name", "First name", "Date of birth", "Year group", "School then", "Council that leads",
    "September Guarantee", "Since", "Why", "Now",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """How somebody's guarantee stands, as the reader may know it."""

    year_group: int
    place: str
    leads: str
    words: str
    tone: str
    since: date | None
    reason: str
    added_why: str


def held_by(freeze: CohortFreeze, people: Sequence[int], user: User, on: date) -> dict[int, Held]:
    """Of these members, by person: two statements. What the reader does not read is empty."""
    rules, who = ruleset(on), asker(user, on)
    members = freeze.members.filter(removed_on=None, person__in=people).select_related("establishment")
    rows = {(row.person_id, row.year_group): row for row in Guarantee.objects.filter(person__in=people)}
    reads = who.reads("guarantee.status")
    return {
        each.person_id: _held(
            each, rows.get((each.person_id, each.year_group)) if reads else None, rules, reads
        )
        for each in members.order_by("pk")
        if each.person_id
    }


def _held(member: CohortMember, row: Guarantee | None, rules: RuleSet, reads: bool) -> Held:
    status = rules.guarantee_statuses.get(row.status) if row else None
    stand = status.stand if status else Stand.NOT_ASKED
    area = rules.areas.get(member.led_by)
    return Held(
        year_group=member.year_group,
        place=member.establishment.name if member.establishment else "",
        leads=area.plain_words if area else member.led_by,
        words=(status.plain_words if status else stand.words) if reads else "",
        tone=TONES.get(stand, "plain"),
        since=row.status_on if row else None,
        reason=row.reason if row else "",
        added_why=member.added_why,
    )


def lines_for_file(
    freeze: CohortFreeze | None, people: Sequence[int], user: User, on: date
) -> Iterator[tuple[str, ...]]:
    """The rows of the file, in the order of the people; three statements."""
    held = held_by(freeze, people, user, on) if freeze else {}
    lines = lines_by_key(people, user, on)
    for pk in people:
        line, of_it = lines[pk], held.get(pk)
        yield (
            line.family_name,
            line.given_name,
            line.born_on.isoformat() if line.born_on else "",
            f"Year {of_it.year_group}" if of_it else "",
            of_it.place if of_it else "",
            of_it.leads if of_it else "",
            of_it.words if of_it else "",
            of_it.since.isoformat() if of_it and of_it.since else "",
            of_it.reason if of_it else "",
            line.standing.short,
        )
