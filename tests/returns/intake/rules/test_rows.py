"""What the cells of a row say together, and about the day of the return: the boundary days."""

from dataclasses import replace
from datetime import date

import pytest

from returns.intake.layouts.shared import DESTINATION, IDENTITY, LEFT_ON
from returns.intake.rules.cells import clean
from returns.intake.rules.rows import sixth_form_begins
from tests.returns.intake.rules._reading import CONTEXT, LAYOUT, a_row, at_a, cleaned, kinds, said

COLLEGE = at_a("college")


# As on 30 September 2026: Year 12 was born from 1 September 2009 to 31 August 2010.
@pytest.mark.parametrize(
    ("born", "stated", "kind"),
    [
        ("31/08/2010", "12", ""),
        ("01/09/2010", "12", "year_and_age"),
        ("01/09/2009", "12", ""),
        ("31/08/2009", "12", ""),
        ("31/08/2008", "12", "year_and_age"),
        ("01/09/2008", "13", ""),
        ("31/08/2010", "11", "outside_years"),
        ("31/08/2010", "15", "outside_years"),
        ("31/08/2010", "", ""),
        ("01/09/2010", "", "outside_years"),
        ("01/09/2007", "", ""),
        ("31/08/2007", "", "outside_years"),
        ("01/09/2016", "", "outside_years"),
        ("01/01/2017", "", "birth_not_possible"),
        ("31/12/1999", "", "birth_not_possible"),
        ("14/03/2029", "", "birth_not_possible"),
    ],
)
def test_a_pupil_belongs_by_year_group_or_birth(born: str, stated: str, kind: str) -> None:
    row = cleaned(date_of_birth=born, year_group=stated)

    assert kinds(row) == ([kind] if kind else [])


def test_a_year_group_alone_is_looked_at_too() -> None:
    row = cleaned(date_of_birth="31/02/2010", year_group="11")

    assert "outside_years" in kinds(row)
    assert said(row)["outside_years"] == "They are in Year 11; this return is for Years 12 to 14."


def test_the_council_may_ask_for_other_year_groups() -> None:
    row = cleaned(at_a("school", year_groups=(12, 13)), date_of_birth="01/09/2007", year_group="14")

    assert kinds(row) == ["outside_years"]


def test_a_pupil_with_a_plan_may_stay_longer() -> None:
    assert kinds(cleaned(at_a("special"), date_of_birth="31/08/2007", year_group="", has_plan="Yes")) == []


# A college counts the age on the day the course began (R14).
@pytest.mark.parametrize(
    ("born", "starts", "plan", "kind"),
    [
        ("31/08/2010", "07/09/2026", "", ""),
        ("01/09/2010", "07/09/2026", "", "outside_age"),
        ("08/09/2006", "07/09/2026", "", ""),
        ("07/09/2006", "07/09/2026", "", "age_without_plan"),
        ("07/09/2006", "06/09/2026", "", ""),
        ("07/09/2006", "07/09/2026", "Yes", ""),
        ("07/09/2006", "07/09/2026", "No", "age_without_plan"),
        ("08/09/2000", "07/09/2026", "Yes", ""),
        ("07/09/2000", "07/09/2026", "Yes", "outside_age"),
        ("07/09/2006", "", "", "age_without_plan"),
        ("01/10/2006", "", "", ""),
    ],
)
def test_a_college_learner_belongs_by_age_when_the_course_began(
    born: str, starts: str, plan: str, kind: str
) -> None:
    row = cleaned(COLLEGE, date_of_birth=born, starts_on=starts, has_plan=plan, year_group="")

    assert kinds(row) == ([kind] if kind else [])


def test_a_college_says_the_core_aim_of_each_learner() -> None:
    assert kinds(cleaned(COLLEGE, course="", year_group="")) == ["missing"]
    assert kinds(cleaned(course="")) == []


