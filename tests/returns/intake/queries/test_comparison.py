"""Rows beside the register: what each comes to, what it would change, who is missing, what changed meanwhile."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from returns.calendar.models import ExpectedReturn
from returns.intake.keeping import take_up
from returns.intake.models import Intake, IntakeRow
from returns.intake.queries.comparison import Comparison, compare, look_up
from returns.intake.queries.differences import changes_of
from schools.models import Authority, Establishment
from tests.factories import (
    confirm,
    make_activity,
    make_characteristic,
    make_college,
    make_contact,
    make_expected,
    make_intake,
    make_objection,
    make_person,
    make_residence,
    make_row,
)
from tracking.models import Activity, YoungPerson

TODAY = date(2026, 9, 20)
AS_AT = date(2026, 9, 14)
FULL_TIME = {"activity": "210"}
Pupil = Callable[..., YoungPerson]


@pytest.fixture
def intake(expected: ExpectedReturn) -> Intake:
    return make_intake(expected)


@pytest.fixture
def pupil(authority: Authority, school: Establishment) -> Pupil:
    """Somebody at the school's sixth form since last September, unless told otherwise."""

    def made(code: str = "210", starts_on: date = date(2025, 9, 1), **fields: Any) -> YoungPerson:
        about = {key: fields.pop(key) for key in ("verified_on", "ends_on", "course") if key in fields}
        place = fields.pop("at", school)
        person = make_person(authority, **fields)
        make_activity(person, code, starts_on, establishment=place, **about)
        return person

    return made


def compared(intake: Intake) -> Comparison:
    """What comes of comparing a return as it stands."""
    take_up(intake)
    look_up(intake=intake, on=TODAY)
    return compare(intake=intake, on=TODAY)


def outcome(row: IntakeRow) -> str:
    """What a row comes to."""
    compared(row.intake)
    row.refresh_from_db()
    return row.outcome


def test_somebody_of_theirs_continues(intake: Intake, pupil: Pupil) -> None:
    assert outcome(make_row(intake, person=pupil(), clean=FULL_TIME)) == "continuing"


def test_their_year_11_of_last_may_continues(intake: Intake, pupil: Pupil) -> None:
    stays = pupil("110", date(2021, 9, 1), ends_on=date(2026, 8, 31), date_of_birth=date(2010, 3, 1))

    assert outcome(make_row(intake, person=stays, clean=FULL_TIME)) == "continuing"


def test_somebody_from_elsewhere_is_new_here(intake: Intake, pupil: Pupil) -> None:
    comes = pupil("110", date(2021, 9, 1), at=make_college(), date_of_birth=date(2010, 3, 1))

    assert outcome(make_row(intake, person=comes, clean=FULL_TIME)) == "new_here"


def test_what_is_confirmed_for_that_day_already_is_known(intake: Intake, pupil: Pupil) -> None:
    assert outcome(make_row(intake, person=pupil(verified_on=AS_AT), clean=FULL_TIME)) == "unchanged"


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ({"mobile": "07700 900123"}, "mobile"),
        ({"line_1": "9 Long Row", "postcode": "ZZ1 1ZZ"}, "address"),
        ({"upn": "A123456789012"}, "upn"),
        ({"course": "A levels"}, "course"),
    ],
)
def test_one_thing_more_is_a_change(intake: Intake, pupil: Pupil, said: dict[str, str], changes: str) -> None:
    row = make_row(intake, person=pupil(verified_on=AS_AT), clean={**FULL_TIME, **said})

    assert outcome(row) == "continuing"
    assert [each.column for each in changes_of(intake, [row])[row.pk]] == [changes]


@pytest.mark.parametrize(
    ("source", "said", "comes_to"),
    [
        ("provider", "2026-09-07", "continuing"),
        ("provider", "2026-09-01", "unchanged"),
        ("provider", "2024-09-01", "unchanged"),
        ("young_person", "2026-09-07", "unchanged"),
    ],
)
def test_a_first_day_the_school_gave_before_is_its_to_put_right(
    intake: Intake, pupil: Pupil, source: str, said: str, comes_to: str
) -> None:
    person = pupil("210", date(2026, 9, 1), verified_on=AS_AT)
    Activity.objects.filter(person=person).update(source=source)

    assert outcome(make_row(intake, person=person, clean={**FULL_TIME, "starts_on": said})) == comes_to


