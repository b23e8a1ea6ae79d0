"""What became of those a school or college told us had left, as far as it may be told (R18)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from neet import clock
from returns.intake.models import Intake, IntakeRow
from schools.models import Authority, Establishment
from tracking.models import Activity, Consent, Situation, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.columns import objection_in_force
from tracking.rules.codes import Status
from tracking.rules.disclosure import counts_shown
from tracking.rules.ruleset import RuleSet

WORDS: Mapping[str, str] = {
    Status.EET: "In learning or work",
    Status.NEET: "Not in learning or work",
    Status.NOT_KNOWN: "Not known",
}
TELLING = (WORDS[Status.NEET], WORDS[Status.NOT_KNOWN])


@dataclass(frozen=True)
class Became:
    """One leaver who agreed that their school or college is told."""

    person_id: int
    family_name: str
    given_name: str
    left_on: date | None
    reason: str
    doing: str


@dataclass(frozen=True)
class Feedback:
    """Of how many leavers we were told, those who agreed to be named, and what all others do now in counts: without the
    named, or the rest could be worked out; small ones are not shown."""

    told: int
    counts: Mapping[str, str]
    named: tuple[Became, ...]


def rows_for(establishment: Establishment, authority: Authority, since: date) -> Feedback:
    """What became of those whom this establishment reported as leavers from a day on. Named is only who agreed to it,
    and nobody who objected or whose record is restricted. Three statements."""
    today = clock.today()
    people = list(_reported(establishment, authority, since, today))
    rules = ruleset(today)
    doing = {person.pk: _doing(person, today) for person in people}
    agreed = set(
        Consent.objects.filter(
            person__in=people, purpose=Consent.Purpose.SCHOOL_FEEDBACK, withdrawn_on=None
        ).values_list("person_id", flat=True)
    )
    # A column the query adds.
    named = [
        each
        for each in people
        if each.pk in agreed and not each.has_objected and not each.restricted_on  # type: ignore[attr-defined]
    ]
    by_name = {each.pk for each in named}
    counted = Counter(_status(doing[each.pk], rules) for each in people if each.pk not in by_name)
    became = _became(named, doing, establishment, rules)
    counts = counts_shown({words: counted.get(status, 0) for status, words in WORDS.items()}, TELLING)
    return Feedback(len(people), counts, tuple(became))


def places_told(authority: Authority, since: date) -> list[Establishment]:
    """The establishments that reported leavers from a day on, by name. One statement."""
    rows = _rows_of_leavers(authority, since).values("intake__establishment")
    return list(Establishment.objects.filter(pk__in=rows).order_by("name", "pk"))


def _rows_of_leavers(authority: Authority, since: date) -> QuerySet[IntakeRow]:
    return IntakeRow.objects.filter(
        intake__authority=authority,
        intake__state__in=Intake.APPLIED,
        applied_event__isnull=False,
        person__isnull=False,
        clean__left_on__gte=since.isoformat(),
    )


def _reported(
    establishment: Establishment, authority: Authority, since: date, today: date
) -> QuerySet[YoungPerson]:
    rows = _rows_of_leavers(authority, since).filter(intake__establishment=establishment)
    found = YoungPerson.objects.filter(pk__in=rows.values("person"))
    found = found.annotate(has_objected=objection_in_force(today)).select_related("situation")
    return found.order_by("family_name", "given_name", "pk")


def _doing(person: YoungPerson, today: date) -> str:
    """The activity that holds today; empty where it is over, or nobody confirmed it for too long."""
    stands: Situation | None = getattr(person, "situation", None)
    if stands is None or any(last and last < today for last in (stands.ends_on, stands.lapses_on)):
        return ""
    return stands.code


def _status(code: str, rules: RuleSet) -> str:
    activity = rules.activities.get(code)
    return activity.status if activity and activity.status in WORDS else Status.NOT_KNOWN


def _became(
    people: Iterable[YoungPerson], doing: Mapping[int, str], establishment: Establishment, rules: RuleSet
) -> Iterator[Became]:
    """With the course they left and why. Of whoever is in neither learning nor work no more than that: why is theirs
    to tell."""
    ended = Activity.objects.filter(
        person__in=list(people), establishment=establishment, is_primary=True, ends_on__isnull=False
    )
    left = {each.person_id: each for each in ended.order_by("ends_on", "pk")}
    for person in people:
        course, now = left.get(person.pk), rules.activities.get(doing[person.pk])
        reason = rules.leaving_reasons.get(course.leaving_reason) if course else None
        yield Became(
            person.pk,
            person.family_name,
            person.given_name,
            course.ends_on if course else None,
            reason.words if reason else "",
            now.plain_words if now and now.status is Status.EET else WORDS[_status(doing[person.pk], rules)],
        )
