"""Why a line stands where it stands, in the words of whoever rings."""

from collections.abc import Iterator
from datetime import date, datetime

from caseload.chase.rules.hours import WORDS
from caseload.chase.rules.ranking import Candidate, Moment, Number, Ranked, answers, best_band, is_overdue
from tracking.rules.chase import HUNDRED

Reason = tuple[float, str]


def reasons(line: Ranked, at: Moment) -> tuple[str, ...]:
    """Why somebody is called, the weightiest reason first; what speaks against it comes last.

    The month weighs for all alike and is said once above the list.
    """
    found = [*_of_person(line.who, at), _of_number(line.number, at)]
    return tuple(words for _, words in sorted(found, key=lambda each: -each[0]))


def best_time(line: Ranked, at: Moment) -> str:
    """When they are reached most likely; nothing where there is no number to ring."""
    return WORDS[best_band(line.number, at)] if line.number else ""


def _of_person(who: Candidate, at: Moment) -> Iterator[Reason]:
    weights = at.weights
    if who.promised_at:
        yield weights.share("called_back"), f"asked to be rung back {_moment(who.promised_at, at.now)}"
    if who.due_on and is_overdue(who, at):
        which = "first" if who.is_first else "next"
        yield weights.share("overdue"), f"{which} contact was due on {_day(who.due_on)}"
    if who.sought:
        yield weights.share("sought"), f"{weights.words('sought')} “{who.sought}”".strip()
    if who.vulnerable:
        yield weights.share("need_vulnerable"), weights.words("need_vulnerable")
    for row in (at.needs.get(who.need), at.activities.get(who.code)):
        if row:
            yield row.value / HUNDRED, row.words
    if not who.is_measured and at.month and at.month.value > HUNDRED:
        yield HUNDRED / at.month.value, "outside the ages the figures are made from"
    if who.in_vain >= weights.limit("calls_in_vain"):
        yield 0.0, f"tried {who.in_vain} times in vain, try another way"


def _of_number(number: Number | None, at: Moment) -> Reason:
    """What is known of the number beside what is usual: answered so often, rung in vain, or never rung."""
    if number is None:
        return at.weights.share("reach_nobody"), at.weights.words("reach_nobody")
    tried, came = sum(number.tried), sum(number.answered)
    against_usual = answers(number, at.band, at) / (at.usual[number.whose][at.band] or 1.0)
    if came:
        return against_usual, f"answered {came} of {tried} call{'' if tried == 1 else 's'}"
    if tried:
        times = {1: "once", 2: "twice"}.get(tried, f"{tried} times")
        return against_usual, f"this number was rung {times}, no answer yet"
    return 1.0, "this number was not rung yet"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _moment(moment: datetime, now: datetime) -> str:
    """At 3:30pm, of another day than today with the day."""
    at = moment.astimezone(now.tzinfo)
    clock = f"at {at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"
    return clock if at.date() == now.date() else f"on {_day(at.date())} {clock}"
