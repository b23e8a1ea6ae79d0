from datetime import date

import pytest

from returns.nccis.checks import CHECKS, FILE_ERRORS, Context, FileChecks, Finding, check_record
from returns.nccis.checks.registry import check
from returns.nccis.record import Record
from tests.files.month import Month
from tracking.rules.ruleset import RuleSet, seed_tables

MONTH = Month("2026-27")
JUNE_2015 = date(2015, 6, 30)


def context_on(period_end, **asked):
    rules = RuleSet.from_csv(asked.pop("rules_on", period_end))
    return Context(rules, period_end, **({"database_ids": ["886"], "la_codes": ["886"]} | asked))


TODAY = context_on(MONTH.period_end)


def codes(record, context=TODAY):
    return {finding.code for finding in check_record(record, context)}


class OnlyTheseColumns:
    """A record that answers for some of its columns and fails for the others."""

    def __init__(self, record, columns):
        self._values = {column: getattr(record, column) for column in columns}

    def __getattr__(self, name):
        if name not in self._values:
            raise AssertionError(f"reads {name} without saying so")
        return self._values[name]


def awkward_records():
    """Records that drive the checks down all their branches."""
    year = MONTH.year_start.isoformat()
    yield MONTH.person()
    yield MONTH.person(22, send_flag="N", cohort_status="T", transferred_to_la_code="999")
    yield MONTH.person(12, **MONTH.neet("620"), gender="M", characteristics=("180",))
    yield MONTH.pupil(cohort_status="E", transferred_to_la_code="999", youth_contract_indicator="Y")
    yield MONTH.person(12, activity_code="440", guarantee_status_indicator="Y", establishment_number="")
    yield MONTH.person(12, **{**MONTH.offer(11), **MONTH.offer(12), "cohort_status": "G"})
    yield MONTH.person(12, activity_code="720", neet_start_date=year, postcode="")
    yield Record()


@pytest.mark.parametrize("code", sorted(CHECKS))
def test_check_reads_only_the_columns_it_names(code):
    bound = CHECKS[code]
    context = context_on(MONTH.period_end, rules_on=JUNE_2015)

    for record in awkward_records():
        assert isinstance(bound.fails(OnlyTheseColumns(record, bound.reads), context), bool)


def test_every_dfe_error_has_exactly_one_check():
    assert set(CHECKS) | set(FILE_ERRORS) == {row["code"] for row in seed_tables()["error_rules"]}
    assert set(CHECKS).isdisjoint(FILE_ERRORS)


def test_a_second_check_of_one_error_is_refused():
    with pytest.raises(ValueError, match="error 5 is bound twice"):
        check("5", "gender")(lambda record, context: True)


def test_finding_says_what_is_wrong_and_where_to_mend_it():
    (finding,) = check_record(MONTH.person(gender="X"), TODAY)

    assert (finding.code, finding.field, finding.value) == ("5", "Gender", "X")
    assert finding.words.startswith("Gender holds something")
    assert finding.how == "Choose one from the list."
    assert (finding.mend, finding.is_warning) == ("identity", False)


def test_finding_shows_all_characteristics_and_nothing_for_a_missing_part():
    listed = check_record(MONTH.person(characteristics=("110", "999")), TODAY)
    missing = check_record(
        MONTH.person(**dict.fromkeys(MONTH.course("230"), ""), has_activities=False), TODAY
    )

    assert [finding.value for finding in listed] == ["110 999"]
    assert [(finding.code, finding.value) for finding in missing] == [("240", "")]


def test_checks_follow_the_year():
    w, n = MONTH.person(gender="W"), MONTH.person(gender="N")
    old = context_on(MONTH.period_end, rules_on=date(2018, 6, 30))

    assert "5" not in codes(w)
    assert "5" in codes(n)
    assert "5" in codes(w, old)
    assert "5" not in codes(n, old)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"youth_contract_indicator": "Y"}, "29"),
        ({"youth_contract_indicator": "X"}, "36"),
        ({"activity_code": "720", "review_date": "2015-07-01"}, "236"),
    ],
)
def test_errors_of_2015_are_found_in_files_of_2015_only(changes, code):
    record = MONTH.person(**changes)

    assert code in codes(record, context_on(MONTH.period_end, rules_on=JUNE_2015))
    assert code not in codes(record)


@pytest.mark.parametrize(
    ("year_group", "send", "expected"), [(15, "N", set()), (16, "N", {"33", "40"}), (16, "Y", set())]
)
def test_error_33_and_40_of_2015_begin_at_20(year_group, send, expected):
    record = MONTH.person(year_group, send_flag=send)

    assert codes(record, context_on(MONTH.period_end, rules_on=JUNE_2015)) & {"33", "40"} == expected


