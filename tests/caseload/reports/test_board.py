"""The board of a district, counted again in plain Python: the numbers, what was agreed, schools, what ends next."""

from collections import Counter
from datetime import UTC, date, datetime, time
from random import Random

import pytest

from caseload.meetings.models import AgendaItem, Decision, Meeting, MeetingType
from caseload.reports.catalogue import BOARD, PROGRESS, content
from caseload.reports.papers import pdf
from caseload.reports.rules.content import texts
from neet.clock import LONDON
from schools.models import Establishment
from tests.caseload.reports.conftest import LAST_YEAR, NOVEMBER, OCTOBER, november
from tests.factories import make_collection, make_expected, make_task
from tests.pdf import sheets_of
from tracking.figures.actions import Month, freeze
from tracking.reference.queries import ruleset
from tracking.register.models import Activity
from tracking.rules.codes import Status

pytestmark = pytest.mark.django_db
SCHOOLS = ("Ashby School", "Birch School")
FROZEN_AT = datetime(2026, 12, 10, 10, tzinfo=UTC)


def said(county, words="Northby", report=BOARD):
    return {
        each.title: each
        for each in content(report, county.authority, november(), county.whom(words)).sections
    }


def of(county, words):
    return [each for each in county.people if words == "Ambleshire" or each.district == words]


def measured(people, day):
    return [each for each in people if each.invented.place(day).is_measured]


def rate(people, day):
    statuses = [each.invented.status(day) for each in measured(people, day)]
    cohort = sum(status is not Status.EXCLUDED for status in statuses)
    lost = statuses.count(Status.NEET) + statuses.count(Status.NOT_KNOWN)
    return 100 * lost / cohort if cohort else 0


@pytest.mark.parametrize("words", ["Northby", "Ambleshire"])
def test_the_three_numbers_of_the_place_with_month_and_year(county, words):
    people = of(county, words)
    neet, lost, both = texts(said(county, words)["Where we stand"])

    held = [each.invented.status(NOVEMBER) for each in measured(people, NOVEMBER)]
    assert (neet[1], lost[1]) == (str(held.count(Status.NEET)), str(held.count(Status.NOT_KNOWN)))
    now, before, then = (rate(people, day) for day in (NOVEMBER, OCTOBER, LAST_YEAR))
    assert both[2] == f"{now:.1f}%"
    moved = [float(words.replace("\u2212", "-")) for words in both[3:5]]
    assert moved == [round(now - before, 1), round(now - then, 1)]


@pytest.fixture
def met(county):
    """Two meetings in each district in November, and one in December, with tasks done, late and to do."""
    dice, kind = (
        Random("met"),
        MeetingType.objects.create(authority=county.authority, slug="m", words="NEET meeting"),
    )
    agreed = []
    for held_on in (date(2026, 11, 5), date(2026, 11, 25), date(2026, 12, 3)):
        for words in ("Northby", "Southby"):
            meeting = Meeting.objects.create(
                type=kind, district=county.whom(words).district, held_on=held_on,
                opened_at=datetime.combine(held_on, time(10), LONDON),
            )  # fmt: skip
            for number, each in enumerate(dice.sample(of(county, words), 4), start=1):
                item = AgendaItem.objects.create(
                    meeting=meeting, person=each.invented.person, number=number, treatment="discuss",
                    settled_at=meeting.opened_at,
                )  # fmt: skip
                how = dice.choice(["done", "done after", "late", "to do"])
                done_at = {"done": FROZEN_AT.replace(day=4), "done after": FROZEN_AT.replace(day=20)}.get(how)
                due_on = date(2026, 11, 28) if how == "late" else date(2026, 12, 30)
                task = make_task(each.invented.person, done_at=done_at, due_on=due_on)
                Decision.objects.create(item=item, words="Ring", task=task)
                agreed.append((words, held_on, how))
    return [(words, held_on, how) for words, held_on, how in agreed if held_on <= NOVEMBER]


def test_what_the_meetings_of_the_month_agreed_and_what_became_of_it(county, met):
    for words in ("Northby", "Southby", "Ambleshire"):
        hows = Counter(how for place, _, how in met if words in (place, "Ambleshire"))
        to_do = hows["done after"] + hows["to do"]
        assert texts(said(county, words)["What was agreed"]) == [
            ["NEET meeting", *(str(each) for each in (hows.total(), hows["done"], to_do, hows["late"]))]
        ]
    log = texts(said(county, "Ambleshire", PROGRESS)["Meetings held"])
    by_day = Counter((held_on.day, place) for place, held_on, _ in met)
    done = Counter((held_on.day, place) for place, held_on, how in met if how == "done")
    assert log == [
        [f"{day} November", f"NEET meeting, {place}", "4", str(by_day[day, place]), str(done[day, place])]
        for day in (5, 25)
        for place in ("Northby", "Southby")
    ]


def test_what_is_expected_to_end_in_the_month_after(county):
    dice, ends = Random("ends"), {}
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1)]
    for each in county.people:
        if each.invented.activity:
            doing, on = each.invented.activity, dice.choice(days)
            held = Activity.objects.filter(person=each.invented.person, code=doing.code)
            held.filter(starts_on=doing.started_on).update(predicted_end_on=on)
            ends[each.invented.person.pk] = on
    freeze(month=Month(county.authority.pk, NOVEMBER), by=None)
    ending = [
        each
        for each in measured(of(county, "Northby"), NOVEMBER)
        if each.invented.status(NOVEMBER) is Status.EET
        and date(2026, 12, 1) <= ends[each.invented.person.pk] <= date(2026, 12, 31)
    ]

    board = texts(said(county)["Ends in December 2026"])

    by_code = Counter(each.invented.activity.code for each in ending)
    names = ruleset(NOVEMBER).activities
    assert len(by_code) > 2
    assert {row[0]: int(row[1]) for row in board} == {
        names[code].plain_words: by_code[code] for code in by_code
    }


def test_schools_with_the_highest_shares_and_the_returns_they_owe(county):
    ashby = Establishment.objects.get(name="Ashby School")
    due, came = date(2026, 9, 25), FROZEN_AT.replace(day=1)
    for title, sent_at in (("A", None), ("B", came), ("C", FROZEN_AT.replace(day=20))):
        asked = make_collection(county.authority, title=title, due_on=due)
        make_expected(ashby, asked, sent_at=sent_at)
    at = {name: [each for each in county.people if each.school == name] for name in SCHOOLS}

    rows = texts(said(county, "Ambleshire")["Schools causing concern"])

    wanted = []
    for name, people in at.items():
        statuses = [each.invented.status(NOVEMBER) for each in measured(people, NOVEMBER)]
        cohort = sum(status is not Status.EXCLUDED for status in statuses)
        numbers = (cohort, statuses.count(Status.NEET), statuses.count(Status.NOT_KNOWN))
        owed = "2" if name == ashby.name else "0"
        wanted.append([name, *(str(each) for each in numbers), f"{rate(people, NOVEMBER):.1f}%", owed])
    wanted.sort(key=lambda row: -float(row[4][:-1]))
    assert [row for row in rows if row[0] in at] == wanted


def test_a_board_is_one_sheet(county, met):
    assert sheets_of(pdf(content(BOARD, county.authority, november(), county.whom("Northby")))) == 1
