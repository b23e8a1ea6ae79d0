"""Every figure of the monthly report, counted again in plain Python, person by person."""

from datetime import timedelta

import pytest

from caseload.reports.catalogue import MONTHLY, content
from caseload.reports.rules.content import texts
from tests.caseload.reports.conftest import LAST_YEAR, NOVEMBER, OCTOBER, november
from tracking.rules.codes import Status

pytestmark = pytest.mark.django_db
NO_FIGURE = "no figure"


def said(county, words="Ambleshire"):
    made = content(MONTHLY, county.authority, november(), county.whom(words))
    return {each.title: each for each in made.sections}


def counted(people, day):
    """Cohort, NEET and not known on a day."""
    held = [each.invented.status(day) for each in people if each.invented.place(day).is_measured]
    cohort = sum(each is not Status.EXCLUDED for each in held)
    return cohort, held.count(Status.NEET), held.count(Status.NOT_KNOWN)


def percent(part, whole):
    return f"{100 * part / whole:.1f}%" if whole else NO_FIGURE


def columns_of(people, day):
    cohort, neet, lost = counted(people, day)
    return [
        str(cohort), str(neet), percent(neet, cohort), str(lost), percent(lost, cohort), str(neet + lost),
        percent(neet + lost, cohort),
    ]  # fmt: skip


def rate(people, day):
    cohort, neet, lost = counted(people, day)
    return 100 * (neet + lost) / cohort if cohort else None


def moved(now, before):
    if now is None or before is None:
        return NO_FIGURE
    size = f"{abs(now - before):.1f}"
    sign = "" if size == "0.0" else "+" if now > before else "\u2212"
    return sign + size


def arrow(now, before):
    if now is None or before is None:
        return "\u00d7 not comparable"
    if now == before:
        return "\u2013 same"
    return "\u2191 worse" if now > before else "\u2193 better"


def line(words, people):
    now, before, then = (rate(people, day) for day in (NOVEMBER, OCTOBER, LAST_YEAR))
    return [words, *columns_of(people, NOVEMBER), moved(now, before), moved(now, then), arrow(now, then)]


def test_each_district_and_gender_is_counted_and_held_against_month_and_year(county):
    parts = said(county)

    assert texts(parts["Districts"]) == [
        line(name, [each for each in county.people if each.district == name])
        for name in ("Northby", "Southby")
    ]
    assert texts(parts["Gender"]) == [
        line(words, [each for each in county.people if each.gender == code])
        for words, code in (("Female", "F"), ("Male", "M"))
    ]


def test_where_we_stand_and_each_month(county):
    parts, whole = said(county), county.people

    neet, lost, both, learning = texts(parts["Where we stand"])
    cohort, in_neet, not_known = counted(whole, NOVEMBER)
    assert neet[:3] == ["NEET", str(in_neet), percent(in_neet, cohort)]
    assert lost[:3] == ["Not known", str(not_known), percent(not_known, cohort)]
    now, before, then = (rate(whole, day) for day in (NOVEMBER, OCTOBER, LAST_YEAR))
    assert both[1:] == [
        str(in_neet + not_known), percent(in_neet + not_known, cohort), f"{before:.1f}%", moved(now, before),
        f"{then:.1f}%", moved(now, then), arrow(now, then),
    ]  # fmt: skip
    taking_part = sum(
        each.invented.participates(NOVEMBER) for each in whole if each.invented.place(NOVEMBER).is_measured
    )
    assert learning[1:3] == [str(taking_part), percent(taking_part, cohort)]
    assert texts(parts["Month by month"]) == [
        [words, *columns_of(whole, day)]
        for words, day in (
            ("November 2025", LAST_YEAR),
            ("October 2026", OCTOBER),
            ("November 2026", NOVEMBER),
        )
    ]


def test_ethnic_groups(county):
    found = texts(said(county)["Ethnic group"])

    wanted = {
        code: [words, *columns_of([each for each in county.people if each.ethnicity == code], NOVEMBER)]
        for code, words in (("WBRI", "White - British"), ("", "Nothing recorded"))
    }
    assert wanted["WBRI"] in found
    assert wanted[""] == found[-1]
    assert len(found) == 3


def test_who_came_and_who_went(county):
    was = {each.invented.person.pk for each in county.people if _neet(each, OCTOBER)}
    now = {each.invented.person.pk: each for each in county.people if _neet(each, NOVEMBER)}

    rows = texts(said(county)["Who became NEET and who left"])

    assert rows[0][-1] == str(len(was))
    assert rows[-1][-1] == str(len(now))
    joined = sum(int(row[-1]) for row in rows if row[0] == "Became NEET")
    left = sum(int(row[-1]) for row in rows if row[0] == "No longer NEET")
    assert (joined, left) == (len(now.keys() - was), len(was - now.keys()))
    assert joined
    assert left


def _neet(each, day):
    return each.invented.place(day).is_measured and each.invented.status(day) is Status.NEET


def test_not_known_by_when_we_last_heard(county):
    sums = dict.fromkeys(
        ("In the last 4 weeks", "4 weeks to 3 months ago", "3 to 6 months ago", "6 to 12 months ago",
         "More than a year ago", "Nobody ever told us of them"), 0,
    )  # fmt: skip
    for each in county.people:
        made = each.invented
        if not made.place(NOVEMBER).is_measured or made.status(NOVEMBER) is not Status.NOT_KNOWN:
            continue
        days = [day for day in (made.verified_on, each.reached_on) if day and day <= NOVEMBER]
        past = (NOVEMBER - max(days)) if days else None
        bands = zip((28, 91, 182, 365, 10_000), sums, strict=False)
        words = next((name for limit, name in bands if past is not None and past <= timedelta(limit)), None)
        sums[words or "Nobody ever told us of them"] += 1

    found = texts(said(county)["Not known, by when we last heard"])

    assert [(row[0], int(row[1])) for row in found] == list(sums.items())
    assert sum(1 for people in sums.values() if people) >= 4


def test_of_one_district_or_service_only_its_own_are_counted(county):
    for words, own in (
        ("Northby", [each for each in county.people if each.district == "Northby"]),
        ("NEET support", [each for each in county.people if each.in_service]),
    ):
        parts = said(county, words)
        assert texts(parts["Month by month"])[-1][1:] == columns_of(own, NOVEMBER)
        assert (
            sum(int(row[1]) for row in texts(parts["Not known, by when we last heard"]))
            == counted(own, NOVEMBER)[2]
        )
