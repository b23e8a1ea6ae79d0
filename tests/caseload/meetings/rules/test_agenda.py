"""Who is talked about, for how long, in whose part."""

from datetime import date, time

import pytest

from caseload.meetings.rules.agenda import minutes_each, propose, timetable
from caseload.meetings.rules.reasons import CaseFacts

ON = date(2026, 11, 25)
SEND, JUSTICE = 7, 3
ORDER = {JUSTICE: 0, SEND: 1}


def facts(person: int, **known: object) -> CaseFacts:
    quiet = {"neet_since": date(2026, 8, 3), "heard_on": date(2026, 11, 20)}
    return CaseFacts(person=person, **{**quiet, **known})


def test_a_hundred_and_ten_names_fit_two_hours() -> None:
    many = [facts(number, has_review_duty=True) for number in range(110)]

    found = propose(many, minutes=120, on=ON, order={})

    talked = [each for each in found if each.is_talked_about]
    assert (len(found), len(talked), {each.minutes for each in talked}) == (110, 36, {3})
    assert {each.minutes for each in found if not each.is_talked_about} == {0}


def test_the_weightiest_are_talked_about_first() -> None:
    cases = [facts(1, is_vulnerable=True), facts(2, decisions_not_done=1), facts(3, has_review_duty=True)]

    found = propose(cases, minutes=16, on=ON, order={})

    assert [(each.person, each.is_talked_about) for each in found] == [(2, True), (3, True), (1, False)]


def test_whoever_is_named_is_talked_about_however_little_time_there_is() -> None:
    found = propose([facts(n, is_named=True) for n in range(60)], minutes=30, on=ON, order={})

    assert all(each.is_talked_about and each.minutes == 1 for each in found)


def test_whoever_has_no_reason_is_only_noted() -> None:
    (only,) = propose([facts(1)], minutes=120, on=ON, order={})

    assert (only.is_talked_about, only.reasons) == (False, ())


def test_services_come_one_after_the_other_and_nobodys_cases_first() -> None:
    cases = [facts(1, service=SEND, was_not_reached=True), facts(2, service=JUSTICE, is_vulnerable=True),
             facts(3, service=SEND, is_vulnerable=True), facts(4, is_vulnerable=True)]  # fmt: skip

    found = propose(cases, minutes=120, on=ON, order=ORDER)

    assert [each.person for each in found] == [4, 2, 1, 3]


@pytest.mark.parametrize(
    ("minutes", "people", "each"), [(120, 0, 0), (120, 5, 10), (120, 22, 5), (60, 200, 1)]
)
def test_minutes_for_one_come_from_the_time_there_is(minutes: int, people: int, each: int) -> None:
    assert minutes_each(minutes, people) == each


def test_a_service_attends_its_own_part_only() -> None:
    first, second = timetable(time(10), [(JUSTICE, 3), (JUSTICE, 3), (SEND, 10), (JUSTICE, 3)])

    assert (first.service, first.starts, first.ends, first.people) == (JUSTICE, time(10, 10), time(10, 19), 3)
    assert (second.service, second.starts, second.ends, second.people) == (
        SEND,
        time(10, 19),
        time(10, 29),
        1,
    )
