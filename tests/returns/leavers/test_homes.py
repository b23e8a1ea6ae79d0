"""Leavers who live with another council: it is told of each once."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from neet.audit.models import AuditEvent
from neet.files.models import StoredFile
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.actions.taking_back import withdraw
from returns.leavers.models import HomeNotice
from schools.models import Authority
from tests.factories import (
    make_activity,
    make_authority,
    make_collection,
    make_college,
    make_expected,
    make_person,
    make_user,
    sign_in,
)
from tests.returns.intake.conftest import authority, kept_here, school, secretary, sent  # noqa: F401  fixtures

FIRST, AS_AT = date(2026, 9, 1), date(2026, 11, 30)
HEADINGS = "Last name,First name,Date of birth,Leaving date,Why they left,Home LA"


@pytest.fixture(autouse=True)
def in_december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-12-01T10:00")


def test_each_council_is_told_once_of_those_who_live_there(
    authority: Authority,  # noqa: F811
    sent: Callable[..., StoredFile],  # noqa: F811
) -> None:
    college = make_college(la_code=authority.code)
    people = [make_person(authority) for _ in range(3)]
    for each in people:
        make_activity(each, "230", FIRST, establishment=college, verified_on=FIRST)
    asked = make_collection(authority, type="joiners_leavers", as_at=AS_AT, due_on=AS_AT)
    homes = ("Camden", "Camden", "")
    rows = [
        f"{each.family_name},{each.given_name},{each.date_of_birth:%d/%m/%Y},06/11/2026,Travel,{home}"
        for each, home in zip(people, homes, strict=True)
    ]
    expected = make_expected(college, asked)
    intake = begin_with_file(expected=expected, file=sent(HEADINGS, *rows), by=None)
    intake = confirm(intake=check(intake=intake, by=None), by=None)
    officer = sign_in(Client(), make_user("tracking_officer", authority))

    listed = officer.get("/leavers/elsewhere/").content.decode()
    file = b"".join(officer.get("/leavers/elsewhere/202/file/"))
    one = intake.rows.get(person=people[0])
    told = officer.post("/leavers/elsewhere/202/", {"ticked": [one.pk]}, follow=True).content.decode()
    officer.post("/leavers/elsewhere/202/", {"ticked": [one.pk, intake.rows.get(person=people[2]).pk]})

    assert "Camden" in listed
    names = {row[0] for row in load_workbook(BytesIO(file)).active.iter_rows(min_row=2, values_only=True)}
    assert names == {people[0].family_name, people[1].family_name}
    assert "Camden was told" in told
    assert people[1].full_name in told
    assert list(HomeNotice.objects.values_list("row", flat=True)) == [one.pk]
    assert AuditEvent.objects.filter(kind="leavers.home_authority_told").earliest("pk").subjects == [
        people[0].pk
    ]
    withdraw(intake=intake, by=None)
    assert "Nobody to tell of" in officer.get("/leavers/elsewhere/").content.decode()


def test_a_council_that_keeps_its_register_here_is_proposed_the_move(
    authority: Authority,  # noqa: F811
    sent: Callable[..., StoredFile],  # noqa: F811
) -> None:
    college, person = make_college(la_code=authority.code), make_person(authority)
    make_activity(person, "230", FIRST, establishment=college, verified_on=FIRST)
    asked = make_collection(authority, type="joiners_leavers", as_at=AS_AT, due_on=AS_AT)
    row = f"{person.family_name},{person.given_name},{person.date_of_birth:%d/%m/%Y},06/11/2026,Travel,Camden"
    intake = begin_with_file(expected=make_expected(college, asked), file=sent(HEADINGS, row), by=None)
    confirm(intake=check(intake=intake, by=None), by=None)
    officer = sign_in(Client(), make_user("tracking_officer", authority))
    propose = f"/register/moves/people/{person.ref}/?la=202"

    assert propose not in officer.get("/leavers/elsewhere/202/").content.decode()
    make_authority(code="202", name="Camden Council")

    assert propose in officer.get("/leavers/elsewhere/202/").content.decode()
    assert 'value="202" selected' in officer.get(propose).content.decode()
