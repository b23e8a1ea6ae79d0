"""February: a school is told of those who agreed, and of the others only numbers that point at nobody."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from neet.audit.models import AuditEvent
from returns.surveys.many.actions.feedback import make_feedback
from returns.surveys.many.queries.feedback import feedback_of, last_may
from tests.factories import APPRENTICE, COLLEGE, SEEKING, make_activity, make_college, make_person
from tests.returns.surveys.many.classroom import make_here
from tracking.register.models import Activity, Consent
from tracking.rules.disclosure import HIDDEN

pytestmark = pytest.mark.django_db
BORN, FEBRUARY = date(2010, 3, 14), date(2027, 2, 2)


@pytest.fixture
def school(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2027-02-02T10:00")
    return make_here()


def leaver(school, code: str, agreed: bool = False, **fields):
    """In Year 11 there until last summer, and since autumn something else."""
    authority, place = school
    person = make_person(authority, date_of_birth=BORN, **fields)
    make_activity(person, "110", date(2025, 9, 1), establishment=place, ends_on=date(2026, 8, 31))
    make_activity(person, code, date(2026, 9, 7), establishment=make_college(name="Mill College"),
                  verified_on=date(2027, 1, 20))  # fmt: skip
    if agreed:
        Consent.objects.create(
            person=person, purpose="school_feedback", wording="w", given_on=date(2026, 3, 1), channel="survey"
        )
    return person


def told(school, on: date = FEBRUARY) -> list[str]:
    authority, place = school
    found = feedback_of(authority=authority, establishment=place, on=on)
    return [each.given_name for each in found.told]


def test_who_takes_it_back_on_1_february_is_not_in_the_file_of_the_2nd(school) -> None:
    person = leaver(school, COLLEGE, agreed=True, given_name="Ada")
    assert told(school) == ["Ada"]

    Consent.objects.filter(person=person).update(withdrawn_on=date(2027, 2, 1))

    assert told(school) == []
    assert told(school, date(2027, 1, 31)) == ["Ada"]


def test_the_file_names_those_who_agreed_and_counts_the_others(school) -> None:
    leaver(school, COLLEGE, agreed=True, given_name="Ada", family_name="Ambler")
    leaver(school, SEEKING, agreed=True, given_name="Bram", family_name="Brook")
    for _ in range(6):
        leaver(school, COLLEGE)
    for _ in range(5):
        leaver(school, APPRENTICE)
    leaver(school, SEEKING, given_name="Cleo", family_name="Cotterell")
    leaver(school, COLLEGE, restricted_on=date(2026, 1, 1), restricted_reason="Must not be found")
    authority, place = school

    file = make_feedback(authority=authority, establishment=place, on=FEBRUARY, by=None)

    named, others = openpyxl.load_workbook(BytesIO(file.content)).worksheets
    rows = [[str(cell or "") for cell in row] for row in named.values]
    assert [row[:2] + row[3:5] for row in rows[1:]] == [
        ["Ambler", "Ada", "At college, full time", "Mill College"],
        ["Brook", "Bram", "Not in education, employment or training", ""],
    ]
    counted = dict(row[:2] for row in others.values if row[0] and row[1])
    assert counted["All of them"] == "12"
    assert counted["Not in education, employment or training"] == HIDDEN
    assert sorted(value for key, value in counted.items() if key in {"Education", "Employment"}) == [
        "6",
        "not shown",
    ]
    assert "Cotterell" not in str(list(others.values))
    event = AuditEvent.objects.get(kind="surveys.results_for_a_school_made")
    assert (sorted(event.subjects), event.counts["others"]) == (sorted(file.people), 12)


def test_only_those_of_this_schools_last_year_11_are_spoken_of(school) -> None:
    authority, _ = school
    leaver(make_here("Elsewhere", authority), COLLEGE, agreed=True)
    earlier = leaver(school, COLLEGE, agreed=True, given_name="Kit")
    Activity.objects.filter(person=earlier, code="110").update(ends_on=date(2026, 3, 1))

    assert told(school) == []
    assert [last_may(day).year for day in (date(2027, 2, 2), date(2027, 5, 31), date(2027, 6, 1))] == [
        2026, 2026, 2027,
    ]  # fmt: skip
