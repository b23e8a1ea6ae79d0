"""Who on the register is meant by each row of a return."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from neet import clock
from returns.intake.matching import match_rows
from returns.intake.models import Candidate, Intake, IntakeRow
from schools.models import Authority, Establishment
from tests.factories import (
    make_activity,
    make_authority,
    make_college,
    make_expected,
    make_intake,
    make_person,
    make_residence,
)
from tests.returns.intake._register import put_on_register, sent_in
from tests.tracking.rules.matching._returns import MIXES, hard_pairs, returned
from tracking.register.models import FormerName, YoungPerson

pytestmark = pytest.mark.django_db
Found = IntakeRow.Found
UPN, OTHER_UPN = "B801200005001", "Z801400109007"


@pytest.fixture
def authority() -> Authority:
    return make_authority()


@pytest.fixture
def college() -> Establishment:
    return make_college()


@pytest.fixture
def ella(authority: Authority) -> YoungPerson:
    person = make_person(
        authority, given_name="Ella", family_name="Ashcroft", date_of_birth=date(2009, 3, 12), upn=UPN
    )
    make_residence(person, line_1="12 Mill Lane", town="", postcode="ZZ10 1AB")
    return person


ELLA = {
    "family_name": "Ashcroft", "given_name": "Ella", "date_of_birth": "2009-03-12", "gender": "F",
    "postcode": "ZZ10 1AB", "line_1": "12 Mill Lane", "upn": UPN,
}  # fmt: skip


def matched(college: Establishment, authority: Authority, *rows: dict[str, str]) -> list[IntakeRow]:
    """The rows of a return of these, everybody looked for."""
    intake = make_intake(make_expected(college, authority=authority), *rows)
    match_rows(intake)
    return list(intake.rows.all())


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("number and name", {"date_of_birth": "", "postcode": ""}),
        ("number and birthday", {"family_name": "Bennett", "postcode": ""}),
        ("name, birthday and home", {"upn": ""}),
    ],
)
def test_nobody_needs_to_look_where_there_is_no_doubt(
    authority: Authority, college: Establishment, ella: YoungPerson, what: str, said: dict[str, str]
) -> None:
    (row,) = matched(college, authority, ELLA | said)

    assert (row.found, row.person, row.sure) == (Found.EXACT, ella, 1.0), what


def test_our_own_number_with_the_name_is_beyond_doubt(
    authority: Authority, college: Establishment, ella: YoungPerson
) -> None:
    said = {"young_person_id": ella.young_person_id, "upn": "", "postcode": "", "date_of_birth": ""}

    (row,) = matched(college, authority, ELLA | said)

    assert (row.found, row.person) == (Found.EXACT, ella)


def test_this_college_bears_out_name_and_birthday_where_no_home_is_given(
    authority: Authority, college: Establishment, ella: YoungPerson
) -> None:
    make_activity(ella, establishment=college)

    (row,) = matched(college, authority, ELLA | {"upn": "", "postcode": "", "line_1": ""})

    assert (row.found, row.person) == (Found.EXACT, ella)


def test_a_row_with_mistakes_is_taken_for_the_person_it_must_be(
    authority: Authority, college: Establishment, ella: YoungPerson
) -> None:
    (row,) = matched(
        college, authority, ELLA | {"upn": "", "family_name": "Ashcrotf", "given_name": "Eleanor"}
    )

    assert (row.found, row.person) == (Found.LINKED, ella)
    assert 0.995 < (row.sure or 0) <= 1


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("twin with the other's number", {"given_name": "Harriet"}),
        ("sister with the other's number", {"given_name": "Harriet", "date_of_birth": "2010-10-01"}),
        ("namesake who lives elsewhere", {"upn": OTHER_UPN, "postcode": "ZZ42 9XX", "line_1": "3 Elm Road"}),
    ],
)
def test_another_person_is_never_taken_for_this_one(
    authority: Authority, college: Establishment, ella: YoungPerson, what: str, said: dict[str, str]
) -> None:
    (row,) = matched(college, authority, ELLA | said)

    assert row.person is None, what
    assert row.found in {Found.NEW, Found.DOUBTFUL}, what


def test_who_fits_two_on_the_register_waits_for_somebody_to_look(
    authority: Authority, college: Establishment, ella: YoungPerson
) -> None:
    again = make_person(
        authority, given_name="Ella", family_name="Ashcroft", date_of_birth=ella.date_of_birth, upn=""
    )
    make_residence(again, line_1="12 Mill Lane", town="", postcode="ZZ10 1AB")

    (row,) = matched(college, authority, ELLA | {"upn": ""})

    assert row.found == Found.DOUBTFUL
    assert {each.person for each in row.candidates.all()} == {ella, again}
    assert all(each.levels and each.verdict == Candidate.Verdict.OPEN for each in row.candidates.all())


def test_who_is_not_on_the_register_is_new(authority: Authority, college: Establishment) -> None:
    (row,) = matched(college, authority, ELLA)

    assert (row.found, row.person, row.sure) == (Found.NEW, None, None)


def test_one_found_beyond_doubt_is_not_given_to_a_second_row(
    authority: Authority, college: Establishment, ella: YoungPerson
) -> None:
    sure, second = matched(college, authority, ELLA, ELLA | {"upn": "", "given_name": "Eleanor"})

    assert (sure.found, sure.person) == (Found.EXACT, ella)
    assert (second.found, second.person) == (Found.DOUBTFUL, None)


def test_a_former_name_finds_its_person(
    authority: Authority, college: Establishment, ella: YoungPerson
) -> None:
    FormerName.objects.create(person=ella, given_name="Ella", family_name="Bennett")

    (row,) = matched(college, authority, ELLA | {"upn": "", "family_name": "Bennett"})

    assert (row.found, row.person) == (Found.LINKED, ella)


def test_restricted_records_are_found_like_all_others(
    authority: Authority, college: Establishment, ella: YoungPerson
) -> None:
    YoungPerson.objects.update(restricted_on=date(2026, 1, 1), restricted_reason="Refuge")

    (row,) = matched(college, authority, ELLA)

    assert (row.found, row.person) == (Found.EXACT, ella)


def test_another_councils_people_are_not_found(college: Establishment, ella: YoungPerson) -> None:
    (row,) = matched(college, make_authority(), ELLA)

    assert row.found == Found.NEW


def test_what_somebody_decided_stays(authority: Authority, college: Establishment, ella: YoungPerson) -> None:
    other = make_person(authority)
    (row,) = matched(college, authority, ELLA)
    row.person, row.found, row.decided_at = other, Found.CHOSEN, clock.now()
    row.save()

    match_rows(row.intake)

    row.refresh_from_db()
    assert (row.found, row.person) == (Found.CHOSEN, other)


def test_who_was_new_is_found_once_the_register_knows_them(
    authority: Authority, college: Establishment
) -> None:
    (row,) = matched(college, authority, ELLA)
    person = make_person(
        authority, given_name="Ella", family_name="Ashcroft", date_of_birth=date(2009, 3, 12), upn=UPN
    )

    match_rows(row.intake)

    row.refresh_from_db()
    assert (row.found, row.person) == (Found.EXACT, person)


def test_who_is_left_out_is_not_looked_for(
    authority: Authority, college: Establishment, ella: YoungPerson
) -> None:
    intake = make_intake(make_expected(college, authority=authority), ELLA)
    intake.rows.update(left_out=True)

    match_rows(intake)

    assert intake.rows.get().found == Found.NOT_YET


def test_what_was_believed_is_kept_on_the_return(
    authority: Authority, college: Establishment, ella: YoungPerson
) -> None:
    (row,) = matched(college, authority, ELLA | {"upn": "", "family_name": "Ashcrotf"})

    intake = Intake.objects.get(pk=row.intake_id)
    assert (intake.matcher or {})["version"]


def statements(intake: Intake) -> int:
    with CaptureQueriesContext(connection) as seen:
        match_rows(intake)
    return len(seen)


def test_many_rows_take_as_many_statements_as_few(authority: Authority) -> None:
    file = returned("messy", 3, register=400, incoming=200)
    put_on_register(file.register, authority)
    many = sent_in(file.incoming, authority)
    few = sent_in(file.incoming[:20], authority)

    assert statements(many) == statements(few)


@pytest.mark.parametrize(("mix", "least"), [("school", 0.997), ("college", 0.99), ("messy", 0.975)])
def test_returns_are_matched_as_well_as_promised(authority: Authority, mix: str, least: float) -> None:
    """Recall of what nobody has to look at, and its precision (performance.md section 6; here on few, so on less)."""
    assert mix in MIXES
    file = returned(mix, 1, register=3_000, incoming=1_500)
    became = put_on_register(file.register, authority)
    intake = sent_in(file.incoming, authority)

    match_rows(intake)

    truth = {
        number: became.get(file.truth.get(row["id"], "")) for number, row in enumerate(file.incoming, start=2)
    }
    found = intake.rows.filter(found__in=[Found.EXACT, Found.LINKED]).values_list("number", "person_id")
    right = sum(truth[number] == person for number, person in found)
    assert right / len(file.truth) >= least
    assert right / len(found) >= 0.999


def test_twins_sisters_and_namesakes_are_never_taken_for_each_other(authority: Authority) -> None:
    pairs = hard_pairs(3_000, 11)
    put_on_register(pairs.register, authority)
    intake = sent_in(pairs.incoming, authority)

    match_rows(intake)

    assert not intake.rows.exclude(person=None).exists()
