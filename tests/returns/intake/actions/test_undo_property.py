"""Any return into any register, with anybody's edits since: taken back, the edits stay and the rest is as before."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from neet.accounts.models import User
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.taking_back import withdraw
from returns.intake.models import Intake
from tests.factories import (
    make_activity,
    make_college,
    make_objection,
    make_person,
    make_residence,
    make_user,
)
from tests.returns.intake.ready import YEAR_START, make_asked, sent
from tracking.models import Activity, YoungPerson
from tracking.register.actions.activities import record_activity
from tracking.register.actions.contact import move_address, record_contact_point
from tracking.register.actions.people import change_details
from tracking.register.refusals import Conflict, NotRight
from tracking.register.rules.activities import Told
from tracking.register.statements import Address, Reach
from tracking.state.queries import digests

EXAMPLES = int(os.environ.get("UNDO_EXAMPLES", "10"))
DAYS = st.dates(date(2026, 8, 1), date(2026, 9, 19))
CODES = st.sampled_from(["110", "210", "230", "310", "619", "810"])
PASTS = st.lists(st.tuples(CODES, st.dates(date(2025, 9, 1), date(2026, 9, 12)), st.booleans()), max_size=3)
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {"past": PASTS, "home": st.booleans(), "objects": st.booleans(), "guarantee": st.booleans()}
    ),
    min_size=1,
    max_size=4,
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "activity": st.sampled_from(["", "210", "230", "310"]),
            "starts_on": st.one_of(st.just(""), DAYS.map(date.isoformat)),
            "left_on": st.one_of(st.just(""), st.just(""), DAYS.map(date.isoformat)),
            "mobile": st.sampled_from(["", "07700 900111"]),
            "line_1": st.sampled_from(["", "1 Hill", "2 Hill"]),
            "middle_name": st.sampled_from(["", "May"]),
            "objection": st.sampled_from(["", "", "Y"]),
        }
    ),
    min_size=1,
    max_size=5,
)
EDITS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["activity", "address", "contact", "name"]), DAYS),
    max_size=4,
)


def with_past(person: YoungPerson, past: list[tuple[str, date, bool]], asked: ExpectedReturn) -> None:
    """One activity after the other, the last of them going on."""
    elsewhere = make_college()
    starts = sorted({starts_on: (code, here) for code, starts_on, here in past}.items())
    for at, (starts_on, (code, here)) in enumerate(starts):
        ends_on = starts[at + 1][0] - timedelta(days=1) if at + 1 < len(starts) else None
        place = asked.establishment if here else elsewhere
        make_activity(person, code, starts_on, ends_on=ends_on, establishment=place, verified_on=starts_on)


def activity(person: YoungPerson, on: date, by: User) -> None:
    record_activity(person=person, told=Told("619", on, date(2026, 9, 20), "young_person"), by=by)


def address(person: YoungPerson, on: date, by: User) -> None:
    current = person.residences.filter(ends_on=None).first()
    where = Address("9 Officer Street", on, postcode="ZZ9 9ZZ")
    move_address(person=person, address=where, seen_id=current.pk if current else None, by=by)


def contact(person: YoungPerson, on: date, by: User) -> None:
    record_contact_point(person=person, reach=Reach("mobile", f"07700 9{on:%m%d}", "young_person"), by=by)


def name(person: YoungPerson, on: date, by: User) -> None:
    change_details(person=person, changes={"known_as": f"K{on:%d}"}, version=person.version, by=by)


EDIT: dict[str, Callable[[YoungPerson, date, User], None]] = {
    each.__name__: each for each in (activity, address, contact, name)
}


@pytest.mark.usefixtures("clock_of_the_return")
class TestUndo(TestCase):
    def world(self, people: list[dict[str, Any]]) -> tuple[ExpectedReturn, list[YoungPerson]]:
        asked = make_asked()
        made = []
        for about in people:
            person = make_person(asked.collection.authority, date_of_birth=date(2010, 1, 5 + len(made)))
            with_past(person, about["past"], asked)
            if about["home"]:
                make_residence(person, source="loaded")
            if about["objects"]:
                make_objection(person)
            if about["guarantee"]:
                person.guarantees.create(year_group=11, status="159")
            made.append(person)
        return asked, made

    def the_return(
        self, asked: ExpectedReturn, people: list[YoungPerson], rows: list[dict[str, str]]
    ) -> Intake:
        whose = [people[at] if at < len(people) else None for at in range(len(rows))]
        lines = [(person, {**row, "family_name": "New" + "abcde"[at]} if person is None else row)
                 for at, (person, row) in enumerate(zip(whose, rows, strict=True))]  # fmt: skip
        return sent(asked, *lines)

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(PEOPLE, ROWS)
    def test_without_edits_all_is_as_before(
        self, people: list[dict[str, Any]], rows: list[dict[str, str]]
    ) -> None:
        asked, made = self.world(people)
        before = digests()

        done = withdraw(intake=self.the_return(asked, made, rows), by=None)

        assert {table for table, digest in digests().items() if digest != before[table]} == set()
        assert done.staying == ()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(PEOPLE, ROWS, EDITS)
    def test_edits_since_stay_and_the_rest_goes_back(
        self, people: list[dict[str, Any]], rows: list[dict[str, str]], edits: list[tuple[int, str, date]]
    ) -> None:
        asked, made = self.world(people)
        officer = make_user("tracking_officer", asked.collection.authority)
        known = {person.pk: facts_of(person) for person in made}
        intake = self.the_return(asked, made, rows)
        everybody = list(YoungPerson.objects.order_by("pk"))
        edited: dict[tuple[int, str], Any] = {}
        for which, kind, on in edits:
            person = everybody[which % len(everybody)]
            person.refresh_from_db()
            try:
                EDIT[kind](person, on, officer)
            except (NotRight, Conflict):
                continue
            edited[person.pk, kind] = facts_of(person)[kind]

        withdraw(intake=intake, by=None)

        for person in made:
            for kind, before in known[person.pk].items():
                expected = edited.get((person.pk, kind), before)
                if kind in ("activity", "address") or (person.pk, kind) not in edited:
                    assert facts_of(person)[kind] == expected, kind
        stayed = set(YoungPerson.objects.values_list("pk", flat=True)) - {person.pk for person in made}
        assert stayed == {pk for pk, _ in edited} - {person.pk for person in made}
        assert not Activity.objects.exclude(person__in=YoungPerson.objects.all()).exists()


def facts_of(person: YoungPerson) -> dict[str, Any]:
    """What is known of somebody, by what an officer edits together."""
    now = YoungPerson.objects.get(pk=person.pk)
    return {
        "activity": sorted(now.activities.values_list("code", "starts_on", "ends_on", "course"), key=str),
        "address": sorted(now.residences.values_list("line_1", "starts_on", "ends_on"), key=str),
        "contact": sorted(now.contact_points.values_list("value", flat=True)),
        "name": (now.known_as, now.middle_name, now.upn),
    }


@pytest.fixture
def clock_of_the_return(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-09-20T10:00")
    assert YEAR_START.year == 2026
