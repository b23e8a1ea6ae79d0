import re
from datetime import date, timedelta

import pytest

from tracking.rules.codes import AreaKind, Belief, CohortKind, ErrorRule, Evidence, Need, Status
from tracking.rules.ruleset import TABLES, BadRow, RuleSet, holds_on, seed_tables

TODAY = RuleSet.from_csv(date(2026, 10, 31))
Y2019 = RuleSet.from_csv(date(2019, 4, 30))
PLACES = {
    "identity",
    "address",
    "area",
    "cohort",
    "send",
    "need",
    "characteristics",
    "guarantee",
    "activity",
    "destination",
}


def changed(table, **columns):
    """The seed tables with the first row of one table changed."""
    tables = dict(seed_tables())
    first, *rest = tables[table]
    tables[table] = ({**first, **columns}, *rest)
    return tables


def test_activity_codes_of_a_year_are_the_valid_ones():
    assert "720" in RuleSet.from_csv(date(2018, 3, 31)).activities
    assert "720" not in RuleSet.from_csv(date(2018, 4, 1)).activities
    assert len(Y2019.activities) == len(TODAY.activities) == 45


def test_neet_codes_are_the_ones_that_need_a_neet_start():
    neet = ["540", "610", "615", "616", "619", "620", "630", "640", "650", "660", "670", "680"]

    assert TODAY.activities_with(Status.NEET) == frozenset(neet)


def test_every_activity_has_a_currency_rule_and_words():
    assert TODAY.currency.keys() == TODAY.activities.keys()
    assert all(activity.plain_words for activity in TODAY.activities.values())


def headings(table: str) -> set[str]:
    """What its first row holds; of a table the councils fill, nothing."""
    return set().union(*seed_tables()[table][:1])


@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_words_of_a_list_admit_a_missing_label(table):
    shown = [row.get("plain_words", "") for row in seed_tables()[table]]

    assert not [words for words in shown if re.search(r"not confirmed|not found|\bcode\b", words)]


@pytest.mark.parametrize("table", [name for name in sorted(TABLES) if "plain_words" in headings(name)])
def test_plain_words_tell_the_codes_of_a_list_apart(table):
    shown = [
        (row.get("survey"), row.get("language"), row["plain_words"])  # two surveys may ask the same
        for row in seed_tables()[table]
        if holds_on(row, date(2026, 10, 31))
    ]

    assert len(shown) == len(set(shown))


def test_review_date_became_mandatory_for_616_in_2019():
    assert "616" not in RuleSet.from_csv(date(2019, 3, 31)).needing(Need.REVIEW_DATE)
    assert "616" in Y2019.needing(Need.REVIEW_DATE)


def test_asked_by_an_error_names_its_activities_and_what_they_lack():
    assert TODAY.asked_by("233") == {"620": "140"}
    assert TODAY.asked_by("254") == {"280": "Y"}
    assert TODAY.asked_by("253") == {"440": "18"}
    assert TODAY.asked_by("236") == {}


def test_needing_something_no_code_asks_for_is_empty():
    tables = {**seed_tables(), "activity_requirements": ()}

    assert not RuleSet.from_rows(date(2026, 10, 31), tables).needing(Need.SEND)


@pytest.mark.parametrize(
    ("on", "group"),
    [(date(2022, 10, 11), {"120"}), (date(2022, 10, 12), {"190"})],
)
def test_vulnerable_group_takes_190_for_120_in_october_2022(on, group):
    characteristics = RuleSet.from_csv(on).characteristics
    vulnerable = {code for code, words in characteristics.items() if words.in_vulnerable_group}

    assert vulnerable & {"120", "190"} == group
    assert vulnerable - group == {"110", "130", "140", "150", "160", "170", "200", "210"}


def test_authorities_follow_the_reorganisations():
    assert "928" in Y2019.authorities
    assert {"940", "941"} & Y2019.authorities == set()
    assert "928" not in TODAY.authorities
    assert {"940", "941", "942", "943", "702", "886"} <= TODAY.authorities


