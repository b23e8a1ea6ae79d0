"""My calls today: who is on whose list, in which order, and what a line says."""

import random
from datetime import date, datetime, timedelta

import pytest

from caseload.allocation.models import Case, MonthRun
from caseload.campaigns.models import Campaign
from caseload.chase.actions.holding import hold
from caseload.chase.models import Attempt
from caseload.chase.queries.calling import call_list, line_of, next_call, promised_today
from caseload.chase.queries.order import Day, candidates, in_order
from caseload.chase.queries.whom import to_call
from caseload.chase.rules.floor import placed, with_floor
from caseload.chase.rules.ranking import Kind, ranked
from caseload.chase.statements import Wanted
from neet.clock import LONDON
from neet.ui.listing import Listing
from tests.caseload.chase.conftest import LOST, TODAY
from tests.factories import (
    SEEKING,
    make_activity,
    make_characteristic,
    make_contact,
    make_objection,
    make_person,
    make_residence,
    make_responsible,
    make_service,
    make_user,
)
from tracking.register.models import AccessGrant

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=LONDON)
POOL, MINE, ALL = Wanted("pool"), Wanted("mine"), Wanted("all")


def page(user, wanted=ALL, now=NOW):
    return call_list(user, wanted, Listing({"worth": ()}, "worth"), now.date(), now)[1]


def people(user, wanted=ALL, on=TODAY):
    return set(to_call(user, wanted, on).values_list("pk", flat=True))


def rang(person, outcome="no_answer", days=3, **more):
    """A call some days ago."""
    at = NOW - timedelta(days=days)
    reached = outcome in ("call_back", "passed_on", "learned")
    return Attempt.objects.create(
        **{
            "person": person, "channel": "telephone", "asked": "young_person", "outcome": outcome,
            "reached": reached, "learned": outcome == "learned", "tried_at": at,
            "contact_point": person.contact_points.first(), **more,
        }
    )  # fmt: skip


def a_case(town, person, offer="caseload"):
    service = make_service(town.authority, name=f"Support {person.pk}")
    run, _ = MonthRun.objects.get_or_create(authority=town.authority, month=date(2026, 11, 30))
    make_responsible(person, service=service)
    Case.objects.create(run=run, person=person, state="allocated", offer=offer, service=service)
    return make_user("caseworker", town.authority, service=service)


# -- who is on the list


def test_not_known_running_out_and_due_are_called_and_others_are_not(town):
    lost, sure = town.lost(), town.at_college()
    soon = make_person(town.authority)
    make_activity(soon, "330", date(2026, 5, 1), verified_on=date(2026, 6, 1))  # counts for six months
    neet = make_person(town.authority)
    make_activity(neet, SEEKING, date(2026, 10, 1), verified_on=date(2026, 10, 1))
    heard = make_person(town.authority)
    told = make_activity(heard, SEEKING, date(2026, 10, 1))
    told.confirmations.create(verified_on=date(2026, 11, 20), source="young_person")

    kinds = {line.person_id: line.kind for line in page(town.officer)}

    assert kinds == {lost.pk: Kind.NOT_KNOWN, soon.pk: Kind.LAPSING, neet.pk: Kind.NEET}
    assert sure.pk not in kinds


def test_only_the_ages_that_are_tracked_are_called(town):
    in_year_11 = make_person(town.authority, date_of_birth=date(2011, 1, 5))
    too_old = make_person(town.authority, date_of_birth=date(2007, 1, 5))
    with_plan = make_person(town.authority, date_of_birth=date(2007, 1, 5))
    make_characteristic(with_plan)
    no_birth_date = make_person(town.authority, date_of_birth=None)

    found = people(town.officer)

    assert {with_plan.pk, no_birth_date.pk} <= found
    assert not {in_year_11.pk, too_old.pk} & found


def test_restricted_records_are_called_by_nobody_but_those_named_for_them(town):
    person = town.lost(restricted_on=TODAY, restricted_reason="Police asked for it")

    assert person.pk not in people(town.officer)

    AccessGrant.objects.create(person=person, user=town.officer, kind="named", reason="Works with them")
    assert person.pk in people(town.officer)


def test_nobody_is_on_two_active_lists(town):
    """Whom a service case-loads is the service's and not tracking's; whom a contractor has is the contractor's; an
    officer's own are not the pool's (R74)."""
    case, contract, own, free = (town.lost() for _ in range(4))
    worker = a_case(town, case)
    firm = make_service(town.authority, name="Firm")
    contractor = make_user("contractor", town.authority, service=firm)
    make_responsible(contract, service=firm, kind="contract")
    make_responsible(contract, user=town.officer, kind="tracking")
    make_responsible(own, user=town.officer, kind="tracking")

    lists = {
        "tracking": people(town.officer, MINE),
        "colleague": people(town.colleague, MINE),
        "pool": people(town.officer, POOL),
        "service": people(worker),
        "contractor": people(contractor, MINE),
    }

    assert lists == {
        "tracking": {own.pk},
        "colleague": set(),
        "pool": {free.pk},
        "service": {case.pk},
        "contractor": {contract.pk},
    }


