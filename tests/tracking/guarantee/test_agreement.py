"""The board, the DfE's file and the scorecard tell the same; an enrolment without an offer raises it by itself."""

from collections import Counter
from datetime import date

import pytest
from django.urls import reverse

from returns.nccis.assembly import records
from tests.factories import make_collection, make_expected, make_user, sign_in
from tests.returns.intake.ready import sent
from tests.tracking.guarantee.conftest import LAST_OF_MAY, YEAR, YEAR_11, YEAR_12
from tracking.figures.queries.scorecard import now_together
from tracking.guarantee.actions import add, remove
from tracking.guarantee.queries.board import Asked, board, people_where
from tracking.guarantee.queries.cohort import changes
from tracking.reference.models import ReferenceRow
from tracking.reference.queries import ruleset
from tracking.register.actions.offers import record_place
from tracking.register.models import Activity, Guarantee, YoungPerson
from tracking.register.statements import PlaceSaid
from tracking.rules.guarantee import share

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(council):
    """Two of each status in each year group, by two statements."""
    rules = ruleset(LAST_OF_MAY).guarantee_statuses.values()
    told = [
        (born, group, status.code)
        for born, group in ((YEAR_11, 11), (YEAR_12, 12))
        for status in rules
        if (status.valid_year_11 if group == 11 else status.valid_year_12)
        for _ in range(2)
    ]
    people = YoungPerson.objects.bulk_create(
        YoungPerson(
            authority=council.authority, young_person_id=f"8869{number:09d}", given_name="Kit",
            family_name=f"N{number}", date_of_birth=born, la_at_year_11="886",
        )
        for number, (born, _, _) in enumerate(told, start=1)
    )  # fmt: skip
    Guarantee.objects.bulk_create(
        Guarantee(person=person, year_group=group, status=code, la_code="886", status_on=LAST_OF_MAY)
        for person, (_, group, code) in zip(people, told, strict=True)
        if code != "159"  # where nothing stands, setting the cohort says so
    )
    return people


@pytest.mark.parametrize(
    "month", [date(2027, 6, 30), date(2027, 8, 31), date(2027, 9, 30), date(2028, 3, 31)], ids=str
)
def test_the_file_counts_each_status_as_the_board_does(council, many, month):
    freeze = council.set()
    council.at(date(2027, 6, 10))
    newcomer, waiting = council.pupil(), council.pupil()
    add(freeze=freeze, people=[newcomer.pk], why="Moved here", by=council.proposer)
    remove(freeze=freeze, people=[many[0].pk], why="Moved away", by=council.proposer)
    YoungPerson.objects.filter(pk=many[1].pk).update(
        cohort_status="T", cohort_status_on=date(2027, 6, 2), transferred_to_la="887"
    )
    YoungPerson.objects.filter(pk=many[2].pk).update(cohort_status="G", cohort_status_on=date(2027, 6, 2))
    council.at(month)
    rules = ruleset(month)

    sent_records = {
        each.young_persons_id: each
        for each in records(authority=council.authority, period_end=month, ruleset=rules)
        if each.cohort_status in "PG"
    }
    members = YoungPerson.objects.in_bulk(people_where(Asked(freeze, month, rules)))
    in_file = {
        pk: each.young_person_id for pk, each in members.items() if each.young_person_id in sent_records
    }

    assert set(members) - set(in_file) == {many[1].pk}  # moved away, and nobody has taken them out yet
    guaranteed = {number for number, each in sent_records.items() if each.guarantee_status_indicator == "Y"}
    assert guaranteed == set(in_file.values())
    assert waiting.young_person_id in sent_records
    by_file, by_board = Counter(), Counter()
    for number in guaranteed:
        each = sent_records[number]
        by_file[("11", each.year_11_guarantee_status)] += bool(each.year_11_guarantee_status)
        by_file[("12", each.year_12_guarantee_status)] += bool(each.year_12_guarantee_status)
    for group in ("11", "12"):
        for code in rules.guarantee_statuses:
            found = people_where(Asked(freeze, month, rules), group=group, status=code)
            by_board[(group, code)] += len([pk for pk in found if pk in in_file])
    assert +by_file == +by_board
    assert sum(by_board.values()) == len(in_file)

    counts = now_together(council.authority.pk, month)
    offers = [pk for pk in people_where(Asked(freeze, month, rules), stand="offer") if pk in in_file]
    assert (counts.owed, counts.offered) == (len(in_file), len(offers))


