"""What services did with the month, counted again in plain Python: cases, first contacts, who went on, groups."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from caseload.allocation.models import Case, MonthRun
from caseload.reports.catalogue import SERVICES, content
from caseload.reports.rules.content import texts
from caseload.reviews.models import Review
from schools.models import Service
from tests.caseload.reports.conftest import NOVEMBER, november
from tests.factories import make_characteristic
from tracking.figures.actions import Month, freeze
from tracking.rules.codes import Status

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER = date(2026, 8, 31), date(2026, 9, 30)
SUPPORT, NO_SERVICE = "NEET support", "No service"


def said(county, words="Ambleshire"):
    return {
        each.title: each
        for each in content(SERVICES, county.authority, november(), county.whom(words)).sections
    }


def percent(part, whole):
    return f"{100 * part / whole:.1f}%" if whole else "no figure"


def is_neet(each, day):
    return each.invented.place(day).is_measured and each.invented.status(day) is Status.NEET


@pytest.fixture
def worked(county):
    """A case of everybody NEET, in any state, some reviewed: in time, late, or written down after the freeze."""
    dice, run = Random("cases"), MonthRun.objects.create(authority=county.authority, month=NOVEMBER)
    service, found = Service.objects.get(authority=county.authority), []
    for each in [each for each in county.people if is_neet(each, NOVEMBER)]:
        state = dice.choice(["allocated"] * 4 + ["moved_on", "handed_back", "no_rule"])
        offer = dice.choice(["caseload", "caseload", "telephone"])
        own = None if state == "no_rule" else service
        case = Case.objects.create(
            run=run, person=each.invented.person, state=state, offer=offer, service=own
        )
        how = dice.choice(["in time", "too late", "told later", "never"])
        if how != "never":
            Review.objects.create(
                case=case, outcome="working",
                reviewed_on=date(2026, 12, 1) if how == "too late" else date(2026, 11, 20),
                recorded_at=datetime(2026, 12, 20 if how == "told later" else 2, 12, tzinfo=UTC),
            )  # fmt: skip
        found.append((each, state, offer, how))
    return found


def row_of(name, cases):
    duty = [how for _, state, offer, how in cases if (state, offer) == ("allocated", "caseload")]
    states = [state for _, state, _, _ in cases]
    first = date(2026, 11, 1)
    reached = [each for each, *_ in cases if any(first <= day <= NOVEMBER for day in _reached(each))]
    return [
        name, str(len(cases)), str(len(duty)), str(duty.count("in time")), percent(duty.count("in time"), len(duty)),
        str(len(reached)), *(str(states.count(each)) for each in ("moved_on", "handed_back", "no_rule")),
    ]  # fmt: skip


def _reached(each):
    return [each.reached_on] if each.reached_on else []


def test_cases_of_the_month_by_service_and_of_one_district(county, worked):
    assert len(worked) > 8
    assert {how for *_, how in worked} == {"in time", "too late", "told later", "never"}
    served = [each for each in worked if each[1] != "no_rule"]
    nobodys = [each for each in worked if each[1] == "no_rule"]
    whole = [row_of(SUPPORT, served), row_of(NO_SERVICE, nobodys), row_of("All", worked)]
    assert texts(said(county)["Cases"]) == [row for row in whole if row[1] != "0"]

    north = [each for each in worked if each[0].district == "Northby"]
    assert texts(said(county, "Northby")["Cases"])[-1] == row_of("All", north)
    assert texts(said(county, SUPPORT)["Cases"]) == [row_of(SUPPORT, served), row_of("All", served)]


def test_days_until_somebody_who_became_neet_is_spoken_to(county):
    rows, within = [], 10
    for each in county.people:
        since = each.invented.activity.started_on if each.invented.activity else None
        if not is_neet(each, NOVEMBER) or not NOVEMBER - timedelta(182) <= since <= NOVEMBER - timedelta(
            within
        ):
            continue
        days = [(day - since).days for day in _reached(each) if since <= day]
        rows.append((SUPPORT if each.in_service else NO_SERVICE, days[0] if days else None))

    parts = said(county)

    assert len(rows) > 5
    for name, *numbers in texts(parts["Days to the first contact"]):
        own = [days for service, days in rows if name in ("All", service)]
        spoken = [days for days in own if days is not None]
        in_time = sum(days <= within for days in spoken)
        assert numbers[:4] == [str(len(own)), str(len(spoken)), str(in_time), percent(in_time, len(own))]
    waited = {name: int(people) for name, people, _ in texts(parts["How long they waited to be spoken to"])}
    assert sum(waited.values()) == len(rows)
    assert waited["Not spoken to yet"] == sum(days is None for _, days in rows)
    assert waited["15 to 28 days"] == sum(days is not None and 14 < days <= 28 for _, days in rows)


def test_who_was_neet_three_months_before_and_went_on(county):
    for end in (AUGUST, SEPTEMBER):
        freeze(month=Month(county.authority.pk, end), by=None)
    was = [each for each in county.people if is_neet(each, AUGUST)]

    found = texts(said(county)["Into learning or work"])

    assert len(was) > 3
    for name, *numbers in found:
        own = [each for each in was if name == "All" or (name == SUPPORT) is each.in_service]
        month, quarter = (
            sum(each.invented.status(day) is Status.EET for each in own) for day in (SEPTEMBER, NOVEMBER)
        )
        assert numbers == [
            str(len(own)), str(month), percent(month, len(own)), str(quarter), percent(quarter, len(own))
        ]  # fmt: skip


def test_groups_that_services_answer_for(county):
    dice, groups = (
        Random("groups"),
        {"110": "Looked after (in care)", "170": "Supervised by the youth justice team"},
    )
    held = {each.invented.person.pk: dice.choice([*groups, ""]) for each in county.people}
    for each in county.people:
        if code := held[each.invented.person.pk]:
            make_characteristic(each.invented.person, code, starts_on=date(2020, 1, 1))
    freeze(month=Month(county.authority.pk, NOVEMBER), by=None)

    found = {row[0]: row for row in texts(said(county)["Groups that services answer for"])}

    for code, words in groups.items():
        own = [each for each in county.people if held[each.invented.person.pk] == code]
        counted = [each for each in own if each.invented.place(NOVEMBER).is_measured]
        statuses = [each.invented.status(NOVEMBER) for each in counted]
        cohort = sum(status is not Status.EXCLUDED for status in statuses)
        neet = statuses.count(Status.NEET)
        assert found[words][1:4] == [str(cohort), str(neet), percent(neet, cohort)]
    assert "EHC plan" in found


def test_without_the_months_between_nobody_is_said_to_have_gone_on(county):
    assert "Into learning or work" not in said(county)
