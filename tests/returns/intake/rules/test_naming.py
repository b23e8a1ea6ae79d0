"""What a file is called, and the questions a wrong name brings (R6 to R9)."""

from dataclasses import replace

import pytest

from returns.intake.layouts import LAYOUTS
from returns.intake.rules.naming import (
    Expects,
    NamedFor,
    TitledFor,
    ask_about_name,
    ask_about_title,
    proposed_name,
    read_name,
    read_title,
    title_of,
)

ENROLMENT = LAYOUTS["enrolment"]
SCHOOL = Expects("886", "8864001", "", "Ashgrove School", ENROLMENT, 2026)
COLLEGE = Expects("886", "", "EKC", "East Norchester College", ENROLMENT, 2026)
KNOWN = {"8864001": "Ashgrove School", "8864002": "Birchwood School"}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("8864001SchoolPost16Enrolment2026-27.xlsx", NamedFor("886", "8864001", "", "enrolment", 2026, 0)),
        ("886 4001 School Post-16 Enrolment 2026-2027.csv", NamedFor("886", "8864001", "", "enrolment", 2026, 0)),
        ("886_4001_enrolment_2026_27 (2).XLSX", NamedFor("886", "8864001", "", "enrolment", 2026, 0)),
        ("C:\\Users\\office\\8864001SchoolPost16Enrollment2026-27.xls",
         NamedFor("886", "8864001", "", "enrolment", 2026, 0)),
        ("EKCCollegePost16Enrolment2026-27.xlsx", NamedFor("", "", "EKC", "enrolment", 2026, 0)),
        ("EKC College Enrolment Nov.csv", NamedFor("", "", "EKC", "enrolment", 0, 11)),
        ("NKCCollegeJoinersNov.xlsx", NamedFor("", "", "NKC", "", 0, 11)),
        ("sixth form september.ods", NamedFor("", "", "", "", 0, 9)),
        ("export.csv", NamedFor()),
        ("Marching band.xlsx", NamedFor()),
        ("2026-27.csv", NamedFor("", "", "", "", 2026, 0)),
        ("2026-28.csv", NamedFor()),
        ("", NamedFor()),
    ],
)  # fmt: skip
def test_what_a_name_says(name: str, says: NamedFor) -> None:
    assert read_name(name, [ENROLMENT]) == says


def asked(name: str, expected: Expects = SCHOOL) -> list[tuple[str, str]]:
    return [(each.kind, each.why) for each in ask_about_name(read_name(name, [ENROLMENT]), expected, KNOWN)]


def test_the_right_name_and_a_name_that_says_nothing_ask_nothing() -> None:
    assert asked("8864001SchoolPost16Enrolment2026-27.xlsx") == []
    assert asked("export of today.xlsx") == []
    assert asked("EKCCollegePost16Enrolment2026-27.xlsx", COLLEGE) == []


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [
        ("8254001SchoolPost16Enrolment2026-27", "file_authority",
         "The name begins with 825; our council's number is 886."),
        ("8869999SchoolPost16Enrolment2026-27", "file_unknown_school",
         "The name has the number 8869999, which no school of ours has."),
        ("8864002SchoolPost16Enrolment2026-27", "file_other_school",
         "The name has the number of Birchwood School; you are sending for Ashgrove School."),
        ("8864001SchoolPost16Enrolment2025-26", "file_year", "The file is named for 2025-26."),
    ],
)  # fmt: skip
def test_each_wrong_name_has_its_own_question(name: str, kind: str, why: str) -> None:
    assert asked(f"{name}.xlsx") == [(kind, why)]


def test_a_wrong_name_only_asks() -> None:
    (question,) = ask_about_name(read_name("8864001SchoolPost16Enrolment2025-26.xlsx"), SCHOOL, KNOWN)

    assert question.severity == "query"
    assert question.number == 0
    assert question.fix == "Is this the return for 2026-27?"


def test_a_college_is_known_by_its_short_code() -> None:
    assert asked("NKCCollegePost16Enrolment2026-27.xlsx", COLLEGE) == [
        ("file_other_school", "The name begins with NKC; yours is EKC.")
    ]


def test_a_monthly_file_named_for_another_month_is_asked_about() -> None:
    assert asked("EKCCollegeEnrolmentNov.xlsx", replace(COLLEGE, month=12)) == [
        ("file_month", "The file is named for Nov.")
    ]


def test_two_wrong_things_are_two_questions() -> None:
    assert [kind for kind, _ in asked("8864002SchoolPost16Enrolment2025-26.xlsx")] == [
        "file_other_school",
        "file_year",
    ]


def test_the_name_we_propose_is_one_we_understand() -> None:
    assert proposed_name(SCHOOL, is_college=False) == "8864001SchoolPost16Enrolment2026-27"
    assert proposed_name(COLLEGE, is_college=True) == "EKCCollegePost16Enrolment2026-27"
    assert asked(proposed_name(SCHOOL, is_college=False) + ".xlsx") == []


def test_a_college_with_a_number_may_send_under_its_number_and_a_school_number_asks() -> None:
    numbered = replace(COLLEGE, number="8868600")

    assert asked("8868600CollegeEnrolment2026-27.xlsx", numbered) == []
    assert asked("8864001CollegeEnrolment2026-27.xlsx", COLLEGE) == [], (
        "nothing says what the college's number is"
    )


def test_a_file_named_as_another_return_is_asked_about() -> None:
    leavers = replace(ENROLMENT, type="leavers", title="Leavers", name_words=("leavers",))
    named = read_name("EKCCollegeLeaversNov.xlsx", [ENROLMENT, leavers])

    assert named.type == "leavers"
    assert [each.kind for each in ask_about_name(named, COLLEGE, KNOWN)] == ["file_type"]


def test_a_monthly_return_has_its_month_in_its_name() -> None:
    assert proposed_name(replace(COLLEGE, month=11), is_college=True) == "EKCCollegePost16Enrolment2026-27Nov"
    assert read_name("sept.xlsx").month == 9


def test_our_own_first_line_says_whose_file_it_is() -> None:
    line = title_of(ENROLMENT.title, 2025, "St. Bride's: Upper School")

    assert read_title(line, LAYOUTS.values()) == TitledFor("enrolment", 2025, "St. Bride's: Upper School")
    for other in (
        "Enrolment: Ashgrove",
        "Pupils 2025-26: Ashgrove",
        "Enrolment 2025-27: Ashgrove",
        "Enrolment 2025-26",
        "",
    ):
        assert read_title(other, LAYOUTS.values()) is None


def test_our_file_of_another_school_or_year_is_asked_about() -> None:
    def said(titled: TitledFor) -> list[tuple[str, str]]:
        return [(each.kind, each.why) for each in ask_about_title(titled, SCHOOL, ENROLMENT.title)]

    assert said(TitledFor("enrolment", 2026, "ASHGROVE SCHOOL")) == []
    assert said(TitledFor("enrolment", 2025, "Birchwood School")) == [
        ("file_other_school", "Its first line says Birchwood School; you are sending for Ashgrove School."),
        ("file_year", "Its first line says 2025-26."),
    ]
    assert [kind for kind, _ in said(TitledFor("joiners", 2026, "Ashgrove School"))] == ["file_type"]
