"""One council's whole monthly run at county size, step by step, and the memory it takes: freeze, check by every rule,
build, sign off, mark as sent. Nobody offers a peer for the whole; the steps have theirs elsewhere."""

import logging
import resource
from collections.abc import Callable
from datetime import date

from django.db import transaction

from neet.clock import now
from returns.nccis.actions import Month, build_file, check_month, mark_sent, sign_off
from schools.models import Authority
from tests.bench._measuring import Figure, county, data_officer, report, timed
from tracking.figures.actions import Month as FiguresMonth
from tracking.figures.actions import freeze, keep_as_it_ended
from tracking.figures.queries.scorecard import standing_freezes
from tracking.replays.actions import PastDay, replay
from tracking.rules.months import ReportingMonth


def main() -> None:
    logging.getLogger("neet").setLevel(logging.WARNING)
    county()
    authority = Authority.objects.get()
    newest = standing_freezes(authority.pk)[0]
    month, by = Month(authority, newest.month), data_officer()
    frozen = FiguresMonth(authority.pk, newest.month)
    made = {}
    steps: dict[str, Callable[[], object]] = {
        "freeze": lambda: freeze(month=frozen, by=by),
        "check": lambda: check_month(month=month, by=by),
        "build": lambda: made.update(file=build_file(month=month, by=by)),
        "sign off": lambda: sign_off(submission=made["file"], by=by, why="There is nobody else"),
        "mark as sent": lambda: mark_sent(submission=made["file"], by=by),
    }
    before = memory()
    took = {name: timed(step) for name, step in steps.items()}
    whole, people = sum(took.values()), made["file"].people
    parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in took.items())
    report(Figure(f"a month's run, county, {people:,} people in the file",
                  f"{whole:.1f} s ({parts}); at most {memory():.0f} MB of memory, {before:.0f} MB before it",
                  "must be under 60 s", 60 / whole, 1))  # fmt: skip
    assert memory() < 300, "the run takes more memory than it may"
    past(authority, newest.month)


def past(authority: Authority, day: date) -> None:
    """A frozen month read again from history, and what the timer does when a month has ended."""
    standing = standing_freezes(authority.pk)[0]
    found = []
    took = timed(lambda: found.append(
        replay(past=PastDay(authority.pk, day, standing.frozen_at, standing.pk), by=None)))  # fmt: skip
    assert found[0].agrees
    report(Figure("a frozen month read again both ways, county", f"{took:.1f} s, the rows came out again exactly",
                  "no peer", None, 1))  # fmt: skip
    ended = FiguresMonth(authority.pk, ReportingMonth.of(day).after.ends_on)
    with transaction.atomic():
        took = timed(lambda: keep_as_it_ended(month=ended, moment=now()))
        transaction.set_rollback(True)
    report(Figure("a month kept as it ended, by the timer, county", f"{took:.1f} s", "no peer", None, 1))


def memory() -> float:
    """The most this process held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
