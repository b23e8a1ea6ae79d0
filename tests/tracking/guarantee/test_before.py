"""The list before the freeze: who stands in each group and why; who came and who left after it."""

from datetime import date

import pytest

from caseload.transitions.models import CohortAnswer
from tests.factories import make_responsible, make_service
from tests.tracking.guarantee.conftest import LAST_OF_MAY, YEAR, YEAR_12, YEAR_13
from tracking.guarantee.actions import add, check_residency, remove
from tracking.guarantee.queries.before import worklist
from tracking.guarantee.queries.suggestions import suggestions, why_gone, why_new
from tracking.guarantee.statements import Group
from tracking.merging.models import Duplicate
from tracking.moves.models import Move
from tracking.reconciling.models import Postcode
from tracking.reference.queries import ruleset
from tracking.register.models import ContactPoint, Residence, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db
APRIL = date(2027, 4, 20)


def found(council, on=APRIL):
    listed = worklist(council.authority, YEAR, on)
    return {group: dict(people) for group, people in listed.doubts.items() if people}


def test_who_needs_a_look_stands_in_a_group_with_the_reason(council):
    council.at(APRIL)
    council.pupil()
    outside = council.pupil()
    Residence.objects.filter(person=outside).update(district=None, town="Farham", postcode="FA1 1AA")
    gone = council.pupil(YEAR_12, code="")
    gone.activities.create(
        code="210", starts_on=date(2026, 9, 2), ends_on=date(2027, 1, 8), leaving_reason="moved_away",
        establishment_name="Ambleford School",
    )  # fmt: skip
    twice = [
        council.pupil(given_name="Zoë", family_name="O'Hara"),
        council.pupil(given_name="Zoe", family_name="OHara"),
    ]
    council.pupil(YEAR_12, given_name="Zoë", family_name="O'Hara")  # another date of birth
    abroad = council.pupil(educated_la="002")
    silent = council.pupil()
    ContactPoint.objects.create(person=silent, kind="mobile", value="07700900001", do_not_use=True)
    home, younger = (
        council.pupil(born, code="120", school=None) for born in (date(2011, 5, 1), date(2013, 5, 1))
    )
    council.pupil(date(2014, 5, 1), code="120", school=None)  # Year 8
    no_school = council.pupil(code="", school=None)
    no_council = council.pupil(YEAR_12)
    YoungPerson.objects.filter(pk=no_council.pk).update(la_at_year_11="")
    unborn = council.pupil(date(2011, 1, 1))
    YoungPerson.objects.filter(pk=unborn.pk).update(date_of_birth=None)
    council.pupil(YEAR_13, educated_la="002")
    council.pupil(cohort_status="T", cohort_status_on=date(2027, 1, 1), educated_la="002")

    listed = found(council)

    assert listed[Group.MOVED] == {
        outside.pk: "Lives outside our districts: Farham, FA1 1AA",
        gone.pk: "Left Ambleford School on 8 January 2027: moved away",
    }
    assert set(listed[Group.TWICE]) == {each.pk for each in twice}
    assert set(listed[Group.GONE]) == {abroad.pk, silent.pk}
    assert set(listed[Group.AT_HOME]) == {home.pk, younger.pk}
    assert set(listed[Group.DOUBTFUL]) == {no_school.pk, no_council.pk, unborn.pk}


def test_a_look_up_settles_or_moves_somebody_to_another_group(council):
    council.at(APRIL)
    stays, moved, abroad, lost = (council.pupil(code="120", school=None) for _ in range(4))
    assert set(found(council)[Group.AT_HOME]) == {stays.pk, moved.pk, abroad.pk, lost.pk}

    for person, outcome in ((stays, "resident"), (moved, "moved"), (abroad, "abroad"), (lost, "unknown")):
        check_residency(person=person, year=YEAR, outcome=outcome, evidence="Home visit", by=council.officer)

    listed = found(council)
    assert listed[Group.AT_HOME] == {lost.pk: "Could not be found out on 20 April 2027: Home visit"}
    assert listed[Group.MOVED] == {moved.pk: "Looked up on 20 April 2027: Home visit"}
    assert list(listed[Group.GONE]) == [abroad.pk]
    for wrong in ({"outcome": "gone"}, {"evidence": " "}):
        said = {"outcome": "resident", "evidence": "Seen", **wrong}
        with pytest.raises(NotRight):
            check_residency(person=stays, year=YEAR, by=council.officer, **said)
    with pytest.raises(NotPermitted):
        check_residency(person=stays, year=YEAR, outcome="resident", evidence="Seen", by=council.manager)


