"""Currency: until which day what we know about a young person may still be believed.

The day after, the young person counts as not known without anyone touching the record (R46). The periods are
the table `currency_rules`, dated by reporting year; they were worked out from returns the DfE's rules accept
and are marked as not confirmed.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tracking.rules.academic_year import academic_year, ends_on
from tracking.rules.codes import Basis, CurrencyRule
from tracking.rules.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What currency and status need to know about an activity."""

    code: str
    started_on: date
    predicted_end_on: date | None = None
    review_on: date | None = None
    ended_on: date | None = None


def lapses_on(activity: ActivityFacts, last_verified_on: date | None, ruleset: RuleSet) -> date | None:
    """The last day this knowledge holds; None where it never lapses (NEET, not known, a code without a rule).

    An activity that was never verified, or only before it started, counts from its start.
    """
    rule = ruleset.currency.get(activity.code)
    if rule is None or rule.basis is Basis.NEVER:
        return None
    verified_on = max(activity.started_on, last_verified_on or activity.started_on)
    lapse_on = _counted(rule, verified_on, activity)
    if rule.capped_by_end and activity.predicted_end_on:
        return min(lapse_on, activity.predicted_end_on)
    return lapse_on


def is_current(lapse_on: date | None, on: date) -> bool:
    """Whether knowledge still holds on a day; on the day it lapses it does (errors 231 and 232)."""
    return lapse_on is None or on <= lapse_on


def _counted(rule: CurrencyRule, verified_on: date, activity: ActivityFacts) -> date:
    if rule.basis is Basis.ACADEMIC_YEAR_END:
        return ends_on(academic_year(verified_on))
    if rule.basis is Basis.REVIEW:
        # Without a review date (error 262 says so) the last verification stands in for the review.
        return _later(activity.review_on or verified_on, rule)
    return _later(verified_on, rule)


def _later(day: date, rule: CurrencyRule) -> date:
    return add_months(day, rule.amount) if rule.unit == "months" else day + timedelta(days=rule.amount)


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