@pytest.mark.parametrize(
    ("year_group", "send", "status", "expected"),
    [
        (13, "N", "P", False),
        (14, "N", "P", True),
        (14, "", "P", True),
        (14, "Y", "P", False),
        (20, "N", "P", True),
        (20, "Y", "P", False),
        (14, "N", "A", False),
        (16, "N", "L", False),
        (14, "N", "T", True),
    ],
)
def test_error_40_follows_its_words(year_group, send, status, expected):
    moved = {"transferred_to_la_code": "887"} if status == "T" else {}
    record = MONTH.person(year_group, send_flag=send, cohort_status=status, **moved)

    assert ("40" in codes(record)) is expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2010-08-31", set()),  # Year 12 by one day
        ("2010-09-01", {"229"}),  # Year 11
        ("2011-08-31", {"229"}),
        ("2011-09-01", {"229", "10"}),  # Year 10
        ("2000-08-31", {"9"}),  # academic age 26
        ("2000-09-01", set()),  # academic age 25
    ],
)
def test_ages_turn_on_1_september(born, expected):
    record = MONTH.person(dob=born, send_flag="Y")

    assert codes(record) == expected


def test_born_on_29_february_turns_18_on_1_march():
    young = MONTH.person(12, dob="2008-02-29", **MONTH.course("440", start_date="2026-02-28"))
    old = MONTH.person(12, dob="2008-02-29", **MONTH.course("440", start_date="2026-03-01"))

    assert "253" in codes(young)
    assert "253" not in codes(old)


@pytest.mark.parametrize("code", ["251", "253"])
def test_ages_are_not_judged_without_dates(code):
    for changes in ({"dob": ""}, {"start_date": "", "neet_start_date": "soon"}):
        record = MONTH.person(**(MONTH.course("440") | {"neet_start_date": "2001-01-01"} | changes))
        assert code not in codes(record)


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-10-31", set()), ("2026-11-01", {"305"}), ("2026-13-01", set())]
)
def test_verified_on_the_last_day_of_the_month_is_in_time(day, expected):
    assert codes(MONTH.person(date_verified=day)) == expected


@pytest.mark.parametrize(
    ("period_end", "group", "block"),
    [
        (date(2026, 8, 31), 11, 11),
        (date(2026, 8, 31), 12, 12),
        (date(2026, 9, 30), 12, 11),
        (date(2027, 3, 31), 13, 12),
        (date(2027, 4, 30), 11, 11),
    ],
)
def test_guarantee_belongs_to_last_years_group_from_september(period_end, group, block):
    context = context_on(period_end)
    born = date(period_end.year - (period_end.month < 9) - group - 4, 5, 6).isoformat()
    bare = MONTH.person(dob=born, guarantee_status_indicator="Y")
    offered = bare._replace(**MONTH.offer(block))

    assert "906" in codes(bare, context)
    assert "906" not in codes(offered, context)


def test_year_13_in_summer_needs_no_guarantee():
    bare = MONTH.person(dob="2008-05-06", guarantee_status_indicator="Y")

    assert "906" not in codes(bare, context_on(date(2026, 6, 30)))


@pytest.mark.parametrize("name", ["Zoë", "O'Neill", "Anne-Marie", "van der Berg", "Siân"])
def test_ordinary_names_hold_no_forbidden_sign(name):
    assert codes(MONTH.person(given_name=name, family_name=name, middle_name=name)) == set()


def test_file_checks_count_guarantee_records_out_of_repeated_identifiers():
    whole = FileChecks(TODAY)
    person = MONTH.person()
    whole.add(person)
    whole.add(person._replace(cohort_status="G", unique_learner_no="", family_name="Other"))

    assert whole.findings() == []


def test_file_checks_name_a_repeated_identifier_once_and_every_sharer():
    whole = FileChecks(TODAY)
    person = MONTH.person(unique_learner_no="1000000027")
    for number in ("8860000009001", "8860000009002", "8860000009002"):
        whole.add(person._replace(young_persons_id=number))

    found = [(each.code, each.young_persons_id) for each in whole.findings()]
    assert found == [
        ("902", "8860000009002"),
        ("907", "8860000009001"),
        ("907", "8860000009002"),
        ("908", "8860000009001"),
        ("908", "8860000009002"),
    ]


def test_file_checks_call_one_record_sent_twice_one_repeated_identifier():
    whole = FileChecks(TODAY)
    person = MONTH.person()
    whole.add(person)
    whole.add(person)

    assert [each.code for each in whole.findings()] == ["902"]


def test_file_checks_follow_the_year_too():
    context = context_on(MONTH.period_end)
    object.__setattr__(context.ruleset, "errors", {})
    whole = FileChecks(context)
    person = MONTH.person()
    whole.add(person)
    whole.add(person)

    assert whole.findings() == []


def test_warning_is_told_from_an_error():
    rule = TODAY.ruleset.errors["908"]

    assert Finding("8860000000001", "", rule).is_warning