def test_areas_outside_england_are_no_authorities():
    assert TODAY.areas_of(AreaKind.OUTSIDE_ENGLAND) == {"000", "001", "002", "003"}
    assert TODAY.areas_of(AreaKind.UNKNOWN) == {"004"}


def test_cohort_letters_by_what_they_mean():
    assert TODAY.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE) == {"P", "G"}
    assert {code for code, status in TODAY.cohort_statuses.items() if status.sent_once} == set("ATEMDL")


@pytest.mark.parametrize(("year", "count"), [(2015, 86), (2019, 82), (2020, 85), (2026, 88)])
def test_errors_of_a_year(year, count):
    assert len(RuleSet.from_csv(date(year, 4, 1)).errors) == count


def test_errors_are_93_in_all_and_each_says_what_is_wrong_and_how_to_mend_it():
    rows = seed_tables()["error_rules"]

    assert len(rows) == 93
    assert len({row["wrong"] for row in rows}) == 93
    assert {row["place"] for row in rows} == PLACES
    assert not [
        row["code"] for row in rows if not row["wrong"].endswith(".") or not row["mend"].endswith(".")
    ]


def test_error_of_priority_3_is_a_warning():
    assert [rule.code for rule in TODAY.errors.values() if rule.is_warning] == ["908"]
    assert isinstance(TODAY.errors["5"], ErrorRule)


def test_errors_that_reject_the_file():
    assert {code for code, rule in TODAY.errors.items() if rule.rejects_file} == {"240", "904"}


def test_dated_rows_hold_on_both_their_ends():
    row = {"valid_from": "2020-04-01", "valid_to": "2021-03-31"}
    first, last = date(2020, 4, 1), date(2021, 3, 31)

    assert holds_on(row, first)
    assert holds_on(row, last)
    assert not holds_on(row, first - timedelta(days=1))
    assert not holds_on(row, last + timedelta(days=1))
    assert holds_on({}, first)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_seed_rows_of_one_key_never_hold_on_the_same_day(table):
    rows = seed_tables()[table]
    spans = [(tuple(row[c] for c in TABLES[table]), row["valid_from"], row["valid_to"]) for row in rows]

    for key, start, end in spans:
        holding = [other for other in spans if other[0] == key and other[1] <= start <= (other[2] or "9")]
        assert holding == [(key, start, end)]


@pytest.mark.parametrize("table", sorted(name for name in TABLES if "evidence" in headings(name)))
def test_seed_says_how_sure_each_row_is(table):
    assert {row["evidence"] for row in seed_tables()[table]} <= set(Evidence)


@pytest.mark.parametrize(
    ("table", "columns", "words"),
    [
        ("activity_codes", {"status": "LOST"}, "activity_codes: 110: 'LOST'"),
        ("activity_codes", {"counts_in_education_and_training": "perhaps"}, "neither Y nor N"),
        ("currency_rules", {"amount": "some"}, "currency_rules: 110"),
        ("limits", {"value": ""}, "limits: youngest_academic_age"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(table, columns, words):
    with pytest.raises(BadRow, match=re.escape(words)):
        RuleSet.from_rows(date(2026, 10, 31), changed(table, **columns))


def test_two_rows_of_one_code_on_one_day_are_refused():
    with pytest.raises(BadRow, match="gender_codes: M has two rows that hold on 2026-10-31"):
        RuleSet.from_rows(date(2026, 10, 31), changed("gender_codes", code="M"))


def test_whose_word_counts_is_data():
    assert TODAY.belief("activity", "provider") is Belief.NEWEST
    assert TODAY.belief("name", "provider") is Belief.FILLS
    assert {TODAY.belief(field, "survey") for field in ("activity", "address")} == {Belief.NEVER}
    assert TODAY.belief("activity", "somebody unheard of") is Belief.NEVER
    assert TODAY.believed("activity") >= {"young_person", "provider"}
    assert not TODAY.believed("activity") & {"survey", "loaded"}
