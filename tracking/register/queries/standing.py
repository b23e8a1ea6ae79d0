"""Where a young person stands on a day, in words for a page and as a condition for a list: one rule twice."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from tracking.register.models import Activity
from tracking.rules.codes import Status
from tracking.rules.currency import is_current
from tracking.rules.ruleset import RuleSet

WORDS = {
    Status.EET: "In education, employment or training",
    Status.NEET: "NEET",
    Status.NOT_KNOWN: "Not known",
    Status.EXCLUDED: "In custody",
    Status.COMPULSORY: "Of school age",
}
SHORT = {**WORDS, Status.EET: "In learning or work"}
TONES = {Status.EET: "good", Status.NEET: "bad", Status.NOT_KNOWN: "attention"}
NEW_FOR = timedelta(days=30)
# A code this year's lists do not have: it came with an old file or another system (R153). The code stands beside it.
UNLISTED = "Something that is no longer on the DfE's list"


@dataclass(frozen=True)
class Facts:
    """What the situation of one person says."""

    code: str = ""
    since: date | None = None
    ended_on: date | None = None
    counts_until: date | None = None
    place: str = ""
    verified_on: date | None = None
    neet_since: date | None = None


@dataclass(frozen=True)
class Standing:
    """A status in words, what it rests on, and until when it counts."""

    status: Status
    facts: Facts
    activity: str
    ran_out: bool

    @property
    def words(self) -> str:
        return WORDS[self.status]

    @property
    def short(self) -> str:
        """The status where many stand below each other."""
        return SHORT[self.status]

    @property
    def tone(self) -> str:
        return TONES.get(self.status, "plain")

    @property
    def since(self) -> date | None:
        """Since when they have this status; not known any more: the day after the last that counted."""
        if not self.ran_out:
            return self.facts.neet_since if self.status is Status.NEET else self.facts.since
        last = min(day for day in (self.facts.ended_on, self.facts.counts_until) if day)
        return last + timedelta(days=1)


def standing(facts: Facts, rules: RuleSet, on: date) -> Standing:
    """The status on a day (R46). Nothing known, ended, counting no longer, or an unknown code: not known."""
    known = rules.activities.get(facts.code)
    words = known.plain_words if known else (UNLISTED if facts.code else "")
    over = facts.ended_on is not None and facts.ended_on < on
    ran_out = bool(facts.code) and (over or not is_current(facts.counts_until, on))
    status = known.status if known and not ran_out else Status.NOT_KNOWN
    return Standing(status, facts, words, ran_out)


def of_its_council() -> Q:
    """True of everybody: a situation lies with the council of its young person. Said beside a condition on situations,
    it lets the database read those of the councils asked about instead of all."""
    return Q(situation__authority=F("authority"))


def counting(on: date) -> Q:
    """Young people whose present activity counts on the day."""
    goes_on = Q(situation__ends_on__isnull=True) | Q(situation__ends_on__gte=on)
    holds = Q(situation__lapses_on__isnull=True) | Q(situation__lapses_on__gte=on)
    return ~Q(situation__code="") & goes_on & holds


def standing_as(status: Status, rules: RuleSet, on: date) -> Q:
    """Young people of this status on the day."""
    if status is not Status.NOT_KNOWN:
        return Q(situation__code__in=sorted(rules.activities_with(status))) & counting(on)
    known = [each for each in Status if each is not Status.NOT_KNOWN]
    codes = sorted(code for each in known for code in rules.activities_with(each))
    return ~(Q(situation__code__in=codes) & counting(on))


def newly_neet(rules: RuleSet, on: date) -> Q:
    """NEET for no more than thirty days."""
    return standing_as(Status.NEET, rules, on) & Q(situation__neet_since_on__gte=on - NEW_FOR)


def running_out(days: int, on: date) -> Q:
    """What counts today and will not within so many days unless somebody confirms it (R47)."""
    return counting(on) & Q(situation__lapses_on__range=(on, on + timedelta(days=days)))


def ending(days: int, on: date) -> Q:
    """Expected to finish within so many days, and nothing known to follow (R48)."""
    ends = Activity.objects.filter(predicted_end_on__range=(on, on + timedelta(days=days)))
    soon = Q(
        situation__activity__in=ends.values("pk")
    )  # asked by the index of those days, not of every activity
    return counting(on) & soon & Q(situation__changes_on__isnull=True)
