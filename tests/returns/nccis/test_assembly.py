"""From the register to the records of a month's file."""

from datetime import date

import pytest

from returns.nccis.assembly import records, unescaped
from returns.nccis.models import SentRecord, Submission
from returns.nccis.record import Record
from schools.models import Authority
from tests.factories import (
    confirm,
    make_activity,
    make_authority,
    make_characteristic,
    make_person,
    make_residence,
    seed_reference,
)
from tracking.models import Guarantee, YoungPerson
from tracking.rules.ruleset import RuleSet

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 31)
MAY = date(2026, 5, 31)


@pytest.fixture
def authority() -> Authority:
    seed_reference()
    return make_authority()


def assembled(authority: Authority, on: date = OCTOBER) -> list[Record]:
    return list(records(authority=authority, period_end=on, ruleset=RuleSet.from_csv(on)))


def only(authority: Authority, on: date = OCTOBER) -> Record:
    (record,) = assembled(authority, on)
    return record


@pytest.mark.parametrize(
    ("born_on", "plan", "is_in"),
    [
        (date(2011, 9, 1), False, False),  # Year 10 in October 2026
        (date(2011, 8, 31), False, True),  # the youngest of Year 11
        (date(2008, 9, 1), False, True),  # the oldest of academic age 17
        (date(2008, 8, 31), False, False),  # academic age 18
        (date(2008, 8, 31), True, True),  # the same with an EHC plan
        (date(2001, 9, 1), True, True),  # academic age 24 with a plan
        (date(2001, 8, 31), True, False),  # academic age 25
        (date(2008, 2, 29), True, True),
    ],
)
def test_the_file_holds_those_of_an_age(authority: Authority, born_on: date, plan: bool, is_in: bool) -> None:
    person = make_person(authority, date_of_birth=born_on)
    if plan:
        make_characteristic(person, "EHCP")

    assert bool(assembled(authority)) is is_in


def test_somebody_without_a_date_of_birth_is_in_so_that_the_error_shows(authority: Authority) -> None:
    make_person(authority, date_of_birth=None)

    assert only(authority).dob == ""


def test_a_leaver_goes_out_once_in_the_month_they_left(authority: Authority) -> None:
    make_person(authority, cohort_status="T", cohort_status_on=date(2026, 10, 9), transferred_to_la="825")

    assert only(authority).cohort_status == "T"
    september = only(authority, date(2026, 9, 30))
    assert (september.cohort_status, september.transferred_to_la_code) == ("P", "")  # still ours then
    assert assembled(authority, date(2026, 11, 30)) == []


def test_somebody_who_came_back_later_is_not_yet_in(authority: Authority) -> None:
    make_person(authority, cohort_status="P", cohort_status_on=date(2026, 11, 1))

    assert assembled(authority) == []
    assert only(authority, date(2026, 11, 30)).cohort_status == "P"


def test_a_leaver_heard_of_late_goes_out_in_the_next_file_and_in_no_other(authority: Authority) -> None:
    """Left in September, and the file of September still had them."""
    person = make_person(authority, cohort_status="E", cohort_status_on=date(2026, 9, 12))
    told(person, date(2026, 9, 30), "P")

    assert only(authority).cohort_status == "E"

    told(person, OCTOBER, "E")
    assert only(authority).cohort_status == "E"  # October built again is October
    assert assembled(authority, date(2026, 11, 30)) == []


def told(person: YoungPerson, month: date, letter: str) -> None:
    """A file of the month went to the DfE and said this of the person."""
    submission = Submission.objects.create(
        authority=person.authority, period_end=month, date_of_send=month, rules_of="2026-27", content=b"",
        sha256="", size=0, people=1,
    )  # fmt: skip
    SentRecord.objects.create(submission=submission, person=person, period_end=month, letter=letter)


def test_other_authorities_are_left_out(authority: Authority) -> None:
    make_person(make_authority())

    assert assembled(authority) == []


def test_a_february_call_never_shows_in_januarys_file(authority: Authority) -> None:
    activity = make_activity(make_person(authority), "310", date(2025, 9, 1))
    confirm(activity, date(2025, 12, 3))
    confirm(activity, date(2026, 2, 10))

    assert only(authority, date(2026, 1, 31)).date_verified == "2025-12-03"
    assert only(authority, date(2026, 2, 28)).date_verified == "2026-02-10"


def test_a_withdrawn_confirmation_does_not_count(authority: Authority) -> None:
    activity = make_activity(make_person(authority), "310", date(2025, 9, 1))
    confirm(activity, date(2025, 12, 3))
    mistaken = confirm(activity, date(2026, 2, 10))
    confirm(activity, date(2026, 2, 10), voids=mistaken)

    assert only(authority, date(2026, 2, 28)).date_verified == "2025-12-03"


