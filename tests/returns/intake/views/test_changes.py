"""What a return would change, as its sender sees it before it is sent."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from returns.calendar.models import ExpectedReturn
from tests.factories import make_college, make_residence
from tests.returns.intake.views.conftest import HEADINGS, Enrol, send
from tracking.models import Activity, Residence

pytestmark = pytest.mark.django_db
UPN = "B801200005001"
ADA = f"Lark,Ada,01/05/2009,F,9 Long Row,ZZ1 1ZZ,12,{UPN}"


def words(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


def test_a_new_address_stands_beside_the_old_one(
    desk: Client, expected: ExpectedReturn, enrolled: Enrol
) -> None:
    ada = enrolled(given_name="Ada", family_name="Lark", upn=UPN)
    Residence.objects.filter(person=ada).update(line_1="1 Mill Lane", source="loaded")

    intake = send(desk, expected, f"{HEADINGS},UPN", ADA)
    shown = words(desk.get(f"/return/{intake.ref}/rows/"))

    assert "Address: until now 1 Mill Lane, Ambleford, ZZ9 9ZZ 9 Long Row, ZZ1 1ZZ" in shown


def test_of_somebody_elsewhere_only_what_was_sent_is_shown(
    desk: Client, expected: ExpectedReturn, enrolled: Enrol
) -> None:
    ada = enrolled(given_name="Ada", family_name="Lark", upn=UPN)
    Activity.objects.filter(person=ada).update(establishment=make_college())
    Residence.objects.filter(person=ada).delete()
    make_residence(ada, line_1="1 Secret Row", postcode="ZZ1 1ZZ", source="loaded")

    intake = send(desk, expected, f"{HEADINGS},UPN", ADA)
    shown = words(desk.get(f"/return/{intake.ref}/rows/"))

    assert intake.rows.get().person == ada
    assert "Address: 9 Long Row, ZZ1 1ZZ" in shown
    assert "Secret" not in shown


def test_who_is_asked_about_day_and_month_says_it_once(desk: Client, expected: ExpectedReturn) -> None:
    lines = [ADA.replace("01/05/2009", day) for day in ("04/03/2009", "25/12/2008", "12/26/2008")]
    rows = [
        line.replace("Ada", name).replace(UPN, "")
        for line, name in zip(lines, ("Ada", "Bea", "Cleo"), strict=True)
    ]
    intake = send(desk, expected, f"{HEADINGS},UPN", *rows)
    page = f"/return/{intake.ref}/problems/day_order/date_of_birth/"
    assert "How does your file write 3 April?" in words(desk.get(page))

    answer = desk.post(f"/return/{intake.ref}/dates/date_of_birth/", {"order": "month first"}, follow=True)

    assert "The dates are read with the month first" in words(answer)
    assert intake.rows.get(number=2).clean["date_of_birth"] == "2009-04-03"
