"""Of whom nothing came back, and how each can be reached, with whose number it is (R150)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from neet.accounts.models import User
from returns.surveys.many.queries.cohort import asked_at, day_of, on_roll, year_11
from returns.surveys.models import Survey
from tracking.register.columns import asker, contact_points
from tracking.register.models import Activity, ContactPoint, YoungPerson
from tracking.rights.queries.limits import use_is_limited


@dataclass(frozen=True)
class Number:
    """One number or address, and whose it is."""

    value: str
    whose: str


@dataclass(frozen=True)
class SilentLine:
    """One young person who did not answer: their school then, and how to reach them or their parents."""

    person_id: int
    ref: UUID
    given_name: str
    family_name: str
    born_on: date | None
    school: str
    numbers: tuple[Number, ...]

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


def unanswered(survey: Survey, today: date, establishment_id: int | None = None) -> QuerySet[YoungPerson]:
    """Those a survey asks, of one school or of all, who gave no answer that we know to be theirs."""
    day = day_of(survey, today)
    asked = (
        asked_at(survey.authority_id, establishment_id, day)
        if establishment_id
        else year_11(survey.authority_id, day)
    )
    answered = survey.answers.filter(person=OuterRef("pk"), replaced_by=None)
    return asked.filter(~Exists(answered))


def silent(
    survey: Survey, user: User, today: date, establishment_id: int | None = None
) -> QuerySet[YoungPerson]:
    """The same, of those this user sees, by name."""
    seen = YoungPerson.objects.visible_to(user).values("pk")
    found = unanswered(survey, today, establishment_id).filter(pk__in=seen)
    return found.order_by("family_name", "given_name", "pk")


def silent_lines(people: QuerySet[YoungPerson], survey: Survey, user: User, today: date) -> list[SilentLine]:
    """Two statements."""
    there = Activity.objects.filter(on_roll(day_of(survey, today)), person=OuterRef("pk"))
    named = there.exclude(establishment=None).order_by("-is_primary", "pk").values("establishment__name")[:1]
    rows = list(people.annotate(school_then=Subquery(named)))
    numbers = _numbers([each.pk for each in rows], user, today)
    return [
        SilentLine(
            each.pk, each.ref, each.given_name, each.family_name, each.date_of_birth, each.school_then or "",
            tuple(numbers[each.pk]),
        )
        for each in rows
    ]  # fmt: skip


def _numbers(people: Sequence[int], user: User, on: date) -> dict[int, list[Number]]:
    """What this user may read of the ways that still reach them, the young person's own first."""
    found: dict[int, list[Number]] = defaultdict(list)
    shown = contact_points(asker(user, on)) & Q(person__in=people, ends_on=None, do_not_use=False)
    order = {each: place for place, each in enumerate(("young_person", "parent", "other"))}
    held = ContactPoint.objects.filter(shown).exclude(use_is_limited("person")).order_by("kind", "pk")
    for each in sorted(held, key=lambda each: order.get(each.whose, len(order))):
        whose = each.get_whose_display().lower()
        found[each.person_id].append(Number(each.value, f"{whose}, {each.name}" if each.name else whose))
    return found
