"""Who else may know: those at the same address, the last place, and what was said; only what the asker may read."""

from datetime import date

from caseload.chase.queries.around import last_place, said_of, same_address
from schools.models import Contact
from tests.caseload.chase.conftest import TODAY
from tests.factories import make_activity, make_residence, make_responsible, make_user
from tracking.models import Claim, Residence, YoungPerson


def moved_in(person, line_1, postcode="ZZ1 2AB"):
    Residence.objects.filter(person=person).delete()
    make_residence(person, line_1=line_1, postcode=postcode)
    return person


def test_a_sister_is_found_however_the_address_is_written(town):
    ada = moved_in(town.lost(given_name="Ada"), "12 Mill Lane")
    moved_in(town.at_college(given_name="Bea"), "12, mill lane.")
    moved_in(town.lost(), "14 Mill Lane")
    moved_in(town.lost(), "12 Mill Lane", "ZZ1 2AC")

    found = same_address(ada, town.officer, TODAY)

    assert [each.name.split()[0] for each in found] == ["Bea"]


def test_only_those_the_asker_sees_are_named_and_never_a_restricted_one(town):
    ada = moved_in(town.lost(), "12 Mill Lane")
    bea = moved_in(town.lost(), "12 Mill Lane")
    make_responsible(ada, service=town.hub)
    caseworker = make_user("caseworker", town.authority, service=town.hub)

    assert same_address(ada, caseworker, TODAY) == ()
    assert len(same_address(ada, town.officer, TODAY)) == 1
    for hidden in (bea, ada):
        YoungPerson.objects.update(restricted_on=None, restricted_reason="")
        YoungPerson.objects.filter(pk=hidden.pk).update(restricted_on=TODAY, restricted_reason="Refuge")
        ada.refresh_from_db()
        assert same_address(ada, town.officer, TODAY) == ()


def test_the_last_place_names_whom_to_ask_there(town):
    ada = town.lost(since=date(2026, 9, 1))
    make_activity(ada, "210", date(2025, 9, 1), ends_on=date(2026, 8, 31), establishment=town.college)
    asked = {"authority": town.authority, "establishment": town.college}
    Contact.objects.create(purpose="head", name="Heda Head", **asked)
    Contact.objects.create(purpose="leavers", name="Lea Leavers", telephone="01632 960002", **asked)

    place = last_place(ada, town.officer, TODAY)

    assert (place.name, place.until) == ("Ambleford College", date(2026, 8, 31))
    assert [each.name for each in place.contacts] == ["Lea Leavers"]
    assert last_place(ada, make_user("system_admin"), TODAY) is None


def test_what_was_said_is_told_to_those_who_read_it(town):
    ada = town.lost()
    Claim.objects.create(person=ada, code="230", said_on=TODAY, said_by="Hal Hub", channel="hub")
    make_responsible(ada, service=town.hub, kind="contract")

    assert [each.doing for each in said_of(ada, town.officer, TODAY)] == ["At college, full time"]
    assert said_of(ada, make_user("contractor", town.authority, service=town.hub), TODAY) == ()