def test_currency_lapses_against_the_end_of_the_month(authority: Authority) -> None:
    activity = make_activity(make_person(authority), "310", date(2024, 9, 1))
    confirm(activity, date(2025, 10, 31))

    on_the_day, after = only(authority, OCTOBER), only(authority, date(2026, 11, 30))

    assert (on_the_day.due_to_lapse_date, on_the_day.currency_lapsed) == ("2026-10-31", "N")
    assert (after.due_to_lapse_date, after.currency_lapsed) == ("2026-10-31", "Y")


def test_nobody_knows_is_sent_from_the_day_after_the_last_activity(authority: Authority) -> None:
    make_activity(make_person(authority), "230", date(2025, 9, 1), ends_on=date(2026, 10, 12))

    record = only(authority)

    assert (record.activity_code, record.start_date) == ("810", "2026-10-13")


def test_nobody_knows_at_school_age_has_its_own_code(authority: Authority) -> None:
    make_person(authority, date_of_birth=date(2011, 3, 1))

    assert only(authority).activity_code == "150"


def test_neet_since_reaches_back_over_neet_codes(authority: Authority) -> None:
    person = make_person(authority)
    make_activity(person, "230", date(2025, 9, 1), ends_on=date(2026, 3, 31))
    make_activity(person, "619", date(2026, 4, 1), ends_on=date(2026, 6, 30))
    make_activity(person, "640", date(2026, 7, 1))

    record = only(authority)

    assert (record.activity_code, record.neet_start_date) == ("640", "2026-04-01")


def test_neet_since_starts_again_after_a_gap(authority: Authority) -> None:
    person = make_person(authority)
    make_activity(person, "619", date(2026, 4, 1), ends_on=date(2026, 6, 30))
    make_activity(person, "619", date(2026, 7, 2))

    assert only(authority).neet_start_date == "2026-07-02"


def test_the_guarantee_moves_up_in_september(authority: Authority) -> None:
    person = make_person(
        authority, date_of_birth=date(2010, 1, 5), has_guarantee=True
    )  # Year 11 to August 2026
    Guarantee.objects.create(person=person, year_group=11, status="110", la_code=authority.code)

    may, october, next_may = only(authority, MAY), only(authority), only(authority, date(2027, 5, 31))

    assert (may.year_11_guarantee_status, may.guarantee_status_indicator) == ("110", "Y")
    assert (october.year_11_guarantee_status, october.guarantee_status_indicator) == ("110", "Y")
    assert next_may.year_11_guarantee_status == ""


def test_the_address_is_that_of_the_month(authority: Authority) -> None:
    person = make_person(authority)
    make_residence(person, town="Oldham Wick", starts_on=None, ends_on=date(2026, 11, 3))
    make_residence(person, town="Newbold Wick", starts_on=date(2026, 11, 4))

    assert only(authority).town == "Oldham Wick"
    assert only(authority, date(2026, 11, 30)).town == "Newbold Wick"


def test_awkward_characters_come_out_as_they_went_in(authority: Authority) -> None:
    make_person(authority, given_name="Zoë\\N", middle_name="A\tB\\t", family_name="O'Dowd\n& <Sons>")

    record = only(authority)

    assert (record.given_name, record.middle_name, record.family_name) == (
        "Zoë\\N",
        "A\tB\\t",
        "O'Dowd\n& <Sons>",
    )


@pytest.mark.parametrize("text", ["\\N", "a\\\\b", "\\", "plain", "tab\tnew\nline"])
def test_unescaping_undoes_the_copy_format(text: str) -> None:
    copied = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")

    assert unescaped(copied) == text


def test_statements_do_not_grow_with_the_register(authority: Authority, django_assert_num_queries) -> None:
    YoungPerson.objects.bulk_create(
        YoungPerson(
            authority=authority,
            young_person_id=f"{authority.database_id}{number:010d}",
            given_name="Ira",
            family_name="Vole",
            date_of_birth=date(2009, 5, 1),
        )
        for number in range(300)
    )

    with django_assert_num_queries(0):  # nothing is asked beside the one copy, which Django does not count
        assert len(assembled(authority)) == 300


def test_what_was_told_ahead_is_verified_from_the_day_it_began(authority: Authority) -> None:
    activity = make_activity(make_person(authority), "230", date(2026, 9, 7), ascertained_on=date(2026, 9, 7))
    confirm(activity, date(2026, 6, 15))

    assert only(authority).date_verified == "2026-09-07"


def test_never_confirmed_is_sent_as_never_verified(authority: Authority) -> None:
    make_activity(make_person(authority), "230", date(2026, 9, 7))

    assert only(authority).date_verified == ""


def test_what_is_kept_for_allocation_never_goes_into_the_file(authority: Authority) -> None:
    """R58: the council that looks after somebody, and our own code for an unaccompanied child, stay here."""
    person = make_person(authority)
    before = only(authority)

    make_characteristic(person, "UASC")
    type(person).objects.filter(pk=person.pk).update(corporate_parent_la="802")

    assert only(authority) == before
