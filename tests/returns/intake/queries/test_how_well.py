"""How well people are told apart: the page's numbers against a recount in plain Python, and who reads what."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from returns.intake.models import Candidate, Intake, IntakeRow
from returns.intake.queries import how_well
from returns.intake.rules.how_well import Told, may_be_shown, right_of, together
from schools.models import Authority
from tests.factories import (
    make_authority,
    make_collection,
    make_college,
    make_expected,
    make_intake,
    make_person,
    make_row,
    make_user,
    sign_in,
)
from tests.returns.intake.doubtful import make_waiting
from tracking.merging.actions.finding import search
from tracking.merging.actions.together import put_together
from tracking.merging.models import Duplicate
from tracking.register.models import YoungPerson

pytestmark = pytest.mark.django_db
Found, Verdict = IntakeRow.Found, Candidate.Verdict
MONTHS = (
    datetime(2026, 9, 30, 23, 30, tzinfo=UTC),
    datetime(2026, 11, 3, 9, tzinfo=UTC),
)  # October here, November


@pytest.fixture
def authority() -> Authority:
    return make_authority()


def sent(authority: Authority, at: datetime, event: int, state: str = Intake.State.ACCEPTED) -> Intake:
    expected = make_expected(make_college(), make_collection(authority))
    return make_intake(expected, state=state, confirmed_at=at, event_id=event)


def answered(row: IntakeRow, person: YoungPerson, verdict: str, at: datetime) -> None:
    """An officer says whether a row that waited is this person."""
    Candidate.objects.create(row=row, person=person, sure=0.5, verdict=verdict)
    row.found = Found.CHOSEN if verdict == Verdict.SAME else Found.NEW
    row.person, row.decided_at = (person if verdict == Verdict.SAME else None), at
    row.save()


def living(authority: Authority, dice: Random) -> list[Intake]:
    """Two returns of random rows, and a third that went back again."""
    people = [make_person(authority, given_name=f"Name{number}") for number in range(24)]
    intakes = [sent(authority, at, number) for number, at in enumerate(MONTHS, start=901)]
    intakes.append(sent(authority, MONTHS[1], 903, Intake.State.WITHDRAWN))
    for intake in intakes:
        for person in dice.sample(people, 16):
            found = dice.choice(
                [Found.EXACT, Found.LINKED, Found.LINKED, Found.NEW, Found.DOUBTFUL, "asked", "asked"]
            )
            row = make_row(intake, person=person, found=Found.DOUBTFUL if found == "asked" else found,
                           left_out=dice.random() < 0.1)  # fmt: skip
            if found == "asked":
                answered(row, person, dice.choice([Verdict.SAME, Verdict.DIFFERENT]), intake.confirmed_at)
            elif found in (Found.DOUBTFUL, Found.NEW):
                IntakeRow.objects.filter(pk=row.pk).update(person=None)
    return intakes


def recounted(intakes: list[Intake]) -> Counter:
    """The same numbers, row by row."""
    counts: Counter = Counter()
    name = {Found.EXACT: "exact", Found.LINKED: "linked", Found.NEW: "new", Found.DOUBTFUL: "doubtful"}
    for intake in intakes:
        if intake.state == Intake.State.WITHDRAWN:
            continue
        month = date(2026, 10 if intake.confirmed_at == MONTHS[0] else 11, 1)
        for row in intake.rows.filter(left_out=False):
            kind = (
                name.get(row.found)
                if row.decided_at is None
                else "nobody"
                if row.found == Found.NEW
                else "same"
            )
            counts[month, kind] += 1
            if kind in ("exact", "linked"):
                others = Candidate.objects.filter(person=row.person, verdict=Verdict.DIFFERENT)
                of_one = [
                    each.row for each in others if each.row.clean == row.clean and each.row.pk != row.pk
                ]
                counts[month, f"{kind}_wrong"] += any(
                    each.decided_at and each.person_id != row.person_id for each in of_one
                )
    return counts


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_number_is_the_one_a_recount_gives(authority: Authority, seed: int) -> None:
    intakes = living(authority, Random(seed))
    sent(make_authority(), MONTHS[1], 990)  # somebody else's

    with CaptureQueriesContext(connection) as seen:
        found = how_well.months(authority.pk)

    assert len(seen) == 1
    said = {(each.month, name): getattr(each.told, name) for each in found for name in Told.__slots__}
    assert {key: number for key, number in said.items() if number} == +recounted(intakes)
    assert [each.month for each in found] == [date(2026, 11, 1), date(2026, 10, 1)]
    assert together(each.told for each in found).wrong > 0


def test_somebody_held_for_new_who_was_on_the_register_is_a_miss_until_taken_apart(
    authority: Authority,
) -> None:
    officer = make_user("tracking_officer", authority)
    before, after = datetime(2026, 10, 1, tzinfo=UTC), MONTHS[1] + timedelta(days=1)
    old, newcomer, third = (make_person(authority, given_name=name) for name in ("Orla", "Orlah", "Ida"))
    YoungPerson.objects.filter(pk=old.pk).update(created_at=before)
    YoungPerson.objects.filter(pk__in=[newcomer.pk, third.pk]).update(created_at=MONTHS[1])
    intake = sent(authority, MONTHS[1], 901)
    for person in (newcomer, third):
        make_row(intake, person=person, found=Found.NEW)
    assert how_well.months(authority.pk)[0].told == Told(new=2)

    merge = put_together(kept=old, gone=newcomer, takes=frozenset(), by=officer)
    merge.merged_at = after
    merge.save()
    assert how_well.months(authority.pk)[0].told == Told(new=2, new_wrong=1)

    merge.taken_apart_at = after
    merge.save()
    assert how_well.months(authority.pk)[0].told == Told(new=2)


def test_the_interval_is_wilson_s_and_of_nothing_there_is_none() -> None:
    found = right_of(9_999, 10_000)

    assert found is not None
    assert (round(found.share, 3), round(found.low, 3), round(found.high, 3)) == (99.99, 99.943, 99.998)
    assert right_of(0, 0) is None
    assert may_be_shown(Told(exact=50, exact_wrong=0, linked=20))
    assert not may_be_shown(Told(exact=50, exact_wrong=3))
    assert not may_be_shown(Told(exact=50, linked=4))


def test_the_page_says_all_to_who_keeps_the_register_and_nothing_of_few_to_who_watches(
    client: Client,
) -> None:
    intake = make_waiting()
    authority = intake.authority
    search(authority=authority, by=None)
    keeper, watcher = (sign_in(Client(), make_user(role, authority)) for role in ("mi_officer", "governance"))
    pair = Duplicate.objects.order_by("-sure")[0]
    officer = make_user("tracking_officer", authority)
    put_together(kept=pair.first, gone=pair.second, takes=frozenset(), by=officer)

    with CaptureQueriesContext(connection) as seen:
        page = keeper.get(reverse("how_well")).content.decode()

    assert len(seen) <= 16
    assert "Left to eyes" in page
    assert "2026" in page
    assert "Postcode" not in page
    watched = watcher.get(reverse("how_well")).content.decode()
    assert "fewer than five" in watched
    assert "Left to eyes" not in watched

    made = sent(authority, MONTHS[1], 950)
    for number in range(8):
        make_row(made, person=make_person(authority), found=(Found.EXACT, Found.LINKED)[number % 2])
    IntakeRow.objects.exclude(intake=made).delete()
    Duplicate.objects.all().delete()
    assert "Left to eyes" not in watcher.get(reverse("how_well")).content.decode()
    for number in range(8):
        make_row(made, person=make_person(authority), found=(Found.EXACT, Found.LINKED)[number % 2])
    told = watcher.get(reverse("how_well")).content.decode()
    assert "<strong>16</strong> links were made without anybody looking" in told
    assert "None turned out wrong" in told
    assert '<th scope="row">November' not in told


def test_nobody_else_reads_it(authority: Authority) -> None:
    school = make_college()
    for role, place in (("caseworker", {}), ("college_user", {"establishment": school})):
        who = sign_in(Client(), make_user(role, authority, **place))
        assert who.get(reverse("how_well")).status_code == 404
