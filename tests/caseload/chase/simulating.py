"""An invented council's calls over some weeks: the order of ours beside two that need no thinking.

How likely somebody really answers, at which hours, and whether they tell, only the world knows; orders see what calls
came to.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from caseload.chase.rules.floor import placed, with_floor
from caseload.chase.rules.hours import BANDS, House
from caseload.chase.rules.ranking import Candidate, Kind, Moment, Number, ranked
from neet.clock import LONDON
from neet.working_days import is_working_day
from tracking.rules.ruleset import RuleSet

FIRST_DAY = date(2026, 10, 5)
RULES = RuleSet.from_csv(FIRST_DAY)
HOURS = (10, 13, 16, 18)
KNOWS = {"young_person": 0.9, "parent": 0.75, "other": 0.35}


@dataclass(slots=True)
class Line:
    """A number, whose it is, how likely it is really answered in each of the hours, and what calls came to."""

    pk: int
    whose: str
    truth: tuple[float, ...]
    tried: list[int] = field(default_factory=lambda: [0 for _ in BANDS])
    answered: list[int] = field(default_factory=lambda: [0 for _ in BANDS])
    tried_on: date | None = None


@dataclass(slots=True)
class Youth:
    """Somebody of whom nobody knows what they do."""

    pk: int
    since: date
    vulnerable: bool
    lines: list[Line]
    tells: float
    tried_at: datetime | None = None
    again_on: date | None = None
    is_known: bool = False
    reached_on: date | None = None

    def candidate(self) -> Candidate:
        again = self.again_on and datetime.combine(self.again_on, datetime.min.time(), LONDON)
        return Candidate(
            person_id=self.pk, kind=Kind.NOT_KNOWN, code="", is_measured=True, since=self.since,
            vulnerable=self.vulnerable, tried_at=self.tried_at, again_at=again or None,
            numbers=tuple(Number(n.pk, n.whose, tuple(n.tried), tuple(n.answered), n.tried_on) for n in self.lines),
        )  # fmt: skip


Choice = tuple[Youth, Line]
Order = Callable[["World", datetime, int], list[Choice]]


@dataclass
class World:
    """Everybody, and the dice that say who answers."""

    people: list[Youth]
    dice: random.Random
    calls: int = 0
    known: int = 0
    place: int = 0
    told: dict[str, tuple[int, int]] = field(default_factory=dict)
    answered: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)

    def open(self, now: datetime) -> list[Youth]:
        """Those who may be tried: not yet known, not before the day their last outcome gives, with a number left."""
        today = now.date()
        return [
            each
            for each in self.people
            if not each.is_known
            and (each.again_on is None or each.again_on <= today)
            and any(line.tried_on != today for line in each.lines)
        ]

    def ring(self, choice: Choice, band: int, now: datetime) -> None:
        """One call, and what came of it."""
        who, line = choice
        self.calls += 1
        line.tried[band] += 1
        line.tried_on, who.tried_at = now.date(), now
        reached = self.dice.random() < line.truth[band]
        line.answered[band] += reached
        self.answered[line.whose, band] = _one_more(self.answered.get((line.whose, band)), reached)
        who.again_on = now.date() + timedelta(days=3 if reached else 1)
        if reached:
            who.reached_on = who.reached_on or now.date()
            learned = self.dice.random() < who.tells * KNOWS[line.whose]
            self.told[line.whose] = _one_more(self.told.get(line.whose), learned)
            who.is_known = learned
            self.known += learned

    @property
    def per_hundred(self) -> float:
        return 100 * self.known / self.calls if self.calls else 0.0


def _one_more(counted: tuple[int, int] | None, came: bool) -> tuple[int, int]:
    tried, before = counted or (0, 0)
    return tried + 1, before + came


def world(people: int, seed: int, past: int = 0) -> World:
    """So many people; one in five is vulnerable and harder to reach, one number in eight is dead. Each number was rung
    up to `past` times in the year before."""
    dice = random.Random(seed)
    found = [_youth(pk, dice) for pk in range(1, people + 1)]
    for line in (line for each in found for line in each.lines):
        for _ in range(dice.randint(0, past)):
            band = dice.choice(BANDS)
            line.tried[band] += 1
            line.answered[band] += dice.random() < line.truth[band]
    dice.shuffle(found)  # the alphabet knows nothing of who answers
    return World(found, dice)


def _youth(pk: int, dice: random.Random) -> Youth:
    vulnerable = dice.random() < 0.2
    whose = ["young_person", *(["parent"] if dice.random() < (0.4 if vulnerable else 0.7) else [])]
    whose += ["other"] if dice.random() < 0.1 else []
    lines = [_line(pk * 10 + at, each, vulnerable, dice) for at, each in enumerate(whose)]
    since = FIRST_DAY - timedelta(days=dice.randrange(1, 60))
    return Youth(pk, since, vulnerable, lines, tells=dice.uniform(0.5, 1.0))


def _line(pk: int, whose: str, vulnerable: bool, dice: random.Random) -> Line:
    if dice.random() < 0.125:
        return Line(pk, whose, (0.0,) * len(BANDS))
    usual = dice.betavariate(1.5, 3.5 if whose == "young_person" else 2.5) * (0.6 if vulnerable else 1.0)
    liked = dice.choice(BANDS)
    return Line(pk, whose, tuple(min(0.95, usual * (1.6 if band == liked else 0.8)) for band in BANDS))


# -- three orders


def ours(world: World, now: datetime, band: int) -> list[Choice]:
    """By the rules: what was met with so far decides, a line in five is kept for vulnerable groups."""
    at = Moment.of(RULES.weights, RULES.source_ladder, House(world.answered, world.told), now)
    by_key = {each.pk: each for each in world.open(now)}
    order = ranked((each.candidate() for each in by_key.values()), at)
    numbers = {each.who.person_id: each.number for each in order}
    kept = with_floor([placed(each) for each in order], RULES.weights.limit("floor_lines"), world.calls)
    chosen = ((by_key[each.person_id], numbers[each.person_id]) for each in kept)
    return [
        (who, next(line for line in who.lines if line.pk == number.pk)) for who, number in chosen if number
    ]


def alphabetical(world: World, now: datetime, band: int) -> list[Choice]:
    """Down the list from where one stopped, and from the top again; their own number first."""
    may = {each.pk for each in world.open(now)}
    turned = world.people[world.place :] + world.people[: world.place]
    return [(each, _first(each, now)) for each in turned if each.pk in may]


def oldest_first(world: World, now: datetime, band: int) -> list[Choice]:
    """Whoever has waited longest since the last try, or since they became not known."""
    waited = sorted(
        world.open(now), key=lambda each: (each.tried_at.date() if each.tried_at else each.since, each.pk)
    )
    return [(each, _first(each, now)) for each in waited]


def _first(who: Youth, now: datetime) -> Line:
    return next(line for line in who.lines if line.tried_on != now.date())


def weeks_of_calls(order: Order, here: World, *, days: int, calls_a_day: int) -> World:
    """The world after so many working days of so many calls, a quarter of them in each of the hours."""
    day = FIRST_DAY
    index = {each.pk: at for at, each in enumerate(here.people)}
    for _ in range(days):
        for band, hour in enumerate(HOURS):
            now = datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)
            for choice in order(here, now, band)[: calls_a_day // len(HOURS)]:
                here.ring(choice, band, now)
                here.place = index[choice[0].pk] + 1
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return here


def reached_within(here: World, days: int, *, vulnerable: bool) -> float:
    """The share of a group that was reached or found out within so many days."""
    group = [each for each in here.people if each.vulnerable == vulnerable]
    last = FIRST_DAY + timedelta(days=days)
    return sum(each.reached_on is not None and each.reached_on <= last for each in group) / len(group)


def tried(here: World, *, vulnerable: bool) -> float:
    """The share of a group that was rung at all."""
    group = [each for each in here.people if each.vulnerable == vulnerable]
    return sum(each.tried_at is not None for each in group) / len(group)
