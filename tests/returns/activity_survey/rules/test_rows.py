"""What the file's columns write, and what is looked for before it is made."""

from datetime import date

import pytest

from returns.activity_survey.rules.duty import added_up, duty_of
from returns.activity_survey.rules.rows import Row, found_wrong, layout_of
from tracking.rules.activity_survey import (
    DaysAs,
    Destinations,
    Holds,
    SurveyColumn,
    survey_column,
    survey_days,
    survey_year,
)
from tracking.rules.ruleset import RuleSet

RULES = RuleSet.from_csv(date(2026, 11, 1))
KNOWN = Row(
    1, 11, "4440000000001", "A1", "", "Ada", "", "Ambler", date(2010, 3, 14), "F", "ZZ9 9ZZ", "9991001",
    "Fernley School", 11, "school", "apprenticeship", "310", "known", "9992002", "Mill College",
    date(2026, 12, 3), "parent",
)  # fmt: skip


def cells(row: Row, *columns: SurveyColumn) -> tuple[str, ...]:
    found = Destinations(RULES.activity_survey_groups)
    return layout_of({each.code: each for each in columns}, found, "886").cells(row)


def test_each_thing_a_column_may_hold_is_written() -> None:
    columns = [SurveyColumn(each.value, each.value, number, each) for number, each in enumerate(Holds)]

    written = dict(zip(Holds, cells(KNOWN, *columns), strict=True))

    assert written[Holds.CODE] == "310"
    assert written[Holds.GROUP_WORDS] == "Apprenticeship"
    assert written[Holds.COUNCIL] == "886"
    assert (written[Holds.BORN_ON], written[Holds.VERIFIED_ON]) == ("2010-03-14", "2026-12-03")
    assert [each for each in Holds if not written[each]] == [Holds.ULN, Holds.MIDDLE_NAME, Holds.NOTHING]


def test_columns_come_in_their_order_with_their_own_words_and_days() -> None:
    born = SurveyColumn("a", "Born", 20, Holds.BORN_ON, days_as=DaysAs.BRITISH)
    group = SurveyColumn("b", "Where", 10, Holds.GROUP, values={"apprenticeship": "04"})

    assert cells(KNOWN, born, group) == ("04", "14/03/2010")


def test_what_nobody_confirmed_is_not_told_on() -> None:
    code = SurveyColumn("a", "Code", 1, Holds.CODE)
    provider = SurveyColumn("b", "At", 2, Holds.PROVIDER)

    assert cells(KNOWN._replace(standing="to_confirm"), code, provider) == ("", "")


def test_a_line_of_values_without_an_equals_sign_is_refused() -> None:
    row = {
        "code": "a",
        "heading": "A",
        "order": "1",
        "holds": "gender",
        "values": "F = 2\nM=1",
        "days_as": "",
    }
    assert survey_column(row).values == {"F": "2", "M": "1"}

    with pytest.raises(ValueError, match="equals sign"):
        survey_column({**row, "values": "F 2"})


def test_the_checks_find_whom_they_are_for() -> None:
    other = KNOWN._replace(person_id=12, number="4440000000002", given_name="Bram")
    twice = KNOWN._replace(person_id=13, family_name="AMBLER ")
    rows = [
        KNOWN,
        other,
        twice,
        other._replace(born_on=None, group="", school_number="", family_name="Brook"),
    ]

    found = found_wrong(rows)

    assert found == {
        "no_birth_date": [rows[3]], "no_group": [rows[3]], "twice": [KNOWN, twice], "no_school": [rows[3]],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 5, 31), 2025), (date(2026, 6, 1), 2026), (date(2027, 1, 31), 2026)],
)
def test_the_year_that_is_spoken_of_turns_after_31_may(today: date, year: int) -> None:
    assert survey_year(today, RULES.limits) == year


def test_the_days_are_those_of_the_rules() -> None:
    days = survey_days(2026, RULES.limits)

    assert (days.list_on, days.on, days.due_on) == (date(2026, 5, 31), date(2026, 11, 1), date(2027, 1, 31))


def test_the_duty_counts_by_the_table_and_tells_re_engagement_apart() -> None:
    counted = [("230", "EET", 6), ("310", "EET", 1), ("230", "NOT_KNOWN", 2), ("530", "EET", 1), ("710", "EXCLUDED", 3),
               ("619", "NEET", 1), ("", "NOT_KNOWN", 1)]  # fmt: skip

    duty = added_up(counted, RULES.activities)

    assert duty.numbers == [7, 1, 0, 1, 3]
    assert (duty.people, duty.exempt, duty.re_engaged) == (12, 3, 1)
    assert duty.meeting_rate == pytest.approx(100 * 7 / 12)
    assert duty.rate_with_re_engagement == pytest.approx(100 * 8 / 12)
    assert duty_of("999", "EET", RULES.activities) == "not known"
