"""Finding who stands on a register twice."""

from datetime import date

import pytest

from neet.audit.models import AuditEvent
from tests.factories import make_authority, make_person, make_user
from tests.tracking.merging.conftest import one_of_them
from tracking.merging.actions.deciding import ask_again, two_people
from tracking.merging.actions.finding import search, search_of_the_day
from tracking.merging.kinds import Kind
from tracking.merging.models import Duplicate, DuplicateSearch
from tracking.merging.queries.pairs import likely, likely_ones, waiting
from tracking.merging.refusals import CannotBe
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted


@pytest.fixture
def neighbours(authority) -> list[YoungPerson]:
    """Others, none like another."""
    return [
        make_person(authority, given_name=f"Name{place}", family_name=f"House{place}",
                    date_of_birth=date(2008 + place % 3, 1 + place % 12, 1 + place % 27))
        for place in range(60)
    ]  # fmt: skip


def test_one_person_twice_is_found_and_a_twin_is_never_certain(
    authority, neighbours, kept, gone, officer
) -> None:
    twin = one_of_them(authority, given_name="Bartholomew", gender="M")

    found = search(authority=authority, by=officer)

    pair = Duplicate.objects.get(first=kept, second=gone)
    assert found.is_whole
    assert waiting(officer).first() == pair
    twins = Duplicate.objects.filter(second=twin)
    assert all(each.sure < pair.sure and likely(each.sure) != "very likely" for each in twins)
    assert AuditEvent.objects.get(kind=Kind.SEARCHED).counts["people"] == 63


def test_a_number_on_two_records_is_shown_however_different_they_are(authority, neighbours, officer) -> None:
    YoungPerson.objects.filter(pk__in=[neighbours[3].pk, neighbours[40].pk]).update(upn="A886000000001")
    YoungPerson.objects.filter(pk=neighbours[9].pk).update(previous_id=neighbours[50].young_person_id)

    search(authority=authority, by=officer)

    numbers = {(each.first_id, each.second_id): each.number for each in Duplicate.objects.exclude(number="")}
    assert numbers == {
        (neighbours[3].pk, neighbours[40].pk): "upn",
        (neighbours[9].pk, neighbours[50].pk): "ccis",
    }
    assert not likely_ones(waiting(officer)).filter(number="upn").exists()


def test_two_people_stay_two_until_one_of_them_is_somebody_else(
    authority, neighbours, kept, gone, officer
) -> None:
    search(authority=authority, by=officer)
    pair = Duplicate.objects.get(first=kept, second=gone)
    two_people(pair=pair, by=officer)
    with pytest.raises(CannotBe):
        two_people(pair=pair, by=officer)

    again = search(authority=authority, by=officer, whole=True)
    assert (again.found, waiting(officer).filter(pk=pair.pk).exists()) == (0, False)

    YoungPerson.objects.filter(pk=gone.pk).update(given_name="Orla")
    nightly = search(authority=authority, by=None)
    assert (nightly.is_whole, nightly.asked) == (False, 1)
    assert waiting(officer).filter(pk=pair.pk).exists()

    two_people(pair=pair, by=officer)
    ask_again(pair=pair, by=officer)
    assert waiting(officer).filter(pk=pair.pk).exists()


def test_the_night_compares_those_who_changed_with_everybody(authority, neighbours, kept, officer) -> None:
    search(authority=authority, by=officer)
    assert not Duplicate.objects.exists()
    gone = one_of_them(authority, given_name="Orla")

    search_of_the_day(day=date(2026, 11, 22))

    assert Duplicate.objects.get().second == gone
    assert DuplicateSearch.objects.first().asked == 1

    YoungPerson.objects.filter(pk=gone.pk).update(given_name="Xenophon", date_of_birth=date(2007, 1, 1))
    gone.residences.all().delete()
    search_of_the_day(day=date(2026, 11, 23))
    assert not Duplicate.objects.exists()


def test_a_pair_is_for_those_who_see_both(authority, neighbours, kept, gone, officer) -> None:
    search(authority=authority, by=officer)
    kept.restricted_on, kept.restricted_reason = date(2026, 9, 1), "At risk"
    kept.save()
    stranger = make_user("tracking_officer", make_authority())

    assert not waiting(officer).exists()
    assert not waiting(stranger).exists()
    with pytest.raises(NotPermitted):
        two_people(pair=Duplicate.objects.get(first=kept, second=gone), by=officer)
    with pytest.raises(NotPermitted):
        search(authority=authority, by=stranger)


def test_a_letter_lost_or_an_earlier_name_is_worth_a_look_and_twins_are_not(
    authority, neighbours, officer
) -> None:
    olive = one_of_them(authority, given_name="Oliver", upn="A886000000001")
    slip = one_of_them(authority, given_name="Olive")
    twin = one_of_them(authority, given_name="Sebastian", gender="M", upn="A886000000002")
    for place in range(3):  # both names are borne by others: nothing says that one is a slip
        for name in ("Oliver", "Olive"):
            make_person(authority, given_name=name, family_name=f"Other{place}{name}", gender="F",
                        date_of_birth=date(2007, 3 + place, 20))  # fmt: skip
    married = one_of_them(authority, given_name="Rosa", family_name="Newname", date_of_birth=date(2006, 2, 7))
    married.former_names.create(given_name="Rosa", family_name="Winterbourne")
    before = one_of_them(authority, given_name="Rosa", family_name="Winterbourne",
                         date_of_birth=date(2006, 2, 7))  # fmt: skip
    before.residences.all().delete()

    search(authority=authority, by=officer)

    found = {(each.first_id, each.second_id): each for each in likely_ones(waiting(officer))}
    assert {(olive.pk, slip.pk), (married.pk, before.pk)} <= found.keys()
    twins = found.get((olive.pk, twin.pk))
    assert likely(found[olive.pk, slip.pk].sure) != "unlikely"
    assert twins is None or twins.sure < found[olive.pk, slip.pk].sure
    assert found[married.pk, before.pk].levels[1] != 1  # shown as they are called today

    married.former_names.all().delete()
    search(authority=authority, by=officer, whole=True)
    again = waiting(officer).filter(first=married, second=before).first()
    assert again is None or again.sure < found[married.pk, before.pk].sure
