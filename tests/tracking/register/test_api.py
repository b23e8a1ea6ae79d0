"""What programs read of young people: the same people and the same fields as on screen, and never more."""

import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from neet import clock
from neet.accounts.roles import ROLES, STATES_A_REASON, Permission
from neet.accounts.scope import Place
from neet.audit.models import AuditEvent
from schools.actions.tokens import make_token, revoke_token
from tests.factories import (
    make_activity,
    make_authority,
    make_characteristic,
    make_contact,
    make_district,
    make_note,
    make_objection,
    make_person,
    make_residence,
    make_responsible,
    make_school,
    make_service,
    make_user,
)
from tracking.reference.actions import load_seed
from tracking.register.columns import columns
from tracking.register.fields import reads
from tracking.register.lines import MADE_FROM

pytestmark = pytest.mark.django_db
READERS = [slug for slug, role in ROLES.items() if Permission.PERSON_READ in role.permissions]


@pytest.fixture(autouse=True)
def _seeded(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T10:00")
    cache.clear()
    load_seed()


@pytest.fixture
def authority():
    return make_authority(code="886")


@pytest.fixture
def around(authority):
    """A young person everybody with a place here might see, with something in every field."""
    school, service, district = make_school(la_code="886"), make_service(authority), make_district(authority)
    person = make_person(authority, given_name="Ada", family_name="Quill", upn="A123456789012")
    make_activity(person, "210", "2026-09-01", establishment=school, verified_on="2026-09-10")
    make_residence(person, line_1="7 Canary Row", district=district)
    make_contact(person, value="07700 900999", from_institution=True)
    make_characteristic(person, "180", source="provider")
    make_note(person, "Canary note")
    make_responsible(person, service=service, kind="contract")
    make_responsible(person, service=service, kind="lead")
    return {"person": person, "establishment": school, "service": service, "district": district}


def reader(role: str, authority, around):
    placed = ROLES[role].placed_by
    return make_user(role, authority, **({placed: around[placed]} if placed in around else {}))


@pytest.mark.parametrize("role", READERS)
def test_a_line_holds_exactly_the_columns_the_role_reads(role, authority, around, signed_in):
    user = reader(role, authority, around)
    lines = signed_in(user).get(reverse("api_people")).json()["results"]

    read = columns(user, clock.today())
    expected = {"ref", *(name for name, column in MADE_FROM.items() if column in read)}
    assert [set(line) for line in lines] == ([] if role in STATES_A_REASON else [expected])


PARTS = {
    "addresses": "residence.line_1",
    "contacts": "contactpoint.value",
    "circumstances": "characteristic.code",
    "activities": "activity.code",
    "responsible": "responsibility.service",
    "born_on": "youngperson.date_of_birth",
    "upn": "youngperson.upn",
}


@pytest.mark.parametrize("role", [role for role in READERS if role not in STATES_A_REASON])
def test_a_record_holds_only_the_parts_the_role_reads(role, authority, around, signed_in):
    user = reader(role, authority, around)

    answer = signed_in(user).get(reverse("api_person", args=[around["person"].ref])).json()

    for part, field in PARTS.items():
        assert (part in answer) is reads({role}, field), part
    assert "Canary note" not in json.dumps(answer)
    assert AuditEvent.objects.filter(kind="register.person_read", subjects=[around["person"].pk]).exists()


def test_an_objection_masks_what_an_institution_passed_on(authority, around, signed_in):
    client = signed_in(make_user("tracking_officer", authority))
    before = client.get(reverse("api_person", args=[around["person"].ref])).content.decode()
    make_objection(around["person"])

    after = client.get(reverse("api_person", args=[around["person"].ref])).content.decode()
    line = client.get(reverse("api_people")).json()["results"][0]

    assert "07700 900999" in before
    assert "07700 900999" not in after
    assert "A123456789012" not in after
    assert line["upn"] is None


def test_what_is_not_theirs_answers_as_what_is_not_there(authority, signed_in):
    client = signed_in(make_user("mi_officer", authority))
    foreign = make_person(make_authority())
    hidden = make_person(authority, restricted_on="2026-01-01", restricted_reason="Refuge")
    absent = client.get(reverse("api_person", args=["11111111-2222-4333-8444-555555555555"]))

    for person in (foreign, hidden):
        answer = client.get(reverse("api_person", args=[person.ref]))
        assert (answer.status_code, answer.content) == (404, absent.content)
    assert client.get(reverse("api_people")).json()["results"] == []


@pytest.mark.parametrize(
    "query", [{"statsu": "NEET"}, {"status": "SLEEPING"}, {"q": "Quill"}, {"family_name": "Quill"}]
)
def test_a_filter_that_is_not_there_is_said(authority, signed_in, query):
    answer = signed_in(make_user("mi_officer", authority)).get(reverse("api_people"), query)

    assert answer.status_code == 400


def test_filters_are_those_of_the_list(authority, around, signed_in):
    client = signed_in(make_user("mi_officer", authority))

    for status, found in (("EET", 1), ("NEET", 0)):
        assert len(client.get(reverse("api_people"), {"status": status}).json()["results"]) == found


def test_pages_lead_through_everybody_once_and_cost_the_same(authority, signed_in, assert_statements):
    made = {str(make_person(authority).ref) for _ in range(25)}
    client = signed_in(make_user("mi_officer", authority))
    client.get(reverse("api_people"))

    url, seen = reverse("api_people") + "?size=10", []
    while url:
        with assert_statements(18):
            answer = client.get(url).json()
        seen += [line["ref"] for line in answer["results"]]
        url = answer["next"]

    assert (len(seen), set(seen)) == (25, made)


# --- system accounts ---------------------------------------------------------------------------------
@pytest.fixture
def admin():
    return make_user("system_admin")


@pytest.fixture
def made(authority, admin):
    return make_token(name="Warehouse", place=Place("mi_officer", authority.pk), days=30, by=admin)


def ask(secret: str, name: str = "api_people", *args: object):
    return Client().get(reverse(name, args=args), headers={"Authorization": f"Bearer {secret}"})


def test_a_token_reads_at_its_place_and_is_on_record(made, around):
    answer = ask(made.secret)

    assert [line["given_name"] for line in answer.json()["results"]] == ["Ada"]
    event = AuditEvent.objects.get(kind="register.list_read")
    assert (event.user_id, event.role) == (made.token.membership.user_id, "mi_officer")
    assert made.secret not in str(vars(made.token))


def test_a_token_holds_its_own_place_only(made, authority):
    made.token.membership.user.memberships.create(role="tracking_officer", authority=make_authority())

    places = ask(made.secret, "api_me").json()["places"]

    assert [(place["role"], place["authority"]) for place in places] == [("mi_officer", authority.pk)]


@pytest.mark.parametrize("how", ["late", "revoked", "account closed", "place ended", "wrong"])
def test_a_token_that_is_over_opens_nothing(made, admin, monkeypatch, how):
    if how == "late":
        monkeypatch.setenv("DJANGO_NOW", "2026-12-22T10:01")
    if how == "revoked":
        revoke_token(token=made.token, by=admin)
    if how == "account closed":
        made.token.membership.user.is_active = False
        made.token.membership.user.save()
    if how == "place ended":
        made.token.membership.ends_on = "2026-11-21"
        made.token.membership.starts_on = "2026-11-01"
        made.token.membership.save()

    assert ask("x" * 43 if how == "wrong" else made.secret).status_code == 401


def test_a_token_opens_no_page(made):
    answer = Client().get(reverse("register"), headers={"Authorization": f"Bearer {made.secret}"})

    assert answer.status_code == 302
