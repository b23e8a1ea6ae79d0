"""What is found out about a return beyond its cells."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from neet.accounts.models import User
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.applying import ask_to_confirm, confirm
from returns.intake.actions.checking import check
from returns.intake.actions.mending import add_row, explain, fix_cell, fix_cells, leave_out
from returns.intake.actions.receiving import begin_with_file
from returns.intake.models import Intake
from returns.intake.refusals import NotReady
from schools.models import Authority, Establishment
from tests.factories import (
    make_activity,
    make_authority,
    make_expected,
    make_intake,
    make_person,
    make_residence,
    make_school,
)
from tests.returns.intake.conftest import HEADINGS, Send
from tracking.models import YoungPerson

ROW = "Lark,{name},{born},F,{upn},{n} Mill Lane,ZZ9 9ZZ,13,07700 900001"
UPN = "A801200005009"


def lines(number: int) -> list[str]:
    born = [date(2008, 9, 1).replace(day=1 + n % 28, month=9 + n % 4) for n in range(number)]
    return [
        ROW.format(
            name=f"{'ABCDEFGHIJ'[n % 10]}a{'bcdefghijk'[n // 10 % 10]}i", born=f"{day:%d/%m/%Y}", upn="", n=n
        )
        for n, day in enumerate(born)
    ]


def checked(
    expected: ExpectedReturn, sent: Send, by: User, *rows: str, headings: str = HEADINGS, **name: str
) -> Intake:
    return check(intake=begin_with_file(expected=expected, file=sent(headings, *rows, **name), by=by), by=by)


def problems(intake: Intake) -> list[tuple[int | None, str, str]]:
    found = intake.problems.exclude(severity="note")
    return list(found.values_list("row__number", "column", "kind"))


def test_a_number_of_somebody_else_is_asked_about_without_a_name(
    expected: ExpectedReturn, sent: Send, secretary: User, authority: Authority
) -> None:
    ada = make_person(authority, given_name="Ada", family_name="Lark", date_of_birth=date(2009, 5, 1))
    make_residence(ada, line_1="1 Mill Lane")
    make_person(authority, given_name="Bram", family_name="Quill", date_of_birth=date(2008, 1, 1), upn=UPN)
    intake = checked(expected, sent, secretary, ROW.format(name="Ada", born="01/05/2009", upn=UPN, n=1))
    intake.rows.update(person=ada, found="chosen", decided_by=secretary)

    check(intake=intake, by=secretary)

    problem = intake.problems.get(kind="number_elsewhere")
    assert (problem.column, problem.severity, problem.value) == ("upn", "query", UPN)
    assert "Quill" not in problem.why + problem.fix


def test_a_number_on_another_councils_register_is_nobodys_business(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    make_person(make_authority(), upn=UPN)

    intake = checked(expected, sent, secretary, ROW.format(name="Ada", born="01/05/2009", upn=UPN, n=1))

    assert not intake.problems.filter(kind="number_elsewhere").exists()


@pytest.mark.parametrize(
    ("says", "is_other"),
    [
        ("{urn}", False),
        ("{number}", False),
        ("{la}/{four}", False),
        ("{four}", False),
        ("", False),
        ("999999", True),
    ],
)
def test_rows_of_another_school_are_held_back(
    expected: ExpectedReturn, sent: Send, secretary: User, school: Establishment, says: str, is_other: bool
) -> None:
    said = says.format(urn=school.urn, number=school.number, la=school.number[:3], four=school.number[3:])
    row = ROW.format(name="Ada", born="01/05/2009", upn="", n=1)

    intake = checked(expected, sent, secretary, f"{row},{said}", headings=f"{HEADINGS},URN")

    assert ((2, "school", "other_school") in problems(intake)) is is_other
    assert intake.rows.get().outcome == ("stopped" if is_other else "new_person")


def test_a_return_much_shorter_than_the_last_is_asked_about(
    authority: Authority, school: Establishment, sent: Send, secretary: User
) -> None:
    last_year = make_expected(school, authority=authority)
    make_intake(last_year, state="accepted", event_id=1, counts={"rows": 240}, as_at=date(2025, 9, 15))

    intake = checked(make_expected(school, authority=authority), sent, secretary, *lines(12))

    problem = intake.problems.get(kind="differs_greatly")
    assert (problem.row, problem.severity) == (None, "query")
    assert problem.why == "The last such return had 240 rows and this one has 12."


def enrolled(authority: Authority, school: Establishment, number: int) -> None:
    """So many pupils whom the register has at a school, as `lines` names them."""
    for line in lines(number):
        _, given, born, *_ = line.split(",")
        day, month, year = map(int, born.split("/"))
        person = make_person(
            authority, given_name=given, family_name="Lark", date_of_birth=date(year, month, day)
        )
        make_activity(person, "210", date(2025, 9, 1), establishment=school)
        make_residence(person, line_1=line.split(",")[5], postcode="ZZ9 9ZZ")


OTHERS = [
    f"Wren,{name}ora,{3 + at:02d}/02/2009,M,,{at} Harbour View,ZZ1 1ZZ,13,07700 900001"
    for at, name in enumerate("BCDFGHKLMNPR")
]
NOT_READY = "None of the 12 pupils we expect is on this file. Is this the right file?"


def test_a_file_with_nobody_we_expect_is_asked_about_and_not_sent_without_a_reason(
    authority: Authority, school: Establishment, expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    enrolled(authority, school, 12)
    intake = checked(expected, sent, secretary, *OTHERS)
    intake.notice_issued_on = date(2026, 9, 1)
    intake.save()

    problem = intake.problems.get(kind="wrong_file")
    assert (problem.row, problem.severity, problem.why) == (None, "query", NOT_READY)
    with pytest.raises(
        NotReady, match=r"right file\? Send the right file instead, or say why this one is right\."
    ):
        ask_to_confirm(intake=intake, by=secretary)
    with pytest.raises(NotReady):
        confirm(intake=intake, by=secretary)

    explain(problem=problem, text="A new course, nobody was here before", by=secretary)
    fix_cell(row=intake.rows.earliest("number"), column="postcode", value="ZZ9 8ZZ", by=secretary)
    intake.refresh_from_db()

    assert intake.problems.get(kind="wrong_file").explained
    assert confirm(intake=intake, by=secretary).state == Intake.State.CONFIRMED


def test_how_many_are_elsewhere_is_said_and_not_where(
    authority: Authority, school: Establishment, expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    other = make_school(name="Norden School")
    enrolled(authority, other, 12)
    for number in range(10):
        pupil = make_person(authority, family_name="Finch", given_name=f"{'ABCDEFGHIJ'[number]}a")
        make_activity(pupil, "210", date(2025, 9, 1), establishment=school)

    intake = checked(expected, sent, secretary, *lines(12))

    why = intake.problems.get(kind="wrong_file").why
    assert why == (
        "None of the 10 pupils we expect is on this file, and 12 of its rows are on the register elsewhere. "
        "Is this the right file?"
    )


@pytest.mark.parametrize("expected_pupils", [9, 12])
def test_a_file_with_our_own_pupils_or_where_few_are_expected_is_not_asked_about(
    authority: Authority,
    school: Establishment,
    expected: ExpectedReturn,
    sent: Send,
    secretary: User,
    expected_pupils: int,
) -> None:
    enrolled(authority, school, expected_pupils)
    rows = OTHERS if expected_pupils < 10 else [*OTHERS, *lines(3)]

    intake = checked(expected, sent, secretary, *rows)

    assert not intake.problems.filter(kind="wrong_file").exists()


def test_a_file_named_for_another_year_is_asked_about_and_read(
    expected: ExpectedReturn, sent: Send, secretary: User, school: Establishment
) -> None:
    name = f"{school.la_code}{school.number[3:]}SchoolPost16Enrolment2024-25.csv"

    intake = checked(expected, sent, secretary, *lines(2), name=name)

    assert (None, "", "file_year") in problems(intake)
    assert intake.counts["rows"] == 2


def test_the_statements_do_not_grow_with_the_rows(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    checked(expected, sent, secretary, *lines(3))  # the rules are read by the first
    asked = []
    for number in (20, 400):
        intake = begin_with_file(expected=expected, file=sent(HEADINGS, *lines(number)), by=secretary)
        with CaptureQueriesContext(connection) as captured:
            assert check(intake=intake, by=secretary).counts["rows"] == number
        asked.append(len(captured))

    assert asked[0] == asked[1]
    assert asked[0] <= 50


def test_nothing_is_kept_of_a_check_that_breaks(
    expected: ExpectedReturn, sent: Send, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = begin_with_file(expected=expected, file=sent(HEADINGS, *lines(3)), by=secretary)

    def stop(done: int, total: int) -> None:
        if done >= total * 3 // 5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        check(intake=intake, by=secretary, tell=stop)

    intake.refresh_from_db()
    assert (intake.state, intake.rows.count()) == ("uploaded", 0)
    assert not YoungPerson.objects.exists()


def everything(intake: Intake) -> dict[str, object]:
    """All that was found out about a return."""
    intake.refresh_from_db()
    rows = intake.rows.order_by("number")
    problems = intake.problems.order_by("row__number", "column", "kind", "value", "why")
    return {
        "rows": list(rows.values_list("number", "clean", "found", "person_id", "outcome", "seen")),
        "problems": list(
            problems.values_list("row__number", "column", "kind", "severity", "value", "why", "explained")
        ),
        "candidates": list(rows.values_list("number", "candidates__person").order_by("number", "candidates")),
        "missing": list(intake.missing.order_by("person").values_list("person", "why_expected")),
        "counts": {name: count for name, count in intake.counts.items() if name != "touched"},
        "fingerprint": intake.fingerprint,
    }


def assert_nothing_is_new(intake: Intake, by: User) -> None:
    """Looking at the whole return again finds what is known of it."""
    told = everything(intake)
    assert told == everything(check(intake=intake, by=by))


def test_a_fix_finds_out_what_looking_at_everything_again_would(
    authority: Authority, school: Establishment, expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    enrolled(authority, school, 8)
    elsewhere = make_school(name="Norden School")
    otto = make_person(authority, given_name="Otto", family_name="Quill", upn=UPN)
    make_activity(otto, "210", date(2025, 9, 1), establishment=elsewhere)
    make_person(
        authority, given_name="Olga", family_name="Quill", date_of_birth=date(2009, 3, 2), cohort_status="A"
    )
    known = lines(8)
    twin = known[1].replace(",Baba,", ",Bibi,").replace("F,,", f"F,{UPN},")
    awkward = [
        *known[:6], known[2], twin, f"Quill,Oscar,02/02/2009,M,{UPN},9 High Street,ZZ3 3ZZ,13,07700 900001",
        "Quill,Olga,02/03/2009,F,,1 High Street,ZZ3 3ZZ,13,07700 900001", "Nobody,,31/02/2009,F,,,nowhere,,",
    ]  # fmt: skip
    intake = checked(expected, sent, secretary, *awkward)
    named = {row.number: row for row in intake.rows.all()}
    fixes = (
        (8, {"given_name": "Zora", "date_of_birth": "2009-01-05"}),  # no longer the same learner twice
        (8, {"given_name": named[4].clean["given_name"], "date_of_birth": named[4].clean["date_of_birth"]}),
        (9, {"upn": ""}),  # nor the same number
        (2, {"upn": UPN}),  # a number of somebody else's, and of the tenth row's
        (2, {"activity": "220"}),
        (11, {"date_of_birth": "2009-03-03"}),
        (12, {"given_name": "Hugo", "date_of_birth": "2009-02-28", "postcode": "ZZ3 3ZZ"}),
        (12, {"family_name": "Lark", "given_name": "Hibi"}),
        (3, {"family_name": "Zebra", "postcode": "ZZ8 8ZZ"}),  # one who was expected is missing
        (3, {"activity": "no such thing"}),
    )
    assert intake.problems.filter(kind="twice").exists()
    for number, values in fixes:
        fix_cells(row=intake.rows.get(number=number), values=values, by=secretary)
        assert_nothing_is_new(intake, secretary)
    assert intake.problems.filter(kind="number_elsewhere", row__number=2).exists()
    late = make_person(authority, family_name="Quill", given_name="Oscar", date_of_birth=date(2009, 2, 2))
    make_residence(late, line_1="9 High Street", postcode="ZZ3 3ZZ")
    fix_cells(row=intake.rows.get(number=5), values={"mobile": ""}, by=secretary)
    assert intake.rows.get(number=10).person == late
    assert_nothing_is_new(intake, secretary)
    leave_out(row=intake.rows.get(number=4), by=secretary)
    assert_nothing_is_new(intake, secretary)
    values = {"family_name": "Quill", "given_name": "Olga", "date_of_birth": "2009-03-02"}
    add_row(intake=intake, values=values, by=secretary)
    assert_nothing_is_new(intake, secretary)