def test_who_is_offered_less_than_a_case_stays_on_the_tracking_list(town):
    """R77."""
    minimal, telephone = town.lost(), town.lost()
    worker = a_case(town, minimal, "minimal")
    a_case(town, telephone, "telephone")

    assert {minimal.pk, telephone.pk} <= people(town.officer)
    assert people(worker) == set()


def test_a_case_of_a_month_that_is_closed_is_on_the_tracking_list_again(town):
    person = town.lost()
    a_case(town, person)
    MonthRun.objects.update(closed_at=NOW)

    assert person.pk in people(town.officer)


def test_a_list_is_narrowed_to_a_kind_a_district_and_a_service(town):
    here = town.lost()
    elsewhere = make_person(town.authority)
    service = make_service(town.authority)
    make_responsible(elsewhere, service=service, kind="tracking")

    assert people(town.officer, Wanted("all", district=town.district.pk)) == {here.pk}
    assert people(town.officer, Wanted("all", service=service.pk)) == {elsewhere.pk}
    assert people(town.officer, Wanted("all", kind="lapsing")) == set()


# -- the order


def a_crowd(town, number=40):
    """Many kinds of people, with calls of many kinds behind them."""
    dice = random.Random(5)
    week = Campaign.objects.create(
        authority=town.authority, kind="christmas_leavers", words="Christmas leavers",
        starts_on=date(2026, 9, 1), ends_on=date(2027, 3, 31),
    )  # fmt: skip
    for _ in range(number):
        code = dice.choice([LOST, "820", "830", SEEKING, "330", "530", ""])
        began = date(2026, 11, 1) - timedelta(days=dice.randrange(5, 250))
        person = make_person(
            town.authority,
            level_of_need=dice.choice(["", "1", "2", "3"]),
            date_of_birth=date(dice.choice([2007, 2009, 2010]), 5, 5),
        )
        if person.date_of_birth.year == 2007 or dice.random() < 0.2:
            make_characteristic(
                person, dice.choice(["EHCP", "140"]) if person.date_of_birth.year > 2007 else "EHCP"
            )
        if dice.random() < 0.3:
            settled = {"outcome": "all_well", "done_at": NOW} if dice.random() < 0.3 else {}
            week.people.create(person=person, why="left", **settled)
        if code:
            end = began + timedelta(days=280) if code in ("330", "530") else None
            make_activity(person, code, began, verified_on=began, predicted_end_on=end)
        for whose in dice.sample(["young_person", "parent", "other"], dice.randrange(0, 3)):
            point = make_contact(person, whose=whose, do_not_use=dice.random() < 0.1)
            for _ in range(dice.randrange(0, 4)):
                hour = dice.choice([-1, 3, 7, 9])
                at = NOW - timedelta(days=dice.randrange(0, 60)) + timedelta(hours=hour)
                outcome = dice.choice(["no_answer", "passed_on", "call_back", "message_left"])
                again = at + timedelta(days=dice.randrange(0, 9)) if dice.random() < 0.6 else None
                if at <= NOW:
                    rang(person, outcome, contact_point=point, tried_at=at, again_at=again, asked=whose)


def test_the_statement_ranks_as_the_rules_do(town):
    """sql/rank.sql against rules/ranking.py, for forty people and at four moments of the year."""
    a_crowd(town)
    for now in (
        NOW,
        NOW.replace(hour=16),
        NOW.replace(year=2027, month=1),
        NOW.replace(year=2027, month=6, day=3),
    ):
        at = Day.of(town.officer, now.date(), now)
        asked = to_call(town.officer, ALL, now.date())

        by_rules = [placed(each) for each in ranked(candidates(asked, at), at.moment)]
        by_statement = in_order(asked, at)

        lines = at.rules.weights.limit("floor_lines")
        assert len(by_rules) > 10
        assert [each.person_id for each in by_statement] == [
            each.person_id for each in with_floor(by_rules, lines)
        ]
        scores = {each.person_id: each.score for each in by_rules}
        waited = {each.person_id: each.waited_since for each in by_rules}
        for each in by_statement:
            assert each.score == pytest.approx(scores[each.person_id])
            assert each.waited_since == waited[each.person_id]


