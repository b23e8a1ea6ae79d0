"""The board's numbers, then and now; who left Year 12; who may be written to; intended destinations."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import make_activity, make_district, make_responsible, make_service
from tests.tracking.guarantee.conftest import LAST_OF_MAY, YEAR_11, YEAR_12
from tracking.figures.queries.reach import EVERYBODY, NOBODY, Reach
from tracking.guarantee.queries.audiences import not_asked, owed_after_leaving
from tracking.guarantee.queries.board import (
    PARTS,
    Asked,
    board,
    last_september,
    people_where,
    reached,
    since,
)
from tracking.guarantee.queries.destinations import Asked as AskedDestinations
from tracking.guarantee.queries.destinations import destinations, missing
from tracking.guarantee.queries.leavers import left_year_12
from tracking.reference.queries import ruleset
from tracking.register.models import Guarantee, Residence
from tracking.rules.guarantee import Stand

pytestmark = pytest.mark.django_db


def asked(freeze, on, by="age"):
    return Asked(freeze, on, ruleset(on), by)


def told(person, status, group=11):
    Guarantee.objects.filter(person=person, year_group=group).update(status=status)


def test_every_number_of_the_board_is_its_people(council):
    service = make_service(council.authority, name="SEND team")
    first, second, third, twelve = (
        council.pupil(),
        council.pupil(school="far"),
        council.pupil(),
        council.pupil(YEAR_12),
    )
    make_responsible(second, service=service, starts_on=date(2027, 1, 1))
    freeze = council.set()
    told(first, "110")
    told(second, "151")
    told(twelve, "120", 12)
    Guarantee.objects.filter(person=third).delete()  # nothing recorded at all: not asked

    for by, parts in (
        ("age", {}),
        ("school", {"Ambleford School": [first, third, twelve], "Far School": [second]}),
        ("service", {"SEND team": [second], "No service": [first, third, twelve]}),
        ("district", {"Ambleford": [first, second, third, twelve]}),
    ):
        found = board(asked(freeze, LAST_OF_MAY, by))
        assert {line.words: line.tally.total for line in found.parts} == {
            words: len(people) for words, people in parts.items()
        }
        for line in found.parts:
            people = people_where(asked(freeze, LAST_OF_MAY, by), part=line.key)
            assert set(people) == {each.pk for each in parts[line.words]}
        assert found.everybody.by_stand == {
            Stand.OFFER: 1, Stand.REFUSED: 1, Stand.NOT_SUITABLE: 1, Stand.NOT_ASKED: 1,
        }  # fmt: skip
        assert [line.tally.total for line in found.groups] == [3, 1]
        assert found.everybody.share == 25.0
    assert people_where(asked(freeze, LAST_OF_MAY), stand=Stand.NOT_ASKED, group="11") == [third.pk]
    assert people_where(asked(freeze, LAST_OF_MAY), status="-") == [third.pk]
    assert list(not_asked(council.authority, {}, LAST_OF_MAY)) == [third]


def test_a_reach_leaves_the_members_of_a_district_and_of_a_service(council):
    service = make_service(council.authority, name="SEND team")
    beyond = make_district(council.authority, name="Burnside")
    home, away, served = council.pupil(), council.pupil(), council.pupil()
    for person in (away, served):
        Residence.objects.filter(person=person).update(district=beyond)
    make_responsible(served, service=service, starts_on=date(2027, 1, 1))
    freeze = council.set()
    everybody = [home.pk, away.pk, served.pk]

    for reach, people in (
        (Reach((council.district.pk,), ()), {home.pk}),
        (Reach((), (service.pk,)), {served.pk}),
        (Reach((council.district.pk,), (service.pk,)), {home.pk, served.pk}),
        (NOBODY, set()),
        (EVERYBODY, set(everybody)),
    ):
        for by in PARTS:
            wanted = replace(asked(freeze, LAST_OF_MAY, by), reach=reach)
            assert set(people_where(wanted)) == people
            assert board(wanted).everybody.total == len(people)
        then = replace(asked(freeze, LAST_OF_MAY), reach=reach, as_known=True)
        assert board(then).everybody.total == len(people)
        assert set(reached(everybody, LAST_OF_MAY, reach)) == people


def test_a_week_ago_is_as_it_was_known_then(council):
    first, second = council.pupil(), council.pupil()
    freeze = council.set()
    council.at(date(2027, 6, 5))
    told(first, "110")
    today = council.at(date(2027, 6, 12))
    told(second, "110")

    week, month = since(asked(freeze, today), board(asked(freeze, today)).everybody)

    assert (week.tally.share, week.now.share, week.points) == (50.0, 100.0, 50.0)
    assert (month.tally, month.points) == (None, None)  # four weeks ago there was no cohort
    earlier = asked(freeze, date(2027, 6, 4))
    assert board(Asked(freeze, earlier.on, earlier.rules, as_known=True)).everybody.offered == 0


def test_last_september_stands_beside_where_it_was_set_here(council):
    council.at(date(2026, 5, 31))
    person = council.pupil(YEAR_12)  # then in Year 11
    before = council.set(2026)
    told(person, "110")
    today = council.at(LAST_OF_MAY)
    freeze = council.set()

    assert last_september(asked(freeze, today), before).share == 100.0
    assert last_september(asked(freeze, today), None) is None


def test_who_left_year_12_early_and_has_no_new_offer_is_owed_one(council):
    def left(ends_on=date(2027, 2, 1), predicted=date(2027, 7, 9), born=YEAR_12):
        person = council.pupil(born, code="")
        make_activity(person, "210", date(2026, 9, 2), ends_on=ends_on, predicted_end_on=predicted)
        return person

    owed = left()
    unplanned = left(predicted=None)
    elsewhere, offered, recorded, working = left(), left(), left(), left()
    make_activity(elsewhere, "230", date(2027, 2, 8))
    make_activity(working, "330", date(2027, 2, 8))  # a job without training is no offer
    offered.offers.create(place="College", stage="conditional", said_on=date(2027, 3, 1))
    recorded.guarantees.create(year_group=12, status="110", status_on=date(2027, 3, 1))
    early = left(ends_on=date(2027, 7, 9))
    council.at(date(2027, 7, 20))
    left(predicted=None, ends_on=date(2027, 6, 15))
    left(born=YEAR_11)

    found = left_year_12(council.authority.pk, date(2027, 7, 20))

    assert set(found) == {owed.pk, unplanned.pk, working.pk}
    assert early.pk not in found
    assert found[owed.pk].on == date(2027, 2, 1)
    assert set(owed_after_leaving(council.authority, {}, date(2027, 7, 20))) == {owed, unplanned, working}


def test_intended_destinations_by_school_beside_the_year_before(council):
    council.pupil(intended_destination="111")
    asked_nobody = council.pupil(intended_destination="611")
    council.pupil(school="far", intended_destination="211")
    council.pupil(YEAR_12, intended_destination="111")  # the Year 11 of last year
    wanted = AskedDestinations(council.authority.pk, 2026, LAST_OF_MAY)

    found = destinations(wanted)

    assert (found.everybody.total, found.everybody.recorded, found.everybody.share) == (3, 2, 66.7)
    schools = {line.name: (line.now.total, line.now.missing, line.before.total) for line in found.schools}
    assert schools == {"Ambleford School": (2, 1, 1), "Far School": (1, 0, 0)}
    shares = {line.code: (line.number, line.share, line.before) for line in found.lines}
    assert shares["111"] == (1, 50.0, 100.0)
    assert shares["211"] == (1, 50.0, 0.0)
    assert "611" not in shares
    assert missing(wanted, "") == missing(wanted, str(council.school.pk)) == [asked_nobody.pk]
    assert missing(wanted, str(council.far_school.pk)) == []
