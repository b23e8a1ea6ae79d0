"""The young people behind the numbers of a survey, and those it still asks after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value

from returns.activity_survey.models import ActivitySurvey, ActivitySurveyMember
from returns.activity_survey.queries.asking import rows, whose_of
from returns.activity_survey.queries.reading import file_rows, read
from returns.activity_survey.rules.rows import CHECKS, found_wrong
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.models import Activity, Confirmation, YoungPerson
from tracking.rules.activity_survey import Destinations, survey_days, survey_year
from tracking.rules.ruleset import RuleSet

S = ActivitySurveyMember.Standing
TO_FIND_OUT = "to_find_out"
WHICH: Mapping[str, tuple[str, tuple[str, ...]]] = {
    TO_FIND_OUT: ("To find out or to confirm", (S.NOT_KNOWN, S.TO_CONFIRM)),
    S.NOT_KNOWN: ("To find out", (S.NOT_KNOWN,)),
    S.TO_CONFIRM: ("To be confirmed", (S.TO_CONFIRM,)),
    S.KNOWN: ("Known", (S.KNOWN,)),
    "everybody": ("Everybody in the survey", tuple(S.values)),
}


@dataclass(frozen=True)
class Wanted:
    """Which of a survey's people: by how it stands with them or by what a check found, at one school, in one
    district; 0 for those without one."""

    of: str = TO_FIND_OUT
    school: int | None = None
    district: int | None = None


@dataclass(frozen=True)
class Then:
    """What somebody did on the survey's day, in words."""

    doing: str
    standing: str
    tone: str
    verified_on: date | None


TONES = {S.KNOWN: "good", S.TO_CONFIRM: "attention", S.NOT_KNOWN: "bad"}
PEOPLE = """
    select person_id, standing, code, "group", verified_on from ({read}) r
    where person_id is not null and standing = any(%(standings)s)
      and (%(school)s::bigint is null or coalesce(establishment_id, 0) = %(school)s)
      and (%(district)s::bigint is null or coalesce(district_id, 0) = %(district)s)
"""


def people_of(survey: ActivitySurvey, wanted: Wanted) -> dict[int, Then]:
    """Whoever is wanted, and what they did on the day. One statement; for what a check found, two."""
    whom = whose_of(survey)
    read_it, asked = read(survey, whom)
    standings = WHICH[wanted.of][1] if wanted.of in WHICH else tuple(S.values)
    asked = {
        **asked,
        "standings": list(standings),
        "school": wanted.school,
        "district": wanted.district,
    }
    found = {
        row[0]: _then(row, whom.destinations, whom.rules) for row in rows(PEOPLE.format(read=read_it), asked)
    }
    if wanted.of in WHICH:
        return found
    wrong = {row.person_id for row in wrong_in(survey).get(wanted.of, ())}
    return {person: then for person, then in found.items() if person in wrong}


def wrong_in(survey: ActivitySurvey) -> Mapping[str, Sequence[Any]]:
    """Whom each check before the file finds. Of a survey whose file is made nobody is asked after any more."""
    if survey.made_at is not None:
        return {}
    return found_wrong(file_rows(survey, whose_of(survey)))


def _then(row: tuple[Any, ...], destinations: Destinations, rules: RuleSet) -> Then:
    _, standing, code, group, verified_on = row
    activity, place = rules.activities.get(code), destinations.groups.get(group)
    doing = activity.plain_words if activity else place.words if place else "Nothing recorded"
    said_on = None if standing == S.NOT_KNOWN else verified_on
    return Then(doing, S(standing).label, TONES[S(standing)], said_on)


def words_of(of: str) -> str:
    """What a list is called. Raises KeyError for a name that is none."""
    return WHICH[of][0] if of in WHICH else CHECKS[of].words


# --- who rings, who writes ---------------------------------------------------------------------------
def still_asked_after(on: date) -> QuerySet[ActivitySurveyMember]:
    """Whoever a survey that is followed up on a day still asks after: as it was read last, less those of whom somebody
    has said since what they did on its day."""
    rules = ruleset(on)
    year = survey_year(on, rules.limits)
    days = survey_days(year, rules.limits)
    if not days.on <= on <= days.due_on:
        return ActivitySurveyMember.objects.none()
    tell_nothing = [
        code
        for each in rules.activity_survey_groups.values()
        if each.is_not_known
        for code in each.activities
    ]
    said = Confirmation.objects.filter(
        activity=OuterRef("pk"), verified_on__gte=days.on, voids=None, voided_by=None
    )
    there = Q(starts_on__lte=days.on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=days.on))
    known = Activity.objects.filter(there, person=OuterRef("person"), is_primary=True)
    known = known.exclude(code__in=tell_nothing).filter(Exists(said))
    return ActivitySurveyMember.objects.filter(
        ~Exists(known), survey__year=year, survey__made_at=None, standing__in=(S.NOT_KNOWN, S.TO_CONFIRM)
    )


def sought(on: date) -> QuerySet[Any, Any]:
    """The same for the order of calls: the young person, and what it is for (settings.SOUGHT)."""
    words = Value("Activity Survey", output_field=CharField())
    return still_asked_after(on).order_by().values("person_id", work=words)


def audience(authority: Authority, narrowed: Mapping[str, Any], on: date) -> QuerySet[YoungPerson]:
    """The same of one council, to write to (settings.AUDIENCES)."""
    asked = still_asked_after(on).filter(survey__authority=authority)
    return YoungPerson.objects.filter(authority=authority, pk__in=asked.values("person"))
