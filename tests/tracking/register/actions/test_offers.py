"""Places and concerns recorded one by one: the row, what follows for the guarantee, who may, and both roads alike."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.db import connection

from neet import clock
from neet.audit.models import AuditEvent
from tests.factories import make_activity, make_college, make_objection, make_person, make_school, make_user
from tests.tracking.register.actions.conftest import TODAY
from tests.tracking.rules.test_offers import OURS
from tracking.reference.queries import ruleset
from tracking.register.actions.offers import FOLLOW, change_place, end_concern, raise_concern, record_place
from tracking.register.kinds import Kind
from tracking.register.models import Concern, Guarantee, Offer, Task
from tracking.register.queries.offers import asked_of_offers
from tracking.register.refusals import Conflict, NotPermitted, NotRight
from tracking.register.statements import PlaceSaid

SAID = PlaceSaid("Vale College", "conditional", TODAY, course="Art")


@pytest.fixture
def person(authority):
    """In Year 11 in November 2026."""
    return make_person(authority, date_of_birth=date(2011, 3, 3))


@pytest.fixture
def school(authority):
    return make_school(name="Hill School", la_code=authority.code)


@pytest.fixture
def secretary(authority, school, person):
    make_activity(person, "110", date(2022, 9, 1), establishment=school)
    return make_user("school_user", authority, establishment=school)


def test_an_offer_sets_the_guarantee_and_names_who_said_so(officer, person, authority):
    college = make_college(name="Vale College")

    offer = record_place(person=person, said=replace(SAID, place="vale college"), by=officer)
    again = record_place(person=person, said=SAID, by=officer)

    assert (offer.place, offer.establishment, again.pk) == ("Vale College", college, offer.pk)
    held = person.guarantees.get()
    assert (held.year_group, held.status, held.la_code) == (11, "110", authority.code)
    assert (
        held.reason
        == "By offers: Offer on conditions: Vale College, told by the young person on 20 November 2026"
    )
    events = AuditEvent.objects.filter(kind=Kind.PLACE_RECORDED, subjects=[person.pk])
    assert [event.counts for event in events.order_by("pk")] == [{}, {"repeated": 1}]


def test_a_place_lost_asks_somebody_to_act_until_another_offer_is_made(officer, person):
    offer = record_place(person=person, said=SAID, by=officer)

    change_place(offer=offer, said=replace(SAID, stage="declined"), seen=offer.version, by=officer)
    assert person.guarantees.get().status == "159"
    task = Task.objects.get(person=person, kind="offer", done_at=None)
    assert task.words == "Offer turned down (Vale College). Find another place with them"

    record_place(person=person, said=replace(SAID, place="Far College", stage="guaranteed"), by=officer)
    assert person.guarantees.get().status == "110"
    assert not Task.objects.filter(done_at=None).exists()


def test_what_a_colleague_changed_is_shown_first(officer, person):
    offer = record_place(person=person, said=SAID, by=officer)
    change_place(offer=offer, said=replace(SAID, stage="accepted"), seen=1, by=officer)

    with pytest.raises(Conflict) as conflict:
        change_place(offer=offer, said=replace(SAID, stage="refused"), seen=1, by=officer)

    assert (conflict.value.theirs["stage"], conflict.value.yours["stage"]) == ("accepted", "refused")


@pytest.mark.parametrize(
    "wrong",
    [{"place": ""}, {"stage": "begins_too_late"}, {"stage": "nonsense"}, {"said_on": date(2026, 11, 21)}],
)
def test_what_does_not_fit_is_not_kept(officer, person, wrong):
    with pytest.raises(NotRight) as refused:
        record_place(person=person, said=replace(SAID, **wrong), by=officer)

    assert set(refused.value.words) == set(wrong)
    assert not Offer.objects.exists()


def test_two_lines_of_one_place_and_course_are_refused(officer, person):
    record_place(person=person, said=SAID, by=officer)
    other = record_place(person=person, said=replace(SAID, course="Music"), by=officer)

    with pytest.raises(NotRight, match="already"):
        change_place(offer=other, said=SAID, seen=1, by=officer)


def test_a_college_may_not_and_a_school_only_of_its_own(authority, person, school, secretary):
    stranger = make_user("school_user", authority, establishment=make_school())
    student = make_user("college_user", authority, establishment=school)
    said = replace(SAID, source="provider", told_by=school)

    for user in (stranger, student):
        with pytest.raises(NotPermitted):
            record_place(person=person, said=said, by=user, permission="offers.of_own_year_11")
    with pytest.raises(NotPermitted):
        record_place(person=person, said=said, by=secretary)
    offer = record_place(person=person, said=said, by=secretary, permission="offers.of_own_year_11")
    assert offer.told_by == school


def test_of_whoever_objected_a_school_records_nothing(person, school, secretary):
    make_objection(person, date(2026, 1, 1))

    with pytest.raises(NotRight, match="objected"):
        record_place(
            person=person, said=replace(SAID, source="provider", told_by=school), by=secretary,
            permission="offers.of_own_year_11",
        )  # fmt: skip
    with pytest.raises(NotRight, match="objected"):
        raise_concern(person=person, establishment=school, words="Rarely in", by=secretary)


def test_a_concern_is_kept_until_it_is_over(person, school, secretary, officer):
    concern = raise_concern(person=person, establishment=school, words="Rarely in", by=secretary)
    assert raise_concern(person=person, establishment=school, words="Rarely in", by=secretary) == concern
    raise_concern(person=person, establishment=school, words="Has no plan", by=secretary)
    assert list(Concern.objects.values_list("words", "over_on")) == [("Has no plan", None)]

    with pytest.raises(NotPermitted):
        end_concern(concern=concern, by=officer)
    end_concern(concern=concern, by=secretary)
    end_concern(concern=concern, by=secretary)

    assert Concern.objects.get().over_on == TODAY
    kinds = AuditEvent.objects.filter(subjects=[person.pk]).values_list("kind", flat=True)
    assert {Kind.CONCERN_RAISED, Kind.CONCERN_OVER} <= set(kinds)


STAGES = ("accepted", "applied", "missed_interview", "refused", "declined", "plans_to_leave")
BEGINS = (None, date(2027, 9, 1), date(2028, 2, 1), date(2026, 9, 1))
HELD = (
    ("", ""),
    ("110", OURS),
    ("110", "By telephone"),
    ("122", ""),
    ("151", OURS),
    ("154", "Moved"),
    ("159", ""),
)


def test_the_statement_for_many_says_what_the_rule_says(authority):
    """tracking/rules/offers.py and sql/guarantees_follow.sql, held together over stages, days and what stood."""
    rules = ruleset(TODAY)
    cases = [*product([(), *product(STAGES, BEGINS)], HELD)]
    people = [make_person(authority, date_of_birth=date(2011, 3, 3)) for _ in cases]
    offers = [
        Offer(person=person, place="Vale", stage=first[0], starts_on=first[1], said_on=TODAY)
        for person, (first, _) in zip(people, cases, strict=True) if first
    ]  # fmt: skip
    offers += [
        Offer(person=person, place="Far", stage="refused", said_on=date(2026, 10, 1))
        for person in people[::3]
    ]
    Offer.objects.bulk_create(offers)
    Guarantee.objects.bulk_create(
        Guarantee(person=person, year_group=11, status=held[0], reason=held[1])
        for person, (_, held) in zip(people, cases, strict=True)
    )

    with connection.cursor() as cursor:
        cursor.execute(
            FOLLOW, {**asked_of_offers(rules, clock.today()), "people": [each.pk for each in people]}
        )

    found = dict(Guarantee.objects.filter(year_group=11).values_list("person", "status"))
    for person, (first, (status, reason)) in zip(people, cases, strict=True):
        places = [offer.as_rules_see_it for offer in person.offers.all()]
        assert found[person.pk] == rules.offers.follows(places, 2027, status, reason), (first, status, reason)
