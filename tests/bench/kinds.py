"""Every kind of return, 2,000 rows of each: checked, taken into the register and out of it again, beside the enrolment
return of the same size in the same run. What a return costs in statements must not hang on its rows."""

import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext

from neet.files.actions import store
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.handing import record_notice
from returns.intake.actions.mending import explain
from returns.intake.actions.receiving import begin_with_file
from returns.intake.actions.taking_back import withdraw
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.rules.found import UNEXPLAINED_STOPS
from schools.models import Authority, Establishment
from tests.bench._measuring import AS_ON, Figure, Spent, county, report, spent
from tests.returns.intake._kinds import asked_for, content_of
from tests.returns.intake._sent import sent
from tracking.register.models import Activity, YoungPerson

FEW, MANY, RUNS = 200, 2_000, 3
# What a file holds decides which questions are asked: two hundred rows need not hold each kind of mistake.
MORE = 6
PARTS = ("check", "apply", "take back")
# Born on these days, whom a kind of return is about, as of November 2026; no others than those.
YEAR_9_TO_11 = (date(2010, 9, 1), date(2013, 8, 31))
YEAR_11, YEAR_12 = (date(2010, 9, 1), date(2011, 8, 31)), (date(2009, 9, 1), date(2010, 8, 31))
SIXTH_FORM, FROM_YEAR_11 = (date(2008, 9, 1), YEAR_12[1]), (date(2008, 9, 1), YEAR_11[1])
BORN = dict.fromkeys(LAYOUTS, SIXTH_FORM) | {
    "offers": YEAR_11, "applications": YEAR_11, "potential_neet": YEAR_11, "destinations": YEAR_12,
    "looked_after": FROM_YEAR_11, "youth_justice": FROM_YEAR_11, "plans": FROM_YEAR_11,
    "home_educated": YEAR_9_TO_11, "missing_education": YEAR_9_TO_11, "census": YEAR_9_TO_11,
    "claimants": (date(2006, 11, 21), date(2008, 11, 20)),
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """The county, its largest college and a school."""

    authority: Authority
    college: Establishment
    school: Establishment


@dataclass(frozen=True)
class Gone:
    """What one return took by its parts, in time and in statements, and what came of its rows."""

    took: Mapping[str, Spent]
    statements: Mapping[str, int]
    counts: Mapping[str, int]

    @property
    def whole(self) -> Spent:
        return sum(self.took.values(), Spent(0, 0))


def world() -> World:
    now = Count("activities", Q(activities__ends_on=None, activities__is_primary=True))
    places = Establishment.objects.annotate(here=now).order_by("-here", "pk")
    found = (places.filter(kind=kind)[0] for kind in (Establishment.Kind.COLLEGE, Establishment.Kind.SCHOOL))
    return World(Authority.objects.get(), *found)


def rows_of(type: str, place: World, count: int, seed: int) -> list[dict[str, str]]:
    """So many rows with the mistakes of colleges' files; every other one of joiners and leavers is of the college."""
    everybody = YoungPerson.objects.filter(date_of_birth__range=BORN[type])
    if type != "joiners_leavers":
        among = list(everybody.values_list("pk", flat=True))
        return sent("college", seed, count, place.authority.pk, among).rows
    here = Activity.objects.filter(establishment=place.college, ends_on=None, is_primary=True).values(
        "person_id"
    )
    sides = (everybody.filter(pk__in=here), everybody.exclude(pk__in=here))
    both = [
        sent("college", seed, count // 2, place.authority.pk, list(side.values_list("pk", flat=True))).rows
        for side in sides
    ]
    return [row for pair in zip(*both, strict=True) for row in pair]


def through(expected: ExpectedReturn, content: bytes) -> Gone:
    """A file from its arrival into the register and out of it again."""
    took: dict[str, Spent] = {}
    statements: dict[str, int] = {}

    def part(name: str, action: Callable[[], object]) -> None:
        with CaptureQueriesContext(connection) as seen:
            took[name] = spent(action)
        statements[name] = len(seen)

    name = f"{expected.collection.type}.csv"
    file = store(source=[content], name=name, purpose="return", by=None, authority_id=None)
    intake = begin_with_file(expected=expected, file=file, by=None)
    part("check", lambda: check(intake=intake, by=None))
    intake.refresh_from_db()
    assert intake.state == Intake.State.CHECKED, intake.refusal or intake.columns
    made_ready(intake)
    part("apply", lambda: confirm(intake=intake, by=None))
    part("take back", lambda: withdraw(intake=intake, by=None))
    return Gone(took, statements, intake.counts)


def made_ready(intake: Intake) -> None:
    """What its sender answers before it is sent."""
    record_notice(intake=intake, issued_on=AS_ON, by=None)
    for problem in intake.problems.filter(kind__in=UNEXPLAINED_STOPS):
        explain(problem=problem, text="Only these", by=None)
    intake.refresh_from_db()


def measured(type: str, place: World) -> Gone:
    """The middle of three runs of 2,000 rows. What is read once is read by the first 200."""
    gone = []
    for run, count in enumerate((FEW, FEW, *(MANY,) * RUNS)):
        content = content_of(type, rows_of(type, place, count, run), AS_ON, place.school.number)
        expected = asked_for(type, place.authority, (place.college, place.school), AS_ON)
        gone.append(through(expected, content))
    _, few, *many = gone
    middle = sorted(many, key=lambda each: each.whole.processor)[RUNS // 2]
    print(f"  {type}: {middle.counts}", flush=True)
    assert middle.counts["rows"] == MANY, middle.counts
    print(f"  statements {few.statements} of {FEW}, {middle.statements} of {MANY:,}", flush=True)
    more = sum(middle.statements.values()) - sum(few.statements.values())
    assert more <= MORE, f"{type}: {more} statements more for ten times the rows"
    return middle


def beside(type: str, one: Gone, enrolment: Gone) -> None:
    """The row of one kind; the ratio is the enrolment's processor time by its own, so 0.33 is three times as slow."""
    said = ", ".join(f"{name} {one.took[name]}" for name in PARTS)
    statements = ", ".join(str(one.statements[name]) for name in PARTS)
    whole = enrolment.whole
    report(
        Figure(
            f"{LAYOUTS[type].title}, {MANY:,} rows of a county",
            f"{said}; {one.whole.processor / MANY * 1000:.2f} ms of processor time a row; {statements} statements",
            f"enrolment {whole}, {whole.processor / MANY * 1000:.2f} ms a row",
            whole.processor / one.whole.processor,
            RUNS,
        )
    )


def main(types: list[str]) -> None:
    county()
    place = world()
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        enrolment = measured("enrolment", place)
        for each in types or LAYOUTS:
            beside(each, enrolment if each == "enrolment" else measured(each, place), enrolment)


if __name__ == "__main__":
    main(sys.argv[1:])
