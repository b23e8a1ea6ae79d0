"""What any kind of return costs in statements does not grow with its rows: checked, taken over and taken back."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from neet.files.actions import store
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
from tests.factories import make_college
from tests.returns.intake._kinds import asked_for, content_of
from tests.returns.intake.test_statements import letters
from tracking.models import Activity, YoungPerson
from tracking.seeding import identifiers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
ON, STARTED = date(2026, 11, 20), date(2026, 9, 1)
FEW, MANY = 20, 200
OLDEST = {"claimants": date(2007, 1, 1), "potential_neet": date(2010, 9, 1), "offers": date(2010, 9, 1)}
OLDEST |= {"applications": date(2010, 9, 1), "census": date(2010, 9, 1)}
SCHOOL = "9990001"
IN_SIXTH_FORM = date(2009, 9, 1)
# Nothing of an open transaction is counted by the database itself: thought empty, tables are joined row by row.
KNOW_YOUR_SIZE = "analyze tracking_youngperson, tracking_activity"


@pytest.fixture
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T10:00")


@pytest.fixture
def college(authority: Authority) -> Establishment:
    return make_college(name="Wick College", urn="123457", la_code=authority.code, short_code="WIC")


def rows(type: str, first: int) -> list[dict[str, str]]:
    """So many people, of whom no other kind of return speaks; every fifth has a postcode that is none, every third no
    number."""
    oldest = OLDEST.get(type, IN_SIXTH_FORM)
    return [
        {
            "family_name": letters(number),
            "given_name": f"{letters(number)[:1:-1]}ora".capitalize(),
            "date_of_birth": (oldest + timedelta(days=number % 360)).isoformat(),
            "gender": "F",
            "upn": identifiers.upn(SCHOOL, 20 + number // 1000, number) if number % 3 else "",
            "line_1": f"{number} Mill Lane",
            "postcode": "nowhere" if number % 5 == 0 else "ZZ9 9ZZ",
        }
        for number in range(first, first + MANY)
    ]


def on_register(people: list[dict[str, str]], authority: Authority, place: Establishment, first: int) -> None:
    """All but every tenth of them, at this college."""
    names = ("family_name", "given_name", "date_of_birth", "gender", "upn")
    known = YoungPerson.objects.bulk_create(
        YoungPerson(
            authority=authority,
            young_person_id=f"{authority.database_id}{first + number:010d}",
            **{name: each[name] for name in names},
        )
        for number, each in enumerate(people)
        if number % 10
    )
    Activity.objects.bulk_create(
        Activity(person=each, code="230", starts_on=STARTED, establishment=place, is_primary=True)
        for each in known
    )
    with connection.cursor() as cursor:
        cursor.execute(KNOW_YOUR_SIZE)


def costs(
    type: str, content: bytes, authority: Authority, places: tuple[Establishment, ...]
) -> tuple[int, ...]:
    """Statements of checking a return, of taking it over and of taking it back."""
    file = store(source=[content], name=f"{type}.csv", purpose="return", by=None, authority_id=authority.pk)
    intake = begin_with_file(expected=asked_for(type, authority, places, ON), file=file, by=None)
    with CaptureQueriesContext(connection) as checking:
        intake = check(intake=intake, by=None)
    assert intake.state == Intake.State.CHECKED, (type, intake.refusal, intake.columns)
    record_notice(intake=intake, issued_on=STARTED, by=None)
    for asked in intake.problems.filter(kind__in=UNEXPLAINED_STOPS):
        explain(problem=asked, text="Only these", by=None)
    intake.refresh_from_db()
    with CaptureQueriesContext(connection) as applying:
        confirm(intake=intake, by=None)
    assert intake.rows.exclude(applied_event=None).exists(), (type, str(intake.counts))
    with CaptureQueriesContext(connection) as leaving:
        withdraw(intake=intake, by=None)
    return len(checking), len(applying), len(leaving)


def test_any_kind_of_return_ten_times_as_long_takes_the_same_statements(
    authority: Authority, school: Establishment, college: Establishment
) -> None:
    grown, places = {}, (college, school)
    for at, each in enumerate(LAYOUTS):
        everybody = rows(each, at * MANY)
        on_register(everybody, authority, college, at * MANY)
        files = [content_of(each, everybody[:count], ON, school.number) for count in (FEW, MANY)]
        few, many = [costs(each, file, authority, places) for file in files]
        if any(more > less for less, more in zip(few, many, strict=True)):
            grown[each] = (few, many)

    assert not grown