def test_what_services_say_and_have_not_said_is_on_the_list(council):
    council.at(APRIL)
    service = make_service(council.authority, name="SEND team")
    moved, waiting = council.pupil(), council.pupil()
    for person in (moved, waiting):
        make_responsible(person, service=service, starts_on=date(2027, 1, 1))
    CohortAnswer.objects.create(person=moved, service=service, year=2026, answer="moved", answered_on=APRIL)

    listed = worklist(council.authority, YEAR, APRIL)

    assert listed.doubts[Group.MOVED] == {moved.pk: f"{service}: moved away"}
    assert [(each.words, each.number) for each in listed.awaited] == [("SEND team", 1)]
    assert listed.number(Group.SERVICES) == 1
    assert listed.total == 2


def test_open_moves_pairs_and_postcodes_of_elsewhere_are_on_the_list(council):
    council.at(APRIL)
    leaving, older = council.pupil(), council.pupil(YEAR_13)
    for person in (leaving, older):
        Move.objects.create(
            person=person, from_authority=council.authority, from_la="886", to_la="887", moved_on=APRIL,
            state="proposed", evidence="family",
        )  # fmt: skip
    one, other = council.pupil(), council.pupil()
    Duplicate.objects.create(authority=council.authority, first=one, second=other, sure=0.97)
    far = council.pupil()
    Residence.objects.filter(person=far).update(postcode="ME4 4TR")
    Postcode.objects.create(postcode="ME44TR", authority_code="E06000035", district_code="E06000035")

    listed = found(council)

    assert listed[Group.MOVED] == {
        leaving.pk: "Moved on 20 April 2027, not accepted yet",
        far.pk: "The postcode lies in Medway",
    }
    assert set(listed[Group.TWICE]) == {one.pk, other.pk}


def test_newcomers_and_leavers_are_suggested_and_never_moved_by_themselves(council):
    stays, moves, older = council.pupil(), council.pupil(), council.pupil()
    freeze = council.set()
    today = council.at(date(2027, 6, 10))
    new = council.pupil()
    joined = council.pupil(cohort_status_on=date(2027, 6, 2))
    YoungPerson.objects.filter(pk=joined.pk).update(created_at="2027-01-01T00:00Z")
    YoungPerson.objects.filter(pk=moves.pk).update(
        cohort_status="T", cohort_status_on=date(2027, 6, 3), transferred_to_la="887"
    )
    YoungPerson.objects.filter(pk=older.pk).update(date_of_birth=YEAR_13)

    listed = suggestions(freeze, today)

    assert (list(listed.to_add), list(listed.to_remove)) == ([new.pk, joined.pk], [moves.pk, older.pk])
    assert freeze.members.filter(removed_on=None).count() == 3
    people, rules = YoungPerson.objects.in_bulk([new.pk, joined.pk, moves.pk, older.pk]), ruleset(today)
    assert why_new(people[new.pk], freeze) == "New on our register on 10 June 2027"
    assert why_new(people[joined.pk], freeze) == "In our cohort since 2 June 2027"
    assert why_gone(people[moves.pk], rules) == "Moved to another council: Medway, 3 June 2027"
    assert "another year group" in why_gone(people[older.pk], rules)

    add(freeze=freeze, people=listed.to_add, why="Moved here", by=council.proposer)
    remove(freeze=freeze, people=listed.to_remove, why="Moved away", by=council.proposer)
    remove(freeze=freeze, people=[new.pk], why="Came by mistake", by=council.proposer)
    assert suggestions(freeze, today).to_add == []  # who was taken out once is not suggested again
    assert suggestions(freeze, today).to_remove == []
    assert set(freeze.members.filter(removed_on=None).values_list("person_id", flat=True)) == {
        stays.pk,
        joined.pk,
    }


def test_the_list_takes_the_same_statements_for_one_and_for_many(council, django_assert_max_num_queries):
    for _ in range(30):
        council.pupil(code="", school=None)
    with django_assert_max_num_queries(18):
        assert len(worklist(council.authority, YEAR, LAST_OF_MAY).doubts[Group.DOUBTFUL]) == 30
