"""Setting the cohort: who is in and why, two people, nothing twice, and back within a day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from neet.audit.models import AuditEvent
from tests.factories import make_authority, make_person, make_user
from tests.tracking.guarantee.conftest import LAST_OF_MAY, YEAR, YEAR_11, YEAR_12, YEAR_13
from tracking.guarantee.actions import add, approve, propose, remove, take_back
from tracking.guarantee.actions.setting import CannotSet
from tracking.guarantee.kinds import Kind
from tracking.guarantee.models import CohortFreeze, CohortMember
from tracking.guarantee.queries.cohort import (
    Asked,
    as_frozen,
    belonging,
    changes,
    cohort_day,
    count_lines,
    september_to_set,
    standing_on,
)
from tracking.guarantee.sql import text
from tracking.reference.queries import ruleset
from tracking.register.models import Guarantee, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.guarantee import Lived, included, led_by
from tracking.state.queries import digests

pytestmark = pytest.mark.django_db


def members(freeze):
    return {
        each.person_id: (each.year_group, each.reason, each.led_by)
        for each in freeze.members.filter(removed_on=None)
    }


def test_everybody_on_the_register_on_31_may_is_in_with_why_and_who_leads(council):
    here, far = council.pupil(), council.pupil(school="far", educated_la="887")
    home, nowhere = council.pupil(code="120", school=None), council.pupil(code="", school=None)
    twelve = council.pupil(YEAR_12, code="210")
    council.pupil(YEAR_13, code="210")
    council.pupil(date(2011, 9, 1))
    council.pupil(cohort_status="T", cohort_status_on=date(2027, 5, 30), transferred_to_la="887")
    leaver = council.pupil(cohort_status="T", cohort_status_on=date(2027, 6, 1), transferred_to_la="887")
    council.pupil(cohort_status="D", cohort_status_on=date(2027, 6, 1))
    make_person(make_authority(), date_of_birth=YEAR_11)
    council.at(date(2027, 6, 1))
    council.pupil()  # new on the register after 31 May

    freeze = propose(authority=council.authority, year=YEAR, by=council.proposer)

    assert members(freeze) == {
        here.pk: (11, "educated_here", "886"),
        far.pk: (11, "educated_elsewhere", "887"),
        home.pk: (11, "taught_at_home", "886"),
        nowhere.pk: (11, "on_no_roll", "886"),
        twelve.pk: (12, "lives_here", "886"),
        leaver.pk: (11, "educated_here", "886"),  # left the day after
    }
    assert freeze.as_at == LAST_OF_MAY
    assert freeze.people == 6
    assert [(line.words, line.numbers) for line in count_lines(freeze.counts)][-1] == ("Everybody", (5, 1))
    assert not YoungPerson.objects.filter(has_guarantee=True).exists()


def test_the_statement_and_the_rules_agree(council):
    """sql/belonging.sql and rules/guarantee.py (included, led_by), held together over all their cases."""
    lived = {}
    for born, group in ((YEAR_11, 11), (YEAR_12, 12)):
        for school, code in (("here", "110"), ("far", "110"), (None, "120"), (None, "")):
            for said in ({}, {"educated_la": "887"}, {"educated_la": "000"}, {"la_at_year_11": "887"}):
                person = council.pupil(born, school=school, code=code)
                YoungPerson.objects.filter(pk=person.pk).update(**{"la_at_year_11": "", **said})
                la_code = {"here": "886", "far": "887", None: ""}[school]
                lived[person.pk] = Lived(group, "886", la_code, code == "120", **said)

    with connection.cursor() as cursor:
        cursor.execute(text("belonging"), Asked(council.authority, YEAR, LAST_OF_MAY).parameters)
        found = {row[0]: row[1:4] for row in cursor.fetchall()}

    councils = ruleset(LAST_OF_MAY).authorities
    assert len(found) == 32
    for pk, each in lived.items():
        assert found[pk] == (each.year_group, included(each).value, led_by(each, councils))


def test_a_second_person_approves_and_records_say_so(council):
    person, told = council.pupil(), council.pupil(YEAR_12)
    Guarantee.objects.create(person=told, year_group=12, status="110", la_code="", status_on=date(2027, 4, 1))
    freeze = propose(authority=council.authority, year=YEAR, by=council.proposer)
    with pytest.raises(CannotSet, match="Somebody else"):
        approve(freeze=freeze, by=council.proposer, why="In a hurry")

    done = approve(freeze=freeze, by=council.manager)

    assert done.is_set
    assert set(YoungPerson.objects.filter(has_guarantee=True)) == {person, told}
    rows = {(row.person_id, row.year_group): (row.status, row.la_code) for row in Guarantee.objects.all()}
    assert rows == {(person.pk, 11): ("159", "886"), (told.pk, 12): ("110", "886")}
    event = AuditEvent.objects.get(kind=Kind.COHORT_SET)
    assert (event.user_id, sorted(event.subjects), event.counts) == (
        council.manager.pk,
        sorted([person.pk, told.pk]),
        {"people": 2, "records": 2},
    )
    with pytest.raises(CannotSet, match="meanwhile"):
        approve(freeze=freeze, by=council.manager)


def test_one_person_alone_needs_a_reason_where_the_council_asks_for_no_second(council):
    council.authority.needs_second_person = False
    council.authority.save()
    freeze = propose(authority=council.authority, year=YEAR, by=council.proposer)

    with pytest.raises(CannotSet, match="why you approve"):
        approve(freeze=freeze, by=council.proposer, why=" ")
    assert (
        approve(freeze=freeze, by=council.proposer, why="The manager is away").why_alone
        == "The manager is away"
    )


def test_a_cohort_is_set_once_a_year_and_not_before_its_day(council):
    council.pupil()
    council.set()
    with pytest.raises(CannotSet, match="there already"):
        propose(authority=council.authority, year=YEAR, by=council.proposer)
    with pytest.raises(CannotSet, match="31 May"):
        propose(authority=council.authority, year=YEAR + 1, by=council.proposer)
    with pytest.raises(CannotSet, match="Somebody else"):
        propose(authority=council.authority, year=YEAR - 1, by=council.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        CohortFreeze.objects.create(authority=council.authority, year=YEAR, as_at=LAST_OF_MAY)

    assert cohort_day(YEAR) == LAST_OF_MAY
    assert september_to_set(council.authority.pk, LAST_OF_MAY) == YEAR
    assert september_to_set(council.authority.pk, date(2027, 9, 1)) == YEAR + 1
    assert september_to_set(council.authority.pk, date(2026, 9, 1)) == YEAR - 1  # of that year none was set


def test_taken_back_within_a_day_everything_is_as_before(council):
    had = council.pupil(has_guarantee=True)
    council.pupil(YEAR_12)
    Guarantee.objects.create(person=had, year_group=11, status="", la_code="", status_on=None)
    before = digests()
    freeze = council.set()
    assert digests() != before

    with pytest.raises(CannotSet, match="Enter why"):
        take_back(freeze=freeze, why="", by=council.manager)
    take_back(freeze=freeze, why="The list was not finished", by=council.manager)

    assert digests() == before
    freeze.refresh_from_db()
    assert (freeze.withdrawn_why, freeze.people) == ("The list was not finished", 2)
    assert council.set().is_set  # and it can be set anew


def test_what_followed_keeps_a_cohort_from_being_taken_back(council):
    person = council.pupil()
    freeze = council.set()
    remove(freeze=freeze, people=[person.pk], why="Moved", by=council.proposer)
    with pytest.raises(CannotSet, match="within a day"):
        take_back(freeze=freeze, why="Wrong", by=council.manager)


def test_a_day_later_or_by_others_it_is_not_taken_back(council):
    council.pupil()
    freeze = council.set()
    with pytest.raises(CannotSet, match="Somebody else"):
        take_back(freeze=freeze, why="Wrong", by=council.officer)
    council.at(LAST_OF_MAY + timedelta(days=2))
    with pytest.raises(CannotSet, match="within a day"):
        take_back(freeze=freeze, why="Wrong", by=council.manager)


def test_a_record_changed_since_keeps_the_change_when_it_is_taken_back(council):
    person = council.pupil()
    freeze = council.set()
    YoungPerson.objects.filter(pk=person.pk).update(known_as="Addie")

    take_back(freeze=freeze, why="Too early", by=council.manager)

    person.refresh_from_db()
    assert (person.known_as, person.has_guarantee) == ("Addie", False)


def test_the_cohort_can_be_told_as_frozen_and_as_of_any_day(council):
    stays, leaves, comes = (
        council.pupil(),
        council.pupil(),
        council.pupil(YEAR_12, cohort_status_on=date(2027, 6, 5)),
    )
    freeze = council.set()
    council.at(date(2027, 6, 10))
    assert add(freeze=freeze, people=[comes.pk], why="Moved here on 5 June", by=council.proposer) == 1
    assert add(freeze=freeze, people=[comes.pk], why="Once more", by=council.proposer) == 0
    council.at(date(2027, 6, 20))
    assert remove(freeze=freeze, people=[leaves.pk], why="Moved to Farshire", by=council.proposer) == 1
    council.at(date(2027, 7, 1))

    def on(day):
        return set(standing_on(freeze, day).values_list("person_id", flat=True))

    assert set(as_frozen(freeze).values_list("person_id", flat=True)) == {stays.pk, leaves.pk}
    assert on(date(2027, 5, 31)) == {stays.pk, leaves.pk}
    assert on(date(2027, 6, 9)) == {stays.pk, leaves.pk}
    assert on(date(2027, 6, 10)) == on(date(2027, 6, 19)) == {stays.pk, leaves.pk, comes.pk}
    assert on(date(2027, 6, 20)) == on(date(2027, 7, 1)) == {stays.pk, comes.pk}
    for day in (date(2027, 5, 31), date(2027, 6, 10), date(2027, 6, 20)):
        assert changes(freeze, day).now == len(on(day))
    leaves.refresh_from_db()
    comes.refresh_from_db()
    assert (leaves.has_guarantee, comes.has_guarantee) == (False, True)
    assert Guarantee.objects.filter(person=leaves).exists()  # how it stood stays on the record


def test_nobody_comes_or_goes_without_a_reason_or_the_right(council):
    person, freeze = council.pupil(), council.set()
    for act in (add, remove):
        with pytest.raises(NotRight):
            act(freeze=freeze, people=[person.pk], why="  ", by=council.proposer)
        with pytest.raises(NotPermitted):
            act(freeze=freeze, people=[person.pk], why="Because", by=council.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        CohortMember.objects.filter(person=person).update(removed_on=LAST_OF_MAY)
    take_back(freeze=freeze, why="Anew", by=council.manager)
    proposal = propose(authority=council.authority, year=YEAR, by=council.proposer)
    with pytest.raises(NotRight, match="not set yet"):
        add(freeze=proposal, people=[person.pk], why="Because", by=council.proposer)


def test_who_was_erased_still_counts_as_nobody(council):
    person = council.pupil()
    freeze = council.set()
    Guarantee.objects.all().delete()
    member = freeze.members.get()
    person.residences.all().delete()
    person.activities.all().delete()
    YoungPerson.objects.filter(pk=person.pk).delete()

    member.refresh_from_db()
    assert (member.person_id, changes(freeze, LAST_OF_MAY).frozen) == (None, 1)


def test_setting_takes_the_same_statements_for_one_and_for_many(council, django_assert_max_num_queries):
    for _ in range(40):
        council.pupil()
    with django_assert_max_num_queries(45):
        council.set()
    assert belonging(Asked(council.authority, YEAR, LAST_OF_MAY))["11"] == {"educated_here": 40}


def test_a_person_of_another_council_sets_nothing_here(council):
    other = make_user("mi_officer", make_authority())
    with pytest.raises(CannotSet, match="Somebody else"):
        propose(authority=council.authority, year=YEAR, by=other)
