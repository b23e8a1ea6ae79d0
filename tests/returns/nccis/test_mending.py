"""One answer for many records of an error's list."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from neet.audit.models import AuditEvent
from returns.nccis.actions import Month, check_month
from returns.nccis.mending import mend_many, one_answer
from tests.factories import make_authority, make_person, make_user, sign_in
from tests.returns.nccis.conftest import make_faulty
from tracking.models import YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.refusals import NotPermitted

pytestmark = pytest.mark.django_db
HERE = "/month/2026-10/errors/4/"


@pytest.fixture
def answer(october: Month) -> Any:
    rules = ruleset(october.period_end)
    return one_answer(rules.errors["4"], rules)


@pytest.fixture
def people(october: Month) -> list[YoungPerson]:
    """Five without a gender, found by the month's check."""
    made = [make_faulty(october.authority) for _ in range(5)]
    check_month(month=october, by=None)
    return made


def genders(people: list[YoungPerson]) -> list[str]:
    return [YoungPerson.objects.get(pk=each.pk).gender for each in people]


def words(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


def test_the_ticked_are_mended_at_once_under_one_event(people: Any, desk: Client) -> None:
    done = desk.post(
        HERE, {"ticked": [people[0].pk, people[2].pk], "value": "U", "act": "ticked"}, follow=True
    )

    assert "2 records mended" in words(done)
    assert genders(people) == ["U", "", "U", "", ""]
    event = AuditEvent.objects.get(kind="register.details_changed")
    assert sorted(event.subjects) == [people[0].pk, people[2].pk]
    assert words(done).count("Mended") == 2


def test_all_of_them_are_mended(people: Any, desk: Client) -> None:
    desk.post(HERE, {"value": "M", "act": "all"})

    assert genders(people) == ["M"] * 5


def test_what_somebody_mended_meanwhile_stays(people: Any, answer: Any, officer: Any) -> None:
    YoungPerson.objects.filter(pk=people[0].pk).update(gender="F")

    assert mend_many(people=[each.pk for each in people], answer=answer, value="M", by=officer) == 4
    assert genders(people) == ["F", "M", "M", "M", "M"]
    assert mend_many(people=[each.pk for each in people], answer=answer, value="F", by=officer) == 0


def test_nobody_ticked_and_no_value_are_said(people: Any, desk: Client) -> None:
    assert "Select at least one young person" in words(desk.post(HERE, {"value": "M", "act": "ticked"}))
    assert "Select the gender" in words(desk.post(HERE, {"ticked": [people[0].pk], "value": ""}))
    assert genders(people) == [""] * 5


def test_a_value_off_the_list_is_not_written(people: Any, desk: Client, answer: Any, officer: Any) -> None:
    desk.post(HERE, {"value": "X9", "act": "all"})
    with pytest.raises(ValueError, match="gender"):
        mend_many(people=[people[0].pk], answer=answer, value="X9", by=officer)

    assert genders(people) == [""] * 5


def test_an_error_that_needs_a_look_each_takes_no_one_answer(october: Month, desk: Client) -> None:
    rules = ruleset(october.period_end)
    assert one_answer(rules.errors["1"], rules) is None
    make_person(october.authority, given_name="")
    check_month(month=october, by=None)

    assert desk.post("/month/2026-10/errors/2/", {"value": "M", "act": "all"}).status_code == 404
    assert "of the ticked" not in words(desk.get("/month/2026-10/errors/2/"))


def test_who_may_not_change_records_or_sees_other_councils_mends_nothing(people: Any, answer: Any) -> None:
    manager = make_user("manager", people[0].authority)
    stranger = make_user("mi_officer", make_authority(code="887"))

    with pytest.raises(NotPermitted):
        mend_many(people=[people[0].pk], answer=answer, value="M", by=manager)
    assert mend_many(people=[people[0].pk], answer=answer, value="M", by=stranger) == 0
    desk = sign_in(Client(), manager)
    assert "of the ticked" not in words(desk.get(HERE))
    assert desk.post(HERE, {"value": "M", "act": "all"}).status_code == 404
    assert genders(people) == [""] * 5


def test_statements_do_not_grow_with_the_records(
    people: Any, answer: Any, officer: Any, assert_statements: Any
) -> None:
    more = [make_faulty(people[0].authority) for _ in range(40)]

    with assert_statements(12):
        assert mend_many(people=[each.pk for each in more], answer=answer, value="M", by=officer) == 40