def test_a_line_says_who_why_and_by_which_number(town):
    person = town.lost(date(2026, 10, 1), number=False, given_name="Kit", family_name="Brook")
    make_characteristic(person)
    mother = make_contact(person, whose="parent", name="Mo Brook", value="07700 900123")
    for days in (9, 3):
        rang(person, "passed_on", days, contact_point=mother, asked="parent")

    [line] = page(town.officer)

    assert (line.name, line.year, line.since) == ("Kit Brook", "Year 13", "Not known since 1 October 2026")
    assert (line.number, line.whose, line.contact_point_id) == ("07700 900123", "Mo Brook", mother.pk)
    assert line.why == ("answered 2 of 2 calls", "in a vulnerable group")
    assert line.best_time == "in the morning"
    assert (line.tries, line.last_try) == (2, "Somebody else answered and will pass it on, 20 November 2026")


def test_numbers_not_to_be_used_and_those_objected_to_are_not_rung(town):
    person = town.lost(number=False)
    make_contact(person, do_not_use=True)
    make_contact(person, from_institution=True)
    make_objection(person)
    make_contact(person, kind="email", value="kit@example.org")

    [line] = page(town.officer)

    assert (line.number, line.contact_point_id) == ("", None)
    assert "no number on the record" in line.why


def test_who_is_to_be_rung_later_comes_back_then(town):
    person = town.lost()
    rang(person, "call_back", days=1, again_at=NOW + timedelta(hours=3))

    assert page(town.officer) == ()
    [line] = page(town.officer, now=NOW + timedelta(hours=4))
    assert line.why[0] == "asked to be rung back at 12:30pm"


def test_a_message_sent_meanwhile_does_not_put_a_promised_call_off(town):
    person = town.lost()
    rang(person, "call_back", days=2, again_at=NOW - timedelta(minutes=5))
    rang(person, "message_sent", days=1, channel="text", contact_point=None, again_at=NOW + timedelta(days=4))

    [line] = page(town.officer)
    assert line.why[0] == "asked to be rung back at 9:25am"


def test_a_number_is_not_rung_twice_a_day(town):
    person = town.lost()
    rang(person, "wrong_number", days=0)

    assert page(town.officer) == ()
    second = make_contact(person, whose="parent")
    assert [line.contact_point_id for line in page(town.officer)] == [second.pk]


def test_who_does_not_read_a_circumstance_is_not_led_by_it(town):
    """A district lead does not read care status: it neither moves a line nor stands on it."""
    lead = make_user("district_lead", town.authority, district=town.district)
    person = town.lost()
    make_characteristic(person, "110")

    assert "in a vulnerable group" in page(town.officer)[0].why
    assert "in a vulnerable group" not in page(lead)[0].why


def test_the_next_call_is_the_first_that_nobody_else_has_open(town):
    first, second = town.lost(), town.lost()
    rang(second, days=5)

    assert next_call(town.officer, POOL, TODAY, NOW).person_id == first.pk
    assert next_call(town.officer, POOL, TODAY, NOW, [first.pk]).person_id == second.pk
    hold(person=first, by=town.colleague)
    assert next_call(town.officer, POOL, TODAY, NOW).person_id == second.pk
    assert next_call(town.colleague, POOL, TODAY, NOW).person_id == first.pk
    assert [line.is_held for line in page(town.officer)] == [True, False]
    assert next_call(town.officer, POOL, TODAY, NOW, [first.pk, second.pk]) is None


def test_the_line_of_somebody_has_its_reasons_even_before_they_may_be_tried(town):
    person, sure = town.lost(), town.at_college()
    rang(person, days=0)

    assert line_of(town.officer, person, TODAY, NOW).tries == 1
    assert line_of(town.officer, sure, TODAY, NOW) is None


def test_what_was_promised_for_today_is_counted_once_a_person(town):
    promised, tomorrow = town.lost(), town.lost()
    for hours in (1, 2):
        rang(promised, "call_back", days=0, again_at=NOW + timedelta(hours=hours), tried_by=town.officer)
    rang(tomorrow, "call_back", days=0, again_at=NOW + timedelta(days=1), tried_by=town.officer)

    assert promised_today(town.officer, TODAY, NOW).count() == 1
    assert promised_today(town.colleague, TODAY, NOW).count() == 0


def test_a_list_of_many_asks_no_more_often_than_one_of_one(town, django_assert_max_num_queries):
    town.lost()
    page(town.officer)
    with django_assert_max_num_queries(25) as one:
        assert len(page(town.officer)) == 1
    asked = len(one)
    for _ in range(12):
        make_residence(town.lost(), ends_on=date(2026, 1, 1))

    with django_assert_max_num_queries(asked):
        assert len(page(town.officer)) == 13
