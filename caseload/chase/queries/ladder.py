"""Who else may know: the ladder of sources with what was tried on each rung, and which comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from caseload.chase.models import Attempt
from neet.accounts.models import User
from tracking.models import ContactPoint, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.columns import asker, contact_points, open_on
from tracking.rules.chase import Rung
from tracking.rules.ruleset import RuleSet

OUR_PEOPLE = ("young_person", "parent", "other")
LONGEST = 50


@dataclass(frozen=True)
class Tries:
    """One attempt as a page tells it."""

    pk: int
    at: datetime
    how: str
    asked: str
    outcome: str
    words: str
    by: str
    learned: bool
    again_at: datetime | None

    @property
    def title(self) -> str:
        return f"{self.how}, {self.asked[:1].lower()}{self.asked[1:]}: {self.outcome.lower()}"


@dataclass(frozen=True)
class RungLine:
    """One source with what was tried there."""

    code: str
    words: str
    tries: int
    most: int
    last: Tries | None
    is_next: bool
    has_number: bool

    @property
    def is_exhausted(self) -> bool:
        return self.tries >= self.most


def attempts_of(person_id: int) -> QuerySet[Attempt]:
    """All that was tried to find one young person out, newest first."""
    return Attempt.objects.filter(person=person_id).select_related("tried_by").order_by("-tried_at", "-pk")


def told(rows: Iterable[Attempt], rules: RuleSet) -> tuple[Tries, ...]:
    """Attempts in words; a row of a table that is no more stands under its own name."""
    return tuple(_told(each, rules) for each in rows)


def _told(each: Attempt, rules: RuleSet) -> Tries:
    outcome, asked = rules.contact_outcomes.get(each.outcome), rules.source_ladder.get(each.asked)
    return Tries(
        pk=each.pk,
        at=each.tried_at,
        how=each.get_channel_display(),
        asked=asked.words if asked else each.asked.replace("_", " "),
        outcome=outcome.words if outcome else each.outcome.replace("_", " "),
        words=each.words,
        by=each.tried_by.name if each.tried_by else "",
        learned=each.learned,
        again_at=each.again_at,
    )


def numbers_of_person(person: YoungPerson, user: User, on: date) -> tuple[ContactPoint, ...]:
    """The ways to reach them that this user may be shown and use, the young person's own first."""
    points = person.contact_points.filter(contact_points(asker(user, on)), open_on(on), do_not_use=False)
    rank = {whose: place for place, whose in enumerate(OUR_PEOPLE)}
    return tuple(
        sorted(points, key=lambda each: (rank.get(each.whose, len(rank)), each.kind == "email", each.pk))
    )


def ladder_of(rows: Sequence[Attempt], numbers: Iterable[ContactPoint], on: date) -> tuple[RungLine, ...]:
    """The rungs in their order. The next is the first that was not tried often enough, where there is somebody to ask:
    of those whose number one needs, only whoever's number is on the record."""
    rules = ruleset(on)
    whose = {each.whose for each in numbers}
    by_rung: dict[str, list[Attempt]] = {}
    for each in rows:
        by_rung.setdefault(each.asked, []).append(each)
    rungs = sorted(rules.source_ladder.values(), key=lambda rung: (rung.order, rung.code))
    open_rungs = (
        rung.code
        for rung in rungs
        if len(by_rung.get(rung.code, ())) < rung.tries
        and (rung.code in whose or rung.code not in OUR_PEOPLE)
    )
    following = next(open_rungs, "")
    return tuple(
        _rung(rung, by_rung.get(rung.code, []), rung.code == following, whose, rules) for rung in rungs
    )


def _rung(rung: Rung, rows: Sequence[Attempt], is_next: bool, whose: set[str], rules: RuleSet) -> RungLine:
    return RungLine(
        code=rung.code,
        words=rung.words,
        tries=len(rows),
        most=rung.tries,
        last=_told(rows[0], rules) if rows else None,
        is_next=is_next,
        has_number=rung.code in whose or rung.code not in OUR_PEOPLE,
    )
