"""What a list and the register differ in is settled for many at once."""

from datetime import date

import pytest

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from returns.intake.models import Intake
from returns.lists.actions import settle
from returns.lists.models import Explanation
from returns.lists.queries import Difference, compared
from returns.lists.rules import DIFFERS, END, EXPLAIN, NEW, NOT_LISTED, TAKE, TASK
from schools.models import Authority
from tests.factories import make_activity, make_person, make_user
from tests.returns.lists.conftest import DAY, WHO, Bring, row
from tracking.models import Task, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

People = dict[str, YoungPerson]


def of(intake: Intake, part: str, *people: YoungPerson) -> list[Difference]:
    wanted = {person.pk for person in people}
    return [each for each in compared(intake).of(part) if not wanted or each.person_id in wanted]


def names(found: list[Difference]) -> list[str]:
    people = YoungPerson.objects.in_bulk([each.person_id for each in found])
    return sorted(people[each.person_id].family_name for each in found)


def test_a_list_is_held_against_the_register(in_care: Intake) -> None:
    found = compared(in_care)

    assert found.agreeing == 1
    assert names(of(in_care, DIFFERS)) == ["Birch"]
    assert names(of(in_care, NOT_LISTED)) == ["Cole", "Dale"]
    assert [each.number for each in found.of(NEW)] == [4]


def test_a_list_of_changes_asks_after_nobody(people: People, bring: Bring) -> None:
    people["Cole"].characteristics.create(code="110", starts_on=date(2025, 1, 1))

    made = bring("looked_after", f"{WHO},Status", row(people["Ambler"], "LAC"), whole=False)

    assert compared(made).of(NOT_LISTED) == ()


def test_it_ends_the_day_before_the_list_for_those_not_on_it(
    in_care: Intake, people: People, officer: User
) -> None:
    assert settle(intake=in_care, act=END, found=of(in_care, NOT_LISTED, people["Cole"]), by=officer) == 1

    ended = people["Cole"].characteristics.get()
    assert (ended.starts_on, ended.ends_on) == (date(2025, 1, 1), date(2026, 11, 19))
    assert people["Dale"].characteristics.get().ends_on is None
    assert names(of(in_care, NOT_LISTED)) == ["Dale"]
    event = AuditEvent.objects.get(kind="lists.ended_for_those_not_listed")
    assert event.subjects == [people["Cole"].pk]


def test_an_activity_ends_too(authority: Authority, bring: Bring, officer: User) -> None:
    there, gone = (make_person(authority, date_of_birth=date(2012, 5, 1 + each)) for each in range(2))
    for child in (there, gone):
        make_activity(child, "120", date(2025, 9, 1), verified_on=date(2026, 9, 1), source="service")
    made = bring("home_educated", f"{WHO},Since", row(there, "01/09/2025"))

    settle(intake=made, act=END, found=of(made, NOT_LISTED), by=officer)

    assert gone.activities.get().ends_on == date(2026, 11, 19)
    assert there.activities.get().ends_on is None
    gone.situation.refresh_from_db()
    assert gone.situation.code != "120"


def test_the_word_of_the_list_is_taken(in_care: Intake, people: People, officer: User) -> None:
    settle(intake=in_care, act=TAKE, found=of(in_care, DIFFERS), by=officer)

    held = people["Birch"].characteristics.order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(held) == [(date(2026, 1, 1), date(2026, 11, 19)), (DAY, None)]
    assert of(in_care, DIFFERS) == []


def test_what_is_right_as_it_is_is_not_asked_again(in_care: Intake, people: People, officer: User) -> None:
    found = of(in_care, NOT_LISTED, people["Dale"])
    with pytest.raises(NotRight, match="Say why"):
        settle(intake=in_care, act=EXPLAIN, found=found, why=" ", by=officer)

    settle(intake=in_care, act=EXPLAIN, found=found, why="Placed by Camden", by=officer)
    settle(intake=in_care, act=EXPLAIN, found=found, why="Placed by Camden", by=officer)

    assert Explanation.objects.get().why == "Placed by Camden"
    assert names(of(in_care, NOT_LISTED)) == ["Cole"]
    assert [each.explained for each in compared(in_care).of(NOT_LISTED, explained=True)] == [
        "Placed by Camden"
    ]


def test_a_task_for_each_is_set_once(in_care: Intake, officer: User) -> None:
    assert settle(intake=in_care, act=TASK, found=of(in_care, NOT_LISTED), by=officer) == 2
    assert settle(intake=in_care, act=TASK, found=of(in_care, NOT_LISTED), by=officer) == 0

    assert Task.objects.filter(kind="return_differs").count() == 2


def test_acts_that_do_not_fit_and_people_who_may_not_are_refused(in_care: Intake) -> None:
    found = of(in_care, NOT_LISTED)
    stranger = make_user("caseworker", in_care.authority)
    with pytest.raises(NotRight):
        settle(intake=in_care, act=TAKE, found=found, by=stranger)
    with pytest.raises(NotPermitted):
        settle(intake=in_care, act=END, found=found, by=stranger)