@pytest.mark.parametrize(
    ("starts", "kept", "kind"),
    [
        ("30/09/2026", "2026-09-30", ""),
        ("01/10/2026", "2026-10-01", "starts_later"),
        ("01/06/2026", "2026-06-01", ""),
        ("31/05/2026", "2026-09-01", "start_moved"),
        ("04/09/2021", "2026-09-01", "start_moved"),
    ],
)
def test_a_first_day_lies_in_the_sixth_form_and_not_after_the_return(
    starts: str, kept: str, kind: str
) -> None:
    row = cleaned(starts_on=starts)

    assert row.values["starts_on"] == kept
    assert kinds(row) == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("born", "begins"),
    [
        (date(2010, 8, 31), date(2026, 9, 1)),
        (date(2010, 9, 1), date(2027, 9, 1)),
        (date(2008, 2, 29), date(2024, 9, 1)),
    ],
)
def test_a_sixth_form_begins_after_year_11(born: date, begins: date) -> None:
    assert sixth_form_begins(born) == begins


@pytest.mark.parametrize(
    ("ends", "kind"),
    [
        ("31/07/2028", ""),
        ("30/09/2026", ""),
        ("29/09/2026", "over_already"),
        ("31/08/2026", "ends_before_start"),
    ],
)
def test_an_expected_end_lies_after_the_start_and_the_return(ends: str, kind: str) -> None:
    row = cleaned(starts_on="01/09/2026", predicted_end_on=ends)

    assert kinds(row) == ([kind] if kind else [])


def test_a_leaver_is_not_for_this_return() -> None:
    row = cleaned(left_on="30/09/2026")

    assert kinds(row) == ["has_left"]
    assert said(row)["has_left"] == "They left on 30/09/2026. This return is for those who are still here."
    assert "left_on" not in row.values


def test_a_leaving_day_still_to_come_is_the_expected_end() -> None:
    row = cleaned(left_on="01/10/2026")

    assert row.values["predicted_end_on"] == "2026-10-01"
    assert kinds(row) == ["not_here"]


def test_a_whole_name_is_taken_apart_at_its_comma() -> None:
    row = cleaned(family_name="", given_name="", whole_name="O’Dowd , Ada Jane")

    assert (row.values["family_name"], row.values["given_name"]) == ("O'Dowd", "Ada Jane")
    assert kinds(row) == []


APART = "If the last name is “Ambler” and the first name “Ada”, put each in its own column."


def test_a_whole_name_is_asked_what_every_name_is() -> None:
    row = cleaned(family_name="", given_name="", whole_name="Sm1th, Ada")
    capitals = cleaned(family_name="", given_name="", whole_name="O'DOWD, ADA")

    assert kinds(row) == ["name_signs"]
    assert [problem.fix for problem in capitals.problems] == ["Write “O'Dowd, Ada”."]


@pytest.mark.parametrize(
    ("names", "offered"),
    [
        ({"family_name": "", "given_name": "", "whole_name": "Ada Ambler"}, "Write it as Last name, First name."),
        ({"family_name": "Ambler, Ada"}, APART),
        ({"family_name": "Ada Ambler", "given_name": ""},
         APART),
        ({"family_name": "", "given_name": "Ada Ambler"},
         APART),
    ],
)  # fmt: skip
def test_two_names_in_one_cell_are_asked_about_once(names: dict[str, str], offered: str) -> None:
    (problem,) = cleaned(**names).problems

    assert problem.kind == "names_together"
    assert problem.fix == offered


def test_a_postcode_is_found_in_the_address() -> None:
    row = cleaned(postcode="", line_1="12 High Street, Canterbury, ct1 2ab")

    assert row.values["postcode"] == "CT1 2AB"
    assert row.values["line_1"] == "12 High Street, Canterbury"
    assert kinds(row) == ["postcode_from_address"]


def test_an_address_that_is_only_a_postcode_leaves_nothing_behind() -> None:
    assert "line_1" not in clean(LAYOUT, a_row(postcode="", line_1="CT1 2AB"), CONTEXT).values


LEAVERS = replace(
    LAYOUT,
    type="leavers",
    title="Leavers",
    columns=(*IDENTITY, replace(LEFT_ON, required=True), DESTINATION),
)


def test_another_return_asks_for_what_this_one_refuses() -> None:
    sent = {"family_name": "Ambler", "given_name": "Ada", "date_of_birth": "14/03/2010"}

    assert kinds(clean(LEAVERS, sent, CONTEXT)) == ["missing"]
    row = clean(LEAVERS, {**sent, "left_on": "25/09/2026", "destination": "At work"}, CONTEXT)
    assert kinds(row) == []
    assert row.values["left_on"] == "2026-09-25"
    assert "activity" not in row.values