def test_what_the_register_holds_in_another_spelling_is_no_change(intake: Intake, pupil: Pupil) -> None:
    person = pupil(verified_on=AS_AT)
    make_contact(person, value="07700900123")
    make_residence(person, line_1="9 LONG ROW", postcode="ZZ11ZZ")
    said = {"mobile": "07700 900123", "line_1": "9 Long Row", "postcode": "ZZ1 1ZZ"}

    assert outcome(make_row(intake, person=person, clean={**FULL_TIME, **said})) == "unchanged"


@pytest.mark.parametrize(
    ("said", "comes_to"),
    [
        ("9 Long Row, Ambleford", "unchanged"),
        ("9, Long Row", "unchanged"),
        ("9 Long", "unchanged"),
        ("9 Longer Row", "continuing"),
        ("91 Long Row", "continuing"),
    ],
)
def test_more_or_less_of_the_same_house_is_no_other_address(
    intake: Intake, pupil: Pupil, said: str, comes_to: str
) -> None:
    person = pupil(verified_on=AS_AT)
    make_residence(person, line_1="9 Long Row", postcode="ZZ1 1ZZ", source="loaded")

    row = make_row(intake, person=person, clean={**FULL_TIME, "line_1": said, "postcode": "ZZ1 1ZZ"})

    assert outcome(row) == comes_to


def test_a_name_is_not_a_schools_to_change(intake: Intake, pupil: Pupil) -> None:
    row = make_row(intake, person=pupil(verified_on=AS_AT), clean={**FULL_TIME, "family_name": "Other"})

    assert outcome(row) == "unchanged"


def test_an_address_an_officer_wrote_down_since_stands(intake: Intake, pupil: Pupil) -> None:
    person = pupil(verified_on=AS_AT)
    make_residence(person, line_1="1 New Road", starts_on=date(2026, 9, 16))
    row = make_row(intake, person=person, clean={**FULL_TIME, "line_1": "9 Long Row", "postcode": "ZZ1 1ZZ"})

    assert outcome(row) == "unchanged"


def test_what_was_objected_to_is_not_compared(intake: Intake, pupil: Pupil) -> None:
    person = pupil(verified_on=AS_AT)
    make_objection(person, made_by="young_person", made_on=date(2026, 1, 1))
    row = make_row(intake, person=person, clean={**FULL_TIME, "mobile": "07700 900123", "upn": "A1"})

    assert outcome(row) == "unchanged"
    assert not changes_of(intake, [row])


def test_of_strangers_no_more_is_shown_than_was_sent(intake: Intake, pupil: Pupil) -> None:
    comes = pupil("110", at=make_college(), date_of_birth=date(2010, 3, 1))
    make_residence(comes, line_1="1 Secret Row", source="loaded")
    row = make_row(intake, person=comes, clean={**FULL_TIME, "line_1": "9 Long Row", "postcode": "ZZ1 1ZZ"})
    outcome(row)

    [change] = changes_of(intake, [row])[row.pk]

    assert (change.before, change.after) == ("", "9 Long Row, ZZ1 1ZZ")


def test_a_later_word_of_another_source_stands(intake: Intake, pupil: Pupil) -> None:
    person = pupil(ends_on=date(2026, 9, 15))
    confirm(make_activity(person, "330", date(2026, 9, 16)), date(2026, 9, 18), source="parent")

    assert outcome(make_row(intake, person=person, clean=FULL_TIME)) == "overruled"


def test_whose_record_is_closed_for_age_is_left_as_they_are(intake: Intake, pupil: Pupil) -> None:
    row = make_row(intake, person=pupil(date_of_birth=date(2004, 3, 1), cohort_status="A"), clean=FULL_TIME)

    assert outcome(row) == "overruled"


def test_a_survey_answer_beats_nothing(intake: Intake, pupil: Pupil) -> None:
    person = pupil(ends_on=date(2026, 9, 15))
    confirm(make_activity(person, "330", date(2026, 9, 16)), date(2026, 9, 18), source="survey")

    assert outcome(make_row(intake, person=person, clean=FULL_TIME)) == "continuing"


def test_who_has_left_left(intake: Intake, pupil: Pupil) -> None:
    assert outcome(make_row(intake, person=pupil(), clean={"left_on": "2026-09-10"})) == "left"


