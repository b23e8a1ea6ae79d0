"""What becomes of each value of a return, and what is said about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns.intake.layouts import Kind
from returns.intake.rules.cells import clean, clean_cell, clean_many
from returns.intake.rules.found import PROBLEMS, Severity, group_words
from tests.returns.intake.rules._reading import CONTEXT, LAYOUT, a_row, at_a, cleaned, kinds, said

# column, what stands there, what is kept, the kind of problem ("" none)
CELLS = [
    ("family_name", " O’Dowd–Lark ", "O'Dowd-Lark", ""),
    ("family_name", "Zoë\u00a0Ó\u200bBrien", "Zoë ÓBrien", ""),
    ("family_name", "van der Berg", "van der Berg", ""),
    ("family_name", "Null", "Null", ""),
    ("family_name", "Na", "Na", ""),
    ("family_name", "AMBLER", "AMBLER", "name_capitals"),
    ("family_name", "ambler", "ambler", "name_capitals"),
    ("family_name", "Sm1th", "", "name_signs"),
    ("family_name", "Smith (Jones)", "", "name_signs"),
    ("family_name", "Smith/Jones", "", "name_signs"),
    ("family_name", "Иванов", "Иванов", "name_letters"),
    ("family_name", "A" * 101, "", "too_long"),
    ("family_name", "Ambler, Ada", "Ambler, Ada", "names_together"),
    ("given_name", "", "", "missing"),
    ("given_name", "n/a", "", "missing"),
    ("given_name", "#N/A", "", "spreadsheet_error"),
    ("given_name", "########", "", "spreadsheet_error"),
    ("middle_name", "-", "", ""),
    ("whole_name", "unknown", "", ""),
    ("line_2", "none", "", ""),
    ("town", "A" * 61, "", "too_long"),
    ("date_of_birth", "2010-03-14T00:00:00", "2010-03-14", ""),
    ("date_of_birth", "14 March 2010", "2010-03-14", ""),
    ("date_of_birth", "40251", "2010-03-14", ""),
    ("date_of_birth", "14/3/10", "2010-03-14", ""),
    ("date_of_birth", "'14/03/2010", "2010-03-14", ""),
    ("date_of_birth", "31/02/2010", "", "no_such_day"),
    ("date_of_birth", "03/14/2010", "", "no_such_day"),
    ("date_of_birth", "spring 2010", "", "not_a_day"),
    ("date_of_birth", "", "", "missing"),
    ("date_of_birth", "00/00/0000", "", "missing"),
    ("gender", "f", "F", ""),
    ("gender", "2", "F", ""),
    ("gender", "BOY", "M", ""),
    ("gender", "Prefers not to say", "W", ""),
    ("gender", "Femal", "", "gender"),
    ("upn", "a886120000220", "A886120000220", "upn_letter"),
    ("upn", "A12", "", "upn_form"),
    ("upn", "8.01E+11", "", "upn_form"),
    ("upn", "none", "", ""),
    ("upn", "0", "", ""),
    ("uln", "1000000018", "1000000018", "uln_digit"),
    ("uln", "1000000078", "1000000078", ""),
    ("uln", "1000000078.0", "1000000078", ""),
    ("uln", "9999999999", "", "uln_stand_in"),
    ("uln", "123", "", "uln_form"),
    ("uln", "1E+09", "", "number_rounded"),
    ("young_person_id", "8860000000123", "8860000000123", ""),
    ("young_person_id", "860000000123", "0860000000123", "zeros"),
    ("young_person_id", "8.86E+12", "", "number_rounded"),
    ("young_person_id", "4711", "", "number_form"),
    ("postcode", "ct12ab", "CT1 2AB", ""),
    ("postcode", "CT1  2AB", "CT1 2AB", ""),
    ("postcode", "CT1 2A8", "CT1 2AB", "mended"),
    ("postcode", "CTI 2AB", "CT1 2AB", "mended"),
    ("postcode", "0X1 2AB", "OX1 2AB", "mended"),
    ("postcode", "SO14 OAA", "SO14 0AA", "mended"),
    ("postcode", "Canterbury", "", "postcode_form"),
    ("postcode", "", "", "wanted"),
    ("telephone", "01227 123 456", "01227 123456", ""),
    ("telephone", "(01227) 123456", "01227 123456", ""),
    ("telephone", "020 7946 0000", "020 7946 0000", ""),
    ("telephone", "0121 496 0000", "0121 496 0000", ""),
    ("mobile", "+44 (0)7700 900123", "07700 900123", ""),
    ("mobile", "00447700900123", "07700 900123", ""),
    ("mobile", "7700900123", "07700 900123", "zeros"),
    ("mobile", "447700900123", "07700 900123", ""),
    ("mobile", "0033612345678", "+33612345678", ""),
    ("mobile", "n/a", "", ""),
    ("mobile", "07700900123 (mum)", "07700 900123", ""),
    ("mobile", "07700 900123 / 07700 900124", "07700 900123", "phone_two"),
    ("mobile", "+33 6 12 34 56 78", "+33612345678", ""),
    ("mobile", "07700", "", "phone_form"),
    ("mobile", "00000000000", "", ""),
    ("mobile", "ask mum", "", "phone_form"),
    ("mobile", "7.7E+09", "", "number_rounded"),
    ("email", "Ada@Example.ORG", "Ada@example.org", ""),
    ("email", "mailto:ada@example.org", "ada@example.org", ""),
    ("email", "a@example.org; b@example.org", "a@example.org", "email_two"),
    ("email", "ada.example.org", "", "email_form"),
    ("email", "none", "", ""),
    ("year_group", "Year 12", "12", ""),
    ("year_group", "Y12", "12", ""),
    ("year_group", "12A", "12", ""),
    ("year_group", "12.0", "12", ""),
    ("year_group", "Lower Sixth", "12", ""),
    ("year_group", "L6", "12", ""),
    ("year_group", "sixth", "", "year_group"),
    ("year_group", "99", "", "year_group"),
    ("year_group", "n/a", "", ""),
    ("gender", "?", "", "wanted"),
    ("activity", "none", "210", ""),
    ("activity", "", "210", ""),
    ("activity", "A levels", "210", ""),
    ("activity", "FT", "210", ""),
    ("activity", "210", "210", ""),
    ("activity", "Part time", "250", ""),
    ("activity", "Apprenticeship", "310", ""),
    ("activity", "310 Apprenticeship", "310", ""),
    ("activity", "At school sixth form, full time", "210", ""),
    ("activity", "Basket weaving", "210", "activity"),
    ("activity", "Looking for work, a course or training", "", "activity_not_here"),
    ("activity", "810", "", "activity_not_here"),
    ("course", "=1+1", "=1+1", "formula"),
    ("course", "Maths,  Physics", "Maths, Physics", ""),
    ("has_plan", "yes", "Y", ""),
    ("has_plan", "perhaps", "", "yes_no"),
    ("objection", "perhaps", "", "objection_unclear"),
    ("objection", "N", "N", ""),
]


@pytest.mark.parametrize(("column", "sent", "kept", "kind"), CELLS)
def test_a_cell_is_read_or_asked_about(column: str, sent: str, kept: str, kind: str) -> None:
    row = cleaned(**{column: sent})

    assert row.values.get(column, "") == kept
    assert kinds(row) == ([kind] if kind else [])


def test_a_letter_for_a_digit_in_a_upn_is_put_right_where_the_check_letter_agrees() -> None:
    row = cleaned(upn="N88612OOO0220")

    assert row.values["upn"] == "N886120000220"
    assert kinds(row) == ["mended"]


def test_a_upn_without_its_letter_is_worked_out_for_the_sender() -> None:
    (problem,) = cleaned(upn="886120000220").problems

    assert problem.fix == "If only its first letter is missing, it is N886120000220."


def test_a_problem_says_where_what_why_and_how_to_mend_it() -> None:
    (problem,) = cleaned(date_of_birth="31/02/2010").problems

    assert (problem.number, problem.column, problem.value) == (7, "date_of_birth", "31/02/2010")
    assert problem.why == "February 2010 has 28 days, and this says 31."
    assert problem.fix == "Correct the day."
    assert problem.severity is Severity.ERROR


def test_a_day_with_the_months_first_is_offered_the_right_way_round() -> None:
    (problem,) = cleaned(date_of_birth="03/14/2010").problems

    assert problem.fix == "Did you mean 14/03/2010? Write day, month, year."


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("O'DOWD-LARK", "O'Dowd-Lark"),
        ("MCDONALD", "McDonald"),
        ("VAN DER BERG", "Van der Berg"),
        ("zoë", "Zoë"),
    ],
)
def test_a_name_in_capitals_is_offered_as_it_is_usually_written(name: str, offered: str) -> None:
    (problem,) = cleaned(family_name=name).problems

    assert problem.fix == f"Write “{offered}”."


def test_every_problem_of_a_row_is_found_and_none_stops_the_rest() -> None:
    row = cleaned(
        family_name="Sm1th", given_name="", date_of_birth="31/02/2010", postcode="x", mobile="1", upn="2"
    )

    assert sorted(kinds(row)) == [
        "missing",
        "name_signs",
        "no_such_day",
        "phone_form",
        "postcode_form",
        "upn_form",
    ]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("school", "210"),
        ("sixth_form_college", "220"),
        ("college", "230"),
        ("special_college", "280"),
        ("other", "270"),
    ],
)
def test_full_time_means_what_it_means_at_each_kind_of_establishment(kind: str, code: str) -> None:
    assert cleaned(at_a(kind)).values["activity"] == code
    assert cleaned(at_a(kind), activity="Full time").values["activity"] == code


def test_a_value_typed_on_the_page_is_read_day_first() -> None:
    assert clean_cell(LAYOUT, "date_of_birth", "03/04/2010", CONTEXT) == ("2010-04-03", ())
    assert clean_cell(LAYOUT, "postcode", "nowhere", CONTEXT)[1][0].kind == "postcode_form"


def test_only_columns_the_file_has_are_asked_for() -> None:
    sent = a_row()
    del sent["postcode"]

    assert kinds(clean(LAYOUT, sent, CONTEXT)) == []


# --- objections ---------------------------------------------------------------------------------------------------

EXTRAS = {"upn": "A1", "uln": "1000000078", "mobile": "07700 900123", "email": "x", "course": "Maths"}


def test_of_who_objected_only_what_the_law_allows_is_kept_and_nothing_is_said_about_the_rest() -> None:
    row = cleaned(objection="Yes", parent_name="Mrs Ambler", starts_on="01/09/2026", **EXTRAS)

    assert set(row.values) == {
        "family_name", "given_name", "date_of_birth", "postcode", "parent_name", "activity", "starts_on", "objection"
    }  # fmt: skip
    assert set(row.left_out) == {*EXTRAS, "gender", "year_group"}
    assert kinds(row) == ["objection_kept"]
    assert not any(
        value in f"{problem}" for problem in row.problems for value in EXTRAS.values() if len(value) > 2
    )


@pytest.mark.parametrize(("assent", "objects"), [("No", True), ("Yes", False), ("UNS", False), ("", False)])
def test_a_refused_agreement_of_a_census_export_is_an_objection(assent: str, objects: bool) -> None:
    row = cleaned(assent=assent, upn="N886120000220")

    assert (row.values.get("objection") == "Y") is objects
    assert ("upn" in row.values) is not objects


def test_an_objection_wins_over_an_agreement() -> None:
    assert cleaned(assent="Yes", objection="Yes").values["objection"] == "Y"


# --- all rows -----------------------------------------------------------------------------------------------------

texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from([cell for _, cell, _, _ in CELLS]),
    st.from_regex(r"[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4}", fullmatch=True),
    st.from_regex(r"[0-9 +()]{5,16}", fullmatch=True),
)
rows = st.dictionaries(st.sampled_from([*LAYOUT.by_name, "something else"]), texts, max_size=12)


@given(rows)
def test_anything_can_be_read_and_what_is_clean_stays_as_it_is(sent: dict[str, str]) -> None:
    once = clean(LAYOUT, sent, CONTEXT)
    twice = clean(LAYOUT, once.values, CONTEXT)

    if any(problem.column == "activity" for problem in once.problems):
        twice.values.pop("activity", None)  # what was refused is gone, and an empty cell means full time here
        once.values.pop("activity", None)
    assert twice.values == once.values
    assert all(once.values.values())
    assert all(problem.kind in PROBLEMS and problem.why for problem in once.problems)


@given(st.lists(rows, max_size=6))
def test_rows_together_are_read_as_each_by_itself_but_for_days(sent: list[dict[str, str]]) -> None:
    days = {column.name for column in LAYOUT.columns if column.kind is Kind.DAY}
    sent = [{name: value for name, value in row.items() if name not in days} for row in sent]

    together = clean_many(LAYOUT, list(enumerate(sent)), CONTEXT)

    assert [row.values for row in together] == [clean(LAYOUT, row, CONTEXT).values for row in sent]


def test_every_kind_of_problem_has_words_for_its_group() -> None:
    words = {group_words(kind, "Postcode") for kind in PROBLEMS}

    assert "Postcode is missing" in words
    assert all(not word[0].islower() and "{" not in word for word in words)


def test_no_words_are_cut_off() -> None:
    said_of = [said(cleaned(**{column: sent})) for column, sent, _, kind in CELLS if kind]

    assert all(why.endswith((".", "?")) for each in said_of for why in each.values())
