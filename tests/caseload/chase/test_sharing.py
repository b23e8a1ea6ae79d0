"""Calls shared out among officers, given to a colleague, and lines held while somebody is on the telephone (R68)."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from caseload.chase.actions.holding import WithAColleague, hold, release
from caseload.chase.actions.sharing import give, share_out
from caseload.chase.models import Attempt, Hold
from caseload.chase.queries.sharing import callers, moves, shares
from caseload.chase.rules.sharing import Shared, shared_out
from caseload.chase.statements import Wanted
from neet import clock
from neet.audit.models import AuditEvent
from tests.caseload.chase.conftest import TODAY
from tests.factories import (
    make_authority,
    make_district,
    make_person,
    make_residence,
    make_responsible,
    make_user,
)
from tracking.register.models import Responsibility
from tracking.register.refusals import NotPermitted, NotRight

ALL, POOL = Wanted("all"), Wanted("pool")


# -- the rule


@pytest.mark.parametrize("seed", range(5))
def test_everybody_is_given_once_and_nobody_has_two_more_than_another(seed):
    dice = Random(seed)
    people = [
        Shared(pk, dice.choice([1, 2, 3, None]), dice.choice([10, 20, 99, None]), dice.randrange(3))
        for pk in range(1, dice.randrange(30, 90))
    ]

    given = shared_out(people, [10, 20, 30])

    assert set(given) == {each.person_id for each in people}
    counted = Counter(given.values())
    assert max(counted.values()) - min(counted.values()) <= 1


def test_who_works_with_somebody_keeps_them_and_those_tried_most_first():
    people = [Shared(pk, with_now=10, tries=pk) for pk in range(1, 7)]

    given = shared_out(people, [10, 20])

    assert sorted(person for person, officer in given.items() if officer == 10) == [4, 5, 6]


def test_a_district_stays_in_few_hands():
    people = [
        Shared(pk, district_id=pk % 2, with_now=(10, 20)[pk % 2] if pk < 3 else None) for pk in range(1, 21)
    ]

    given = shared_out(people, [10, 20])

    assert all(given[pk] == (10, 20)[pk % 2] for pk in range(1, 21))


def test_among_nobody_nothing_is_given():
    assert shared_out([Shared(1)], []) == {}


# -- the act


def trackers(town):
    rows = Responsibility.objects.filter(kind="tracking", ends_on=None, person__authority=town.authority)
    return dict(rows.values_list("person", "user"))


def test_calls_are_shared_out_evenly_in_one_event(town):
    people = [town.lost() for _ in range(5)]
    make_responsible(people[0], user=town.officer, kind="tracking")
    among = [town.officer.pk, town.colleague.pk]
    expected = moves(town.chief, among, ALL, TODAY)

    given = share_out(authority=town.authority, among=among, only=ALL, by=town.chief)

    assert sorted(given.values()) == [2, 3]
    assert expected == (given, 4)
    assert Counter(trackers(town).values()) == given
    assert trackers(town)[people[0].pk] == town.officer.pk
    event = AuditEvent.objects.get(kind="chase.calls_shared_out")
    assert event.counts == {"people": 5, "changed": 4}
    assert sorted(event.subjects) == sorted(each.pk for each in people)


def test_sharing_out_again_changes_nothing(town):
    for _ in range(4):
        town.lost()
    among = [town.officer.pk, town.colleague.pk]
    share_out(authority=town.authority, among=among, only=ALL, by=town.chief)
    before = trackers(town)

    share_out(authority=town.authority, among=among, only=ALL, by=town.chief)

    assert trackers(town) == before
    assert AuditEvent.objects.filter(kind="chase.calls_shared_out").latest("pk").counts["changed"] == 0


def test_what_changes_hands_ends_the_day_before_and_stays_in_the_history(town):
    person = town.lost()
    make_responsible(person, user=town.officer, kind="tracking")

    give(authority=town.authority, people=[person.pk], user=town.colleague, by=town.chief)

    before, now = person.responsibilities.order_by("starts_on")
    assert (before.user, before.ends_on) == (town.officer, TODAY - timedelta(days=1))
    assert (now.user, now.starts_on, now.ends_on) == (town.colleague, TODAY, None)


def test_a_change_of_mind_on_the_first_day_leaves_one_officer(town):
    person = town.lost()
    for officer in (town.officer, town.colleague):
        give(authority=town.authority, people=[person.pk], user=officer, by=town.chief)

    assert [each.user for each in person.responsibilities.filter(kind="tracking")] == [town.colleague]


def test_only_nobodys_are_shared_out_where_that_is_asked(town):
    mine, free = town.lost(), town.lost()
    make_responsible(mine, user=town.officer, kind="tracking")

    share_out(authority=town.authority, among=[town.colleague.pk], only=POOL, by=town.chief)

    assert trackers(town) == {mine.pk: town.officer.pk, free.pk: town.colleague.pk}


def test_whom_a_contractor_has_stays_theirs(town):
    person = town.lost()
    make_responsible(person, user=make_user("contractor", town.authority), kind="contract")

    share_out(authority=town.authority, among=[town.officer.pk], only=ALL, by=town.chief)

    assert trackers(town) == {}


def test_districts_stay_together(town):
    north, south = make_district(town.authority), make_district(town.authority)
    people = {}
    for district in (north, south):
        for _ in range(4):
            person = town.lost()
            person.residences.update(ends_on=TODAY - timedelta(days=1))
            make_residence(person, district=district)
            people[person.pk] = district.pk

    share_out(authority=town.authority, among=[town.officer.pk, town.colleague.pk], only=ALL, by=town.chief)

    hands = {
        district: {trackers(town)[pk] for pk, at in people.items() if at == district}
        for district in people.values()
    }
    assert all(len(officers) == 1 for officers in hands.values())


def test_who_has_how_many(town):
    mine, _ = town.lost(), town.lost()
    make_responsible(mine, user=town.officer, kind="tracking")

    found = {each.name: each.people for each in shares(town.chief, town.authority, TODAY)}

    assert found == {"Cal Colleague": 0, "Sue Supervisor": 0, "Tess Tracker": 1, "": 1}
    assert town.worker not in callers(town.authority, TODAY)


def test_only_who_supervises_shares_out_and_only_at_their_council(town):
    person = town.lost()
    elsewhere = make_authority()
    for authority, by in ((town.authority, town.officer), (elsewhere, town.chief)):
        with pytest.raises(NotPermitted):
            share_out(authority=authority, among=[town.officer.pk], only=ALL, by=by)
        with pytest.raises(NotPermitted):
            give(authority=authority, people=[person.pk], user=town.officer, by=by)
    stranger = make_person(elsewhere)
    with pytest.raises(NotPermitted):
        give(authority=town.authority, people=[stranger.pk], user=town.officer, by=town.chief)

    assert not AuditEvent.objects.filter(kind__startswith="chase.calls").exists()


def test_what_cannot_be_shared_out_is_refused_in_words(town):
    sure = town.at_college()
    with pytest.raises(NotRight, match="at least one officer"):
        share_out(authority=town.authority, among=[], only=ALL, by=town.chief)
    with pytest.raises(NotRight, match="who track for this council"):
        share_out(authority=town.authority, among=[town.worker.pk], only=ALL, by=town.chief)
    with pytest.raises(NotRight, match="Tick the young people"):
        give(authority=town.authority, people=[], user=town.officer, by=town.chief)
    with pytest.raises(NotRight, match="not to be called any more"):
        give(authority=town.authority, people=[sure.pk], user=town.officer, by=town.chief)


# -- lines held


def test_one_of_two_who_ask_has_the_line(town):
    person = town.lost()

    hold(person=person, by=town.officer)
    with pytest.raises(WithAColleague):
        hold(person=person, by=town.colleague)
    hold(person=person, by=town.officer)

    assert Hold.objects.get().user == town.officer
    assert AuditEvent.objects.filter(kind="chase.line_held").count() == 2


def test_a_line_left_open_is_free_after_a_quarter_of_an_hour(town):
    person = town.lost()
    hold(person=person, by=town.officer)
    Hold.objects.update(until=clock.now() - timedelta(seconds=1))

    hold(person=person, by=town.colleague)

    assert Hold.objects.get().user == town.colleague


def test_the_next_line_gives_the_one_before_back(town):
    first, second = town.lost(), town.lost()
    hold(person=first, by=town.officer)
    hold(person=second, by=town.officer)

    assert [each.person for each in Hold.objects.all()] == [second]
    assert release(by=town.officer) == 1
    assert release(by=town.officer) == 0
    assert not Hold.objects.exists()


def test_who_may_not_call_somebody_holds_nothing(town):
    elsewhere = make_person(make_authority())
    for person, user in ((elsewhere, town.officer), (town.lost(), town.worker)):
        with pytest.raises(NotPermitted):
            hold(person=person, by=user)

    assert not Hold.objects.exists()
    assert not Attempt.objects.exists()
