"""What a change of the error rules would do to the records that were found wrong."""

from neet.accounts.scope import scope_of
from neet.ui.words import many, month
from returns.nccis.board import PRIORITIES
from returns.nccis.models import CheckRun
from tracking.reference.effects import Effect, Move, Trial
from tracking.reference.queries import ruleset


def error_rules(trial: Trial) -> Effect:
    """How many records of the authority's latest check have the error, and whether they would stand elsewhere on the
    list of what to mend. Which records are wrong does not change: the checks themselves are not data."""
    code = trial.key
    run = (
        CheckRun.objects.filter(authority__in=scope_of(trial.user).authority_ids)
        .order_by("-period_end", "-checked_at")
        .first()
    )
    before = ruleset(trial.on).errors.get(code)
    trial.apply()
    if run is None:
        return Effect("No month has been checked yet, so it is not known how many records have this error.")
    found = run.counts.get(code, 0)
    latest = f"in the latest check, of {month(run.period_end)}"
    words = f"{many(found, 'record has,records have')} this error {latest}."
    words = words[0].upper() + words[1:]
    priority = trial.values.get("priority", "")
    after = int(priority) if priority.isdigit() else 0
    if before is None or before.priority == after or not found:
        return Effect(words)
    return Effect(words, found, (Move(_of(before.priority), _of(after), found),))


def _of(priority: int) -> str:
    return PRIORITIES.get(priority, PRIORITIES[0])
