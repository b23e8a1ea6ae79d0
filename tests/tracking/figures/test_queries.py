"""Every figure recounted by other means: one person after the other, by the plain rules."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from random import Random

import pytest

from neet import clock
from schools.models import District
from tests.factories import (
    make_activity,
    make_authority,
    make_characteristic,
    make_district,
    make_person,
    make_residence,
    make_responsible,
    make_school,
    make_service,
    make_user,
)
from tests.tracking.figures.invented import Invented, somebody
from tracking.figures.actions import Month, freeze
from tracking.figures.models import MonthTally
from tracking.figures.queries.scorecard import MONTHS_SHOWN, NoSuchMonth, key_of, scorecard
from tracking.figures.queries.tallies import NONE, Chosen
from tracking.models import Guarantee, YoungPerson
from tracking.rules.codes import Status
from tracking.rules.cohort import counts_in_rates
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import LEFT_FOR_GOOD, Counts

ENDS = [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)]
MONTHS = [ReportingMonth(end) for end in ENDS]


@dataclass
class World:
    council: object
    people: list[Invented]
    homes: dict[int, int | None]
    districts: list[District]

    def counted(self, day: date, *, district: int | object | None = NONE) -> Counts:
        """Everybody looked at one by one."""
        found: Counter[str] = Counter()
        for each in self.people:
            place, status = each.place(day), each.status(day)
            if not place.is_measured or (district is not NONE and self.homes[each.person.pk] != district):
                continue
            found["people"] += 1
            found["cohort"] += counts_in_rates(place, status)
            found["neet"] += status is Status.NEET
            found["not_known"] += status is Status.NOT_KNOWN
            found["participating"] += each.participates(day)
        return Counts(**found)

    def neet(self, day: date, district: int | object | None = NONE) -> set[int]:
        return {
            each.person.pk
            for each in self.people
            if each.place(day).is_measured
            and each.status(day) is Status.NEET
            and (district is NONE or self.homes[each.person.pk] == district)
        }


@pytest.fixture
def world(council) -> World:
    dice = Random("figures")
    districts = [make_district(council) for _ in range(2)]
    people = [somebody(council, dice, (2007, 2011)) for _ in range(160)]
    homes: dict[int, int | None] = {}
    for each in people:
        home = dice.choice([None, *districts])
        if home:
            make_residence(each.person, district=home)
        homes[each.person.pk] = home.pk if home else None
    for end in ENDS:
        freeze(month=Month(council.pk, end), by=None)
    return World(council, people, homes, districts)


COUNTED = ("people", "cohort", "neet", "not_known", "participating")


def the_same(found: Counts, counted: Counts) -> bool:
    return all(getattr(found, name) == getattr(counted, name) for name in COUNTED)


def test_each_frozen_month_is_what_counting_people_one_by_one_gives(world):
    card = scorecard(world.council.pk, MONTHS[-1], Chosen())

    assert list(card.series) == MONTHS
    for month, counts in card.series.items():
        assert the_same(counts, world.counted(month.ends_on)), month
    assert card.counts == card.series[MONTHS[-1]]
    assert card.counts.neet >= 3
    assert card.counts.not_known > 3
    assert card.counts.cohort < card.counts.people


def test_each_district_is_counted_so_too(world):
    card = scorecard(world.council.pk, MONTHS[2], Chosen())

    for part in card.parts["district"]:
        key = None if part.slug == "none" else int(part.slug)
        counted = world.counted(ENDS[2], district=key)
        assert the_same(part.counts, counted), part
        cut = scorecard(world.council.pk, MONTHS[2], Chosen({"district": key if key else NONE}))
        assert the_same(cut.counts, counted)


def test_parts_of_every_kind_add_up_to_the_whole(world):
    card = scorecard(world.council.pk, MONTHS[2], Chosen())

    for parts in card.parts.values():
        assert sum((part.counts for part in parts), Counts()) == card.counts


@pytest.mark.parametrize("where", ["everywhere", "in a district"])
def test_joiners_and_leavers_explain_the_change(world, where):
    district = world.districts[0].pk if where == "in a district" else NONE
    chosen = Chosen({"district": district}) if district is not NONE else Chosen()

    card = scorecard(world.council.pk, MONTHS[-1], chosen)

    assert set(card.flows) == set(MONTHS[1:])
    assert card.faults == ()
    for month, flow in card.flows.items():
        was, now = world.neet(month.before.ends_on, district), world.neet(month.ends_on, district)
        assert (flow.before, flow.after) == (len(was), len(now))
        assert flow.joiners == len(now - was)
        assert flow.leavers + flow.other_exits == len(was - now)
        into_work = {each.person.pk for each in world.people if each.status(month.ends_on) is Status.EET}
        measured = {each.person.pk for each in world.people if each.place(month.ends_on).is_measured}
        assert flow.left.get(LEFT_FOR_GOOD, 0) == len((was - now) & into_work & measured)


def test_a_sum_that_does_not_add_up_is_found(world):
    """A tally that somebody changed by hand shows as a month that does not add up."""
    tally = MonthTally.objects.filter(month=ENDS[2], neet__gt=0).first()
    tally.neet -= 1
    tally.save()

    assert MONTHS[2] in scorecard(world.council.pk, MONTHS[2], Chosen()).faults


def test_the_month_in_progress_counts_the_register_as_it_stands(world):
    """December goes on: the tenth of December by the plain rules, and who came since the end of November."""
    card = scorecard(world.council.pk, None, Chosen())

    today = clock.today()
    assert card.is_live
    assert card.month == ReportingMonth.of(today)
    assert the_same(card.counts, world.counted(today))
    was, now = world.neet(ENDS[-1]), world.neet(today)
    assert (card.flow.joiners, card.flow.adds_up) == (len(now - was), True)


def test_a_month_nobody_froze_has_no_figures(council):
    with pytest.raises(NoSuchMonth):
        scorecard(council.pk, MONTHS[0], Chosen())


def test_before_the_first_freeze_there_is_the_month_in_progress_alone(council):
    card = scorecard(council.pk, None, Chosen())

    assert (card.counts, card.flow, len(card.series)) == (Counts(), None, 1)


# --- the yearly figures ------------------------------------------------------------------------------
def test_the_yearly_average_divides_averaged_counts(council):
    """November alone is there of November to January; December is in progress."""
    for number in range(4):
        person = make_person(council)
        make_activity(person, "619" if number == 0 else "310", verified_on=date(2026, 9, 9))
    freeze(month=Month(council.pk, ENDS[-1]), by=None)
    YoungPerson.objects.filter(pk=person.pk).update(cohort_status="D", cohort_status_on=date(2026, 12, 1))

    yearly = {each.months.code: each for each in scorecard(council.pk, None, Chosen()).yearly}

    average = yearly["nov_jan"]
    assert [month.slug for month in average.counted] == ["2026-11", "2026-12"]
    assert not average.is_whole
    assert (average.counts.neet, average.counts.cohort) == (1, 3.5)
    assert average.counts.neet_rate == pytest.approx(100 / 3.5)
    assert "march" not in yearly


def test_participation_leaves_out_re_engagement_gap_years_and_agreed_starts(council):
    for code in ("230", "250", "310", "530", "260", "615", "330"):
        person = make_person(council)
        make_activity(person, code, verified_on=date(2026, 11, 2), review_on=date(2027, 2, 1))
    freeze(month=Month(council.pk, ENDS[-1]), by=None)

    assert scorecard(council.pk, MONTHS[-1], Chosen()).counts.participating == 3


def test_the_guarantee_counts_offers_of_those_owed_one(council):
    for status in ("110", "140", ""):
        person = make_person(council, date_of_birth=date(2010, 3, 1), has_guarantee=True)
        Guarantee.objects.create(person=person, year_group=11, status=status)
    make_person(council, date_of_birth=date(2010, 3, 1))
    freeze(month=Month(council.pk, ENDS[1]), by=None)

    counts = scorecard(council.pk, MONTHS[1], Chosen()).counts

    assert (counts.owed, counts.offered, counts.guarantee_rate) == (3, 1, pytest.approx(100 / 3))


# --- cuts ---------------------------------------------------------------------------------------------
def test_every_kind_of_part_can_be_asked_for_by_its_slug(council):
    person = make_person(council, gender="M")
    make_residence(person, district=make_district(council))
    make_activity(person, "619", establishment=make_school())
    make_characteristic(person, "110")
    make_characteristic(person, "EHCP")
    make_responsible(person, service=make_service(council))
    make_person(council, gender="")
    freeze(month=Month(council.pk, ENDS[-1]), by=None)
    card = scorecard(council.pk, MONTHS[-1], Chosen())

    for name, parts in card.parts.items():
        for part in parts:
            asked = Chosen({name: key_of(name, part.slug)})
            assert scorecard(council.pk, MONTHS[-1], asked).counts == part.counts, (name, part.slug)
    assert len(card.parts["gender"]) == 2


def test_figures_cost_the_same_statements_however_many_months(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        scorecard(world.council.pk, MONTHS[-1], Chosen())
    assert len(ENDS) < MONTHS_SHOWN


def test_another_councils_figures_are_its_own(world):

    other = make_authority()
    freeze(month=Month(other.pk, ENDS[-1]), by=make_user())

    assert scorecard(other.pk, MONTHS[-1], Chosen()).counts == Counts()