def test_112_enrolments_without_an_offer_raise_the_board_by_exactly_112(council):
    people = YoungPerson.objects.bulk_create(
        YoungPerson(
            authority=council.authority, young_person_id=f"8869{number:09d}", given_name="Kit",
            family_name=f"Enrolled{number}", date_of_birth=YEAR_11,
        )
        for number in range(1, 131)
    )  # fmt: skip
    Activity.objects.bulk_create(
        Activity(person=each, code="110", starts_on=date(2022, 9, 1), establishment=council.far_school)
        for each in people
    )
    freeze = council.set()
    Guarantee.objects.filter(person__in=people[112:120]).update(status="110")
    Guarantee.objects.filter(person__in=people[120:124]).update(status="140")
    today = council.at(date(2027, 9, 20))
    asked = Asked(freeze, today, ruleset(today))
    before = board(asked).everybody
    assert (before.offered, before.total, before.share) == (8, 130, 6.2)
    collection = make_collection(
        council.authority, academic_year=2027, as_at=date(2027, 9, 14), opens_on=date(2027, 9, 1),
        due_on=date(2027, 9, 25),
    )  # fmt: skip

    # the 112, eight who had an offer already, and four whose application somebody wrote down
    sent(make_expected(council.school, collection), *[(each, {}) for each in people[:124]])

    after = board(asked).everybody
    assert after.offered - before.offered == 112
    assert after.share == share(120, 130) == 92.3
    assert set(people_where(asked, stand="offer")) == {each.pk for each in people[:120]}
    reason = Guarantee.objects.get(person=people[0], year_group=11).reason
    assert reason.startswith("Began learning at Ambleford School by 30 September 2027")


def test_later_additions_can_push_offers_above_those_who_were_frozen(council):
    first = council.pupil()
    freeze = council.set()
    today = council.at(date(2027, 7, 1))
    second = council.pupil()
    add(freeze=freeze, people=[second.pk], why="Moved here in June", by=council.proposer)
    Guarantee.objects.filter(person__in=[first, second]).update(status="110")

    found = board(Asked(freeze, today, ruleset(today))).everybody

    assert share(found.offered, found.total) == 100.0
    assert share(found.offered, changes(freeze, today).frozen) == 200.0
    assert freeze.year == YEAR


def test_the_days_of_grace_are_a_setting_that_form_and_offer_ask(council, client):
    rows = ReferenceRow.objects.filter(table="limits", key="guarantee_grace_days")
    rows.update(values={**rows.get().values, "value": "60"})
    person = council.pupil()
    council.at(date(2027, 10, 30))
    officer = make_user("tracking_officer", council.authority)

    page = sign_in(client, officer).get(reverse("change_guarantee", args=[person.ref]))
    said = PlaceSaid(place="Far College", stage="conditional", said_on=date(2027, 10, 30))
    record_place(person=person, said=said, by=officer)

    assert "September Guarantee, Year 11" in page.content.decode()
    assert [(each.year_group, each.status) for each in person.guarantees.all()] == [(11, "110")]


@pytest.mark.parametrize(
    ("on", "group"), [(date(2027, 8, 31), 11), (date(2027, 9, 30), 11), (date(2027, 10, 1), 12)], ids=str
)
def test_an_officer_and_an_offer_speak_of_the_same_september(council, client, on, group):
    person = council.pupil()
    council.at(on)
    officer = make_user("tracking_officer", council.authority)

    page = sign_in(client, officer).get(reverse("change_guarantee", args=[person.ref]))
    said = PlaceSaid(place="Far College", stage="conditional", said_on=on)
    record_place(person=person, said=said, by=officer)

    assert f"September Guarantee, Year {group}" in page.content.decode()
    assert [(each.year_group, each.status) for each in person.guarantees.all()] == [(group, "110")]