@pytest.mark.parametrize(
    ("about", "comes_to"),
    [
        ({"left_out": True}, "left_out"),
        ({"found": "new"}, "new_person"),
        ({"found": "doubtful"}, "doubtful"),
        ({}, "doubtful"),
    ],
)
def test_rows_without_a_person(intake: Intake, about: dict[str, Any], comes_to: str) -> None:
    assert outcome(make_row(intake, clean=FULL_TIME, **about)) == comes_to


def test_a_row_with_something_to_change_waits(intake: Intake, pupil: Pupil) -> None:
    row = make_row(intake, person=pupil(), clean=FULL_TIME)
    intake.problems.create(row=row, kind="missing", severity="error", column="upn", why="Empty")

    assert outcome(row) == "stopped"


def test_whoever_is_expected_and_not_there_is_missing(
    intake: Intake, pupil: Pupil, authority: Authority
) -> None:
    there, away = pupil(family_name="Ash"), pupil(family_name="Beech")
    pupil("110", date(2021, 9, 1), date_of_birth=date(2012, 3, 1))  # in Year 9 then
    pupil(date_of_birth=date(2007, 3, 1))  # has finished
    with_plan = pupil(date_of_birth=date(2007, 3, 1), family_name="Cedar")
    make_characteristic(with_plan)
    pupil(restricted_on=date(2026, 1, 1), restricted_reason="court")
    pupil(cohort_status="X")
    make_row(intake, person=there, clean=FULL_TIME)

    counts = compared(intake).counts

    assert [each.person for each in intake.missing.all()] == [away, with_plan]
    assert (counts["expected"], counts["missing"]) == (3, 2)


def test_who_may_be_a_doubtful_row_is_not_missing(intake: Intake, pupil: Pupil) -> None:
    away = pupil()
    row = make_row(intake, found="doubtful", clean=FULL_TIME)
    row.candidates.create(person=away, sure=0.8)

    compared(intake)
    assert not intake.missing.exists()

    row.candidates.update(verdict="different")
    compared(intake)
    assert intake.missing.get().person == away


def test_who_is_left_out_is_missing(intake: Intake, pupil: Pupil) -> None:
    make_row(intake, person=pupil(), clean=FULL_TIME, left_out=True)

    assert compared(intake).counts["missing"] == 1


def test_a_college_is_not_asked_for_a_year_11(authority: Authority, pupil: Pupil) -> None:
    college = make_college()
    intake = make_intake(make_expected(college, authority=authority))
    pupil("110", date(2021, 9, 1), at=college, date_of_birth=date(2010, 3, 1), ends_on=date(2026, 8, 31))
    stays = pupil("230", at=college)

    compared(intake)

    assert intake.missing.get().person == stays


def test_nothing_changed_gives_the_same_fingerprint(intake: Intake, pupil: Pupil) -> None:
    make_row(intake, person=pupil(), clean=FULL_TIME)
    pupil()
    first = compared(intake)

    again = compared(intake)

    assert (again.fingerprint, again.changed, again.counts["touched"]) == (first.fingerprint, 0, 0)


def test_young_people_who_changed_meanwhile_are_counted(intake: Intake, pupil: Pupil) -> None:
    ended, moved, same = pupil(), pupil(), pupil()
    for person in (ended, moved, same):
        make_row(intake, person=person, clean={**FULL_TIME, "line_1": "9 Long Row"})
    first = compared(intake)

    Activity.objects.filter(person=ended).update(ends_on=date(2026, 9, 1))
    make_residence(moved, line_1="9 Long Row")
    pupil()  # one more is expected

    again = compared(intake)
    assert again.changed == 3
    assert again.fingerprint != first.fingerprint


@pytest.mark.parametrize("number", [20, 400])
def test_it_takes_two_statements_however_many_rows(
    expected: ExpectedReturn, authority: Authority, number: int, django_assert_num_queries: Any
) -> None:
    intake = make_intake(expected, *[{"family_name": f"Name {n}"} for n in range(number)])
    compared(intake)  # the rules are read by the first
    take_up(intake)
    look_up(intake=intake, on=TODAY)

    with django_assert_num_queries(5):
        compare(intake=intake, on=TODAY)
