"""What a young person counts as on a day: worked out from activity and freshness, never typed (R46)."""

from datetime import date

from tracking.rules.codes import Status
from tracking.rules.currency import ActivityFacts, is_current, lapses_on
from tracking.rules.ruleset import RuleSet


def status_on(
    activity: ActivityFacts | None, last_verified_on: date | None, ruleset: RuleSet, on: date
) -> Status:
    """The status on a day: NOT_KNOWN without an activity, or with one that has not begun, has ended, has
    lapsed, or whose code is not on the year's list."""
    if activity is None or not _goes_on(activity, on):
        return Status.NOT_KNOWN
    code = ruleset.activities.get(activity.code)
    if code is None or not is_current(lapses_on(activity, last_verified_on, ruleset), on):
        return Status.NOT_KNOWN
    return code.status


def counts_in_education_and_training(
    activity: ActivityFacts | None, last_verified_on: date | None, ruleset: RuleSet, on: date
) -> bool:
    """Whether the day's activity counts in the DfE's headline participation figure (EES methodology)."""
    if activity is None or status_on(activity, last_verified_on, ruleset, on) is Status.NOT_KNOWN:
        return False
    return ruleset.activities[activity.code].counts_in_education_and_training


def _goes_on(activity: ActivityFacts, on: date) -> bool:
    return activity.started_on <= on and (activity.ended_on is None or on <= activity.ended_on)
