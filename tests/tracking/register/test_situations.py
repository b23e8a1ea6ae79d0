"""The database and the rules in Python agree on when knowledge runs out; a day known in the past is known again."""

from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import confirm, make_activity, make_authority, make_person, seed_reference
from tracking.register.models import Situation, YoungPerson
from tracking.register.queries.standing import of_its_council
from tracking.rules.codes import Basis
from tracking.rules.currency import ActivityFacts, lapses_on
from tracking.rules.ruleset import RuleSet

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)
RULES = RuleSet.from_csv(ON)
DAYS = st.dates(date(2023, 9, 1), ON)
LATER = st.one_of(st.none(), st.dates(date(2023, 9, 1), date(2030, 8, 31)))


@pytest.fixture(autouse=True)
def day_and_rules(db, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", f"{ON}T10:00")
    seed_reference()


def in_sql(code, verified, review, predicted_end):
    rule = RULES.currency.get(code)
    if rule is None:
        return None
    basis = rule.basis.value.replace(" ", "_")
    months = rule.amount if rule.unit == "months" else 0
    days = rule.amount if rule.unit == "days" else 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tracking_lapses_on(%s, %s, %s, %s, %s::date, %s::date, %s::date)",
            [basis, months, days, rule.capped_by_end, verified, review, predicted_end],
        )
        return cursor.fetchone()[0]


def situation_on(person, day):
    with connection.cursor() as cursor:
        cursor.execute("SELECT activity_id, lapses_on FROM tracking_situations(%s, %s)", [day, [person.pk]])
        return cursor.fetchone()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    code=st.sampled_from(sorted(RULES.activities)),
    starts_on=DAYS,
    verified_on=st.one_of(st.none(), DAYS),
    review_on=LATER,
    predicted_end_on=LATER,
)
def test_python_and_the_database_count_the_same_last_day(
    code, starts_on, verified_on, review_on, predicted_end_on
):
    facts = ActivityFacts(code, starts_on, predicted_end_on, review_on)
    wanted = lapses_on(facts, verified_on, RULES)

    with transaction.atomic():
        person = make_person(make_authority())
        activity = make_activity(
            person,
            code,
            starts_on,
            predicted_end_on=predicted_end_on,
            review_on=review_on,
            verified_on=verified_on,
        )
        derived = situation_on(person, ON)
        transaction.set_rollback(True)

    counted_from = max(starts_on, verified_on or starts_on)
    assert in_sql(code, counted_from, review_on, predicted_end_on) == wanted
    assert derived == (activity.pk, wanted)


def test_every_basis_is_met_by_the_property():
    assert {rule.basis for rule in RULES.currency.values()} >= {
        Basis.ACADEMIC_YEAR_END,
        Basis.VERIFIED,
        Basis.REVIEW,
    }


def test_the_kept_situation_is_the_derived_one():
    person = make_person(make_authority())
    activity = make_activity(person, "310", date(2026, 3, 2))
    confirm(activity, date(2026, 10, 1))

    kept = Situation.objects.get(person=person)

    assert (kept.activity_id, kept.lapses_on) == situation_on(person, ON) == (activity.pk, date(2027, 10, 1))


def test_a_confirmation_in_february_says_nothing_of_january():
    person = make_person(make_authority())
    activity = make_activity(person, "310", date(2026, 1, 5), verified_on=date(2026, 1, 5))
    confirm(activity, date(2026, 2, 10))

    assert situation_on(person, date(2026, 1, 31))[1] == date(2027, 1, 5)
    assert situation_on(person, date(2026, 2, 28))[1] == date(2027, 2, 10)


@pytest.mark.django_db(transaction=True)
def test_what_was_known_at_a_moment_is_known_again():
    person = make_person(make_authority(), family_name="Before")
    with connection.cursor() as cursor:
        cursor.execute("SELECT neet_moment()")
        moment = cursor.fetchone()[0]
    YoungPerson.objects.filter(pk=person.pk).update(family_name="After")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT family_name FROM tracking_youngperson_as_known(%s) WHERE id = %s", [moment, person.pk]
        )
        known_then = cursor.fetchone()[0]
        cursor.execute(
            "SELECT family_name FROM tracking_youngperson_as_known(neet_moment() + interval '1 second') WHERE id = %s",
            [person.pk],
        )
        known_now = cursor.fetchone()[0]
    assert (known_then, known_now) == ("Before", "After")


def test_a_situation_lies_with_the_council_of_its_young_person_wherever_they_go():
    here, there = make_authority(), make_authority()
    staying, leaving = make_person(here), make_person(here)
    make_activity(leaving, "610", date(2026, 9, 1))

    assert set(Situation.objects.values_list("person", "authority")) == {
        (staying.pk, here.pk),
        (leaving.pk, here.pk),
    }

    leaving.authority = there
    leaving.save()
    assert Situation.objects.get(person=leaving).authority_id == there.pk

    with connection.cursor() as cursor:
        cursor.execute("SELECT tracking_situate(NULL)")
    assert set(YoungPerson.objects.filter(of_its_council())) == {staying, leaving}


def test_many_who_move_at_once_take_their_situations_with_them():
    here, there = make_authority(), make_authority()
    people = [make_person(here) for _ in range(3)]

    YoungPerson.objects.filter(pk__in=[each.pk for each in people[1:]]).update(authority=there)

    assert Situation.objects.filter(authority=here).count() == 1
    assert Situation.objects.filter(authority=there).count() == 2
