"""Our own file sent back: nobody is asked about what the register itself wrote."""

from collections.abc import Callable
from datetime import date

import pytest

from neet.accounts.models import User
from neet.files.actions import store
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.checking import check
from returns.intake.actions.mending import fix_cell
from returns.intake.actions.receiving import begin_with_file
from returns.intake.models import Intake
from returns.intake.papers import template_of
from schools.models import Authority
from tests.factories import make_activity, make_characteristic, make_expected, make_person, make_school
from tests.returns.intake.conftest import HEADINGS, Send
from tracking.models import YoungPerson

BORN = {12: date(2009, 10, 2), 15: date(2006, 10, 2), 16: date(2005, 10, 2), 18: date(2003, 10, 2)}
CODES = {"school": "210", "special": "210", "sixth_form_college": "220", "provider": "410"}
Place = Callable[[str], ExpectedReturn]


@pytest.fixture
def place(authority: Authority) -> Place:
    """An establishment of a kind with a pupil of every odd sort the register has."""

    def made(kind: str) -> ExpectedReturn:
        here = make_school(kind=kind, la_code=authority.code, number=f"{authority.code}4001")
        people = [make_person(authority, date_of_birth=born, upn="") for born in BORN.values()]
        odd = {"given_name": "Ada2", "family_name": "Lark (Wren)", "gender": "", "upn": "P886120000221"}
        people.append(make_person(authority, **odd))
        people.append(make_person(authority, date_of_birth=None))
        shared = {"upn": "N886120000220"}
        people += [make_person(authority, family_name=name, **shared) for name in ("Tara", "Wilf")]
        for person in people:
            make_characteristic(person)
            make_activity(person, CODES.get(kind, "230"), date(2026, 9, 1), establishment=here)
        return make_expected(here, authority=authority)

    return made


def sent_back(expected: ExpectedReturn, by: User) -> Intake:
    """Our own file, as it was handed out."""
    paper = template_of(expected, "pupils")
    file = store(
        source=[paper.content], name=paper.name, purpose="return", by=by,
        authority_id=expected.collection.authority_id,
    )  # fmt: skip
    return check(intake=begin_with_file(expected=expected, file=file, by=by), by=by)


@pytest.mark.parametrize(
    "kind", ["school", "special", "sixth_form_college", "college", "special_college", "provider"]
)
def test_our_own_file_sent_back_unfilled_has_no_errors(place: Place, secretary: User, kind: str) -> None:
    intake = sent_back(place(kind), secretary)

    assert intake.counts["rows"] == 8
    asked = intake.problems.exclude(severity="note").values_list("severity", "kind").distinct()
    assert set(asked) == {("query", "wanted")}, "only what stands empty is asked for"
    assert not intake.rows.filter(outcome="stopped").exists()


@pytest.fixture
def pupil(authority: Authority, expected: ExpectedReturn) -> YoungPerson:
    """Somebody of Year 18 whom the register has at the school for their plan."""
    person = make_person(authority, given_name="Ada", family_name="Lark", date_of_birth=BORN[18])
    make_characteristic(person)
    make_activity(person, "210", date(2025, 9, 1), establishment=expected.establishment)
    return person


def line(pupil: YoungPerson, year: str = "18", born: str = "02/10/2003") -> tuple[str, str]:
    who = f"{pupil.young_person_id},{pupil.family_name},{pupil.given_name}"
    return f"Young person's number,{HEADINGS}", f"{who},{born},F,,1 Mill Lane,ZZ9 9ZZ,{year},"


@pytest.mark.parametrize(("year", "born", "kinds"), [
    ("18", "02/10/2003", set()),
    ("Y18", "2 October 2003", set()),
    ("", "02/10/2003", set()),
    ("17", "02/10/2003", {"outside_years"}),
    ("18", "02/10/2004", {"outside_years"}),
])  # fmt: skip
def test_a_year_is_judged_by_the_register_where_the_row_says_the_same(
    pupil: YoungPerson, expected: ExpectedReturn, sent: Send, secretary: User, year: str, born: str,
    kinds: set[str],
) -> None:  # fmt: skip
    headings, row = line(pupil, year, born)
    intake = check(
        intake=begin_with_file(expected=expected, file=sent(headings, row), by=secretary), by=secretary
    )

    assert set(intake.problems.filter(severity="error").values_list("kind", flat=True)) == kinds


def test_a_stranger_of_that_year_is_asked_about_once(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    file = sent(HEADINGS, "Lark,Ada,02/10/2005,F,,1 Mill Lane,ZZ9 9ZZ,16,")
    intake = check(intake=begin_with_file(expected=expected, file=file, by=secretary), by=secretary)

    problem = intake.problems.get(severity="error")
    assert problem.why == "They are in Year 16; this return is for Years 12 to 14."
    assert problem.fix.startswith("With an EHC plan, write Yes under EHC plan.")
    assert not intake.problems.filter(kind="year_group").exists()


def test_a_cell_made_wrong_is_asked_about_and_made_right_again_is_not(
    pupil: YoungPerson, expected: ExpectedReturn, secretary: User
) -> None:
    intake = sent_back(expected, secretary)
    row = intake.rows.get()

    fix_cell(row=row, column="year_group", value="17", by=secretary)
    assert intake.problems.filter(severity="error").exists()

    row.refresh_from_db()
    fix_cell(row=row, column="year_group", value="18", by=secretary)
    assert not intake.problems.filter(severity="error").exists()


def test_the_same_pupil_on_two_lines_is_still_an_error(
    pupil: YoungPerson, expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    headings, row = line(pupil)
    intake = check(
        intake=begin_with_file(expected=expected, file=sent(headings, row, row), by=secretary), by=secretary
    )

    assert intake.problems.filter(severity="error", kind="twice").exists()
