"""How the year goes on, counted again in plain Python: the plan, what is late and whose, returns, what is missing."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from caseload.meetings.models import ProvisionGap
from caseload.plan.models import Post
from caseload.reports.catalogue import PROGRESS, content
from caseload.reports.rules.content import texts
from schools.models import Service
from tests.caseload.reports.conftest import NOVEMBER, november
from tests.factories import make_collection, make_expected, make_school, make_user
from tracking.register.models import Task

pytestmark = pytest.mark.django_db
FROZEN_ON = date(2026, 12, 10)
COUNCIL, SUPPORT = "The council as a whole", "NEET support"


def said(county, words="Ambleshire"):
    return {
        each.title: each
        for each in content(PROGRESS, county.authority, november(), county.whom(words)).sections
    }


def percent(part, whole):
    return f"{100 * part / whole:.1f}%" if whole else "no figure"


@pytest.fixture
def planned(county):
    """Sixty items of the year: done in time, done late, done after the freeze, not needed, open."""
    dice, found = Random("plan"), []
    service = Service.objects.get(authority=county.authority)
    owner = make_user("manager", county.authority, name="Moe Manager")
    Post.objects.create(
        authority=county.authority,
        words="Service lead",
        service=service,
        holder_words="Sal Lead",
        starts_on=date(2026, 9, 1),
    )
    for number in range(60):
        due_on, own = date(2026, 9, 10) + timedelta(dice.randint(0, 200)), dice.choice([service, None])
        how = dice.choice(["in time", "after", "after freeze", "not needed", "open"])
        done_on = {
            "in time": due_on - timedelta(3), "after": due_on + timedelta(2),
            "after freeze": FROZEN_ON + timedelta(5), "not needed": date(2026, 9, 5),
        }.get(how)  # fmt: skip
        if done_on and done_on > FROZEN_ON:
            how = "after freeze"
        Task.objects.create(
            authority=county.authority, kind="plan", cause=f"plan:2026:own-{number}:x", words=f"Item {number}",
            service=own, due_on=due_on, owner=None if own else owner,
            done_at=datetime.combine(done_on, datetime.min.time().replace(hour=12), UTC) if done_on else None,
            outcome="Not needed: no" if how == "not needed" else "",
        )  # fmt: skip
        found.append((SUPPORT if own else COUNCIL, due_on, how, number))
    return found


def test_the_plan_by_service_as_it_stood_when_the_month_was_frozen(county, planned):
    def row(name):
        own = [each for each in planned if name in ("All", each[0])]
        hows = [how for *_, how, _ in own]
        still = [due_on for _, due_on, how, _ in own if how in ("open", "after freeze")]
        due = [how for _, due_on, how, _ in own if how != "not needed" and due_on < NOVEMBER]
        numbers = (
            len(own), hows.count("in time") + hows.count("after"), hows.count("not needed"),
            sum(due_on < NOVEMBER for due_on in still), sum(due_on >= NOVEMBER for due_on in still), len(due),
        )  # fmt: skip
        return [name, *(str(each) for each in numbers), percent(due.count("in time"), len(due))]

    parts = said(county)

    assert texts(parts["The plan of the year"]) == [row(COUNCIL), row(SUPPORT), row("All")]
    late = sorted(
        (due_on, name != COUNCIL, number)
        for name, due_on, how, number in planned
        if how in ("open", "after freeze") and due_on < NOVEMBER
    )
    assert len(late) > 3
    assert [(row[0], row[2], row[4]) for row in texts(parts["Late"])] == [
        (f"Item {number}", "Sal Lead" if own else "Moe Manager", str((NOVEMBER - due_on).days))
        for due_on, own, number in late
    ]
    coming = [
        due_on
        for _, due_on, how, _ in planned
        if how in ("open", "after freeze") and NOVEMBER <= due_on <= NOVEMBER + timedelta(31)
    ]
    assert len(texts(parts["Due next"])) == len(coming)
    assert texts(said(county, SUPPORT)["The plan of the year"])[0] == row(SUPPORT)


def test_returns_that_were_due_came_in_time_late_or_not(county):
    title, day = "Post-16 enrolment", datetime(2026, 9, 25, 12, tzinfo=UTC)
    asked = make_collection(county.authority, title=title, due_on=date(2026, 9, 25))
    came = [{"sent_at": day}, {"nil_at": day}, {"sent_at": day + timedelta(1)}, {},
            {"sent_at": datetime(2026, 12, 20, tzinfo=UTC)},
            {"sent_at": day + timedelta(3), "extended_to": date(2026, 9, 30)},
            {"waived_on": date(2026, 9, 20), "waived_why": "Closed"}]  # fmt: skip
    for each in came:
        make_expected(make_school(), asked, **each)
    make_expected(make_school(), make_collection(county.authority, due_on=date(2026, 12, 1)))

    rows = texts(said(county)["Returns of schools and colleges"])

    assert rows == [[name, "6", "3", "1", "2", "50.0%"] for name in (title, "All")]


def test_provision_that_is_missing_in_a_district(county):
    north = county.whom("Northby").district
    for sector, waiting, where, closed_on in (
        ("Animal care", 3, north, None), ("Construction", 9, None, None), ("Motor vehicle", 5, north, NOVEMBER),
    ):  # fmt: skip
        gap = ProvisionGap(authority=county.authority, sector=sector, waiting=waiting, district=where)
        gap.closed_on = closed_on
        gap.save()
    ProvisionGap.objects.update(raised_at=datetime(2026, 11, 3, tzinfo=UTC))

    whole, own = said(county)["What is missing"], said(county, "Northby")["What is missing"]

    assert [(row[0], row[-1]) for row in texts(whole)] == [("Construction", "9"), ("Animal care", "3")]
    assert [(row[0], row[-1]) for row in texts(own)] == [("Animal care", "3")]


def test_who_answers_for_what_and_where_nobody_does(county, planned):
    Post.objects.create(authority=county.authority, words="Data lead", starts_on=date(2026, 9, 1))

    section = said(county)["Who answers for what"]

    assert ["Data lead", COUNCIL, "Nobody", ""] in texts(section)
    assert ["Service lead", SUPPORT, "Sal Lead", ""] in texts(section)
    assert section.message == "1 post is held by nobody"
    assert "Who answers for what" not in said(county, "Northby")
