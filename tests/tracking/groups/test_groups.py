"""Groups: counted as they are defined, found in the register, and used by those who read what they ask about."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from neet.audit.models import AuditEvent
from tests.factories import make_characteristic, make_objection, make_user, sign_in
from tests.tracking.exploring.conftest import NOVEMBER, Autumn
from tests.tracking.figures.test_views import page_of
from tracking.figures.models import MonthRecord
from tracking.groups.actions import Naming, keep_group
from tracking.groups.models import Group
from tracking.models import YoungPerson
from tracking.register.queries.narrowing import Wanted
from tracking.register.queries.register import register_list
from tracking.rules.groups import COLUMNS, Asked, Line, Rule, belongs

pytestmark = pytest.mark.django_db
YOUNG_MEN_OR_PLAN = Rule(
    (Line((Asked("gender", "M"), Asked("need", "EHCP"))), Line((Asked("year", 16), Asked("year", 17))))
)
IN_CARE = Rule((Line((Asked("characteristic", "110"),)),))
NOT_SOUTH = Rule((Line((Asked("gender", "F"),), is_turned=True),))


def kept(autumn: Autumn, rule: Rule, name: str = "A group", **said: bool) -> Group:
    owner = make_user("mi_officer", autumn.council)
    return keep_group(
        authority=autumn.council, naming=Naming(name, is_shared=True, **said), rule=rule, by=owner
    )


@pytest.mark.parametrize("rule", [YOUNG_MEN_OR_PLAN, NOT_SOUTH])
def test_a_cut_counts_of_a_group_who_belongs_to_it_and_each_number_opens_them(autumn, officer, rule):
    group = kept(autumn, rule)
    rows = (
        MonthRecord.objects.filter(month=NOVEMBER, is_measured=True)
        .exclude(status="EXCLUDED")
        .values(*COLUMNS.values())
    )
    belonging = [row for row in rows if belongs(rule, row)]
    asked = {"month": "2026-11", "rows": "district", "measure": "cohort", "group": group.pk}

    page = officer.get(reverse("figures_explore"), asked).content.decode()
    url, whole = re.findall(
        r'href="(/figures/people/[^"]+)">(\d+)<span class="govuk-visually-hidden">, Everybody', page
    )[0]
    assert int(whole) == len(belonging) > 3
    listed = page_of(officer.get(url.replace("&amp;", "&")))
    assert len(set(re.findall(r"Person\d+", listed))) == len(belonging)
    by_month = page_of(officer.get(reverse("figures_explore"), {**asked, "columns": "month"}))
    assert "Nov 2026" in by_month
    card = page_of(officer.get(reverse("figures"), {"month": "2026-11", "group": group.pk}))
    assert (
        f"Of {len(belonging)} young people" in card.replace("<a href", " <a href")
        or str(len(belonging)) in card
    )


def test_the_register_finds_whom_a_cut_of_today_counts(autumn, officer):
    group = kept(autumn, YOUNG_MEN_OR_PLAN)
    page = page_of(officer.get(reverse("group", args=[group.pk])))
    number = int(re.search(r"Of (\d+) young (?:person|people) in Years 12 and 13", page)[1])
    user = make_user("tracking_officer", autumn.council)

    assert register_list(user, Wanted(group=group.pk)).count() == number > 3
    assert f'value="{group.pk}"' in officer.get(reverse("register")).content.decode()
    assert not register_list(
        make_user("caseworker", autumn.council, service=autumn.team), Wanted(group=group.pk)
    )


def test_who_does_not_read_what_a_group_asks_about_does_not_use_it(autumn, officer):
    measured = MonthRecord.objects.filter(month=NOVEMBER, is_measured=True, status="EET").order_by("person")
    person = YoungPerson.objects.get(pk=measured.values_list("person", flat=True)[0])
    make_characteristic(person, "110")
    group = kept(autumn, IN_CARE, "In care")
    lead = sign_in(Client(), make_user("district_lead", autumn.council, district=autumn.north))

    assert "In care" in page_of(officer.get(reverse("groups")))
    assert "In care" not in page_of(lead.get(reverse("groups")))
    assert lead.get(reverse("group", args=[group.pk])).status_code == 404
    manager = sign_in(Client(), autumn.user("manager"))
    assert manager.get(reverse("groups")).status_code == 404
    user = autumn.user("tracking_officer")
    assert [each.pk for each in register_list(user, Wanted(group=group.pk))] == [person.pk]
    make_characteristic(person, "160", source="provider")
    make_objection(person, made_by="young_person")
    assert not register_list(user, Wanted(group=group.pk))


def test_a_group_is_named_and_said_line_by_line_and_taken_away(autumn, officer):
    made = officer.post(reverse("new_group"), {"name": "Young men", "in_reports": "on"})
    url = made["Location"]
    officer.post(url + "add/", {"values": ["gender:M"]})
    officer.post(url + "add/", {"values": ["year:16", "year:17"], "is_turned": "on"})
    group = Group.objects.get(name="Young men")

    page = page_of(officer.get(url))
    assert "Not: Year 12 or Year 13" in page
    assert group.is_shared
    assert "Choose at least one" in page_of(officer.post(url + "add/", {"values": []}))
    officer.post(url + "drop/", {"line": "1"})
    assert len(Group.objects.get().rule) == 1
    other = sign_in(Client(), make_user("mi_officer", autumn.council))
    assert other.get(url).status_code == 200
    assert other.post(url + "add/", {"values": ["gender:F"]}).status_code == 404
    officer.post(url + "forget/")
    assert not Group.objects.exists()
    assert AuditEvent.objects.filter(kind__startswith="groups.").count() == 5


def test_pages_take_few_statements_however_many_groups_there_are(
    autumn, officer, django_assert_max_num_queries
):
    for number in range(12):
        kept(autumn, YOUNG_MEN_OR_PLAN, f"Group {number}")
    officer.get(reverse("groups"))
    with django_assert_max_num_queries(14):
        officer.get(reverse("groups"))
    with django_assert_max_num_queries(18):
        officer.get(reverse("group", args=[Group.objects.first().pk]))
