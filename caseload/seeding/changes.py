"""Inventing changes to many: one that was made, and one that somebody has described and not asked for yet."""

from collections.abc import Iterable
from datetime import date, timedelta

from neet.accounts.models import User
from neet.jobs.actions import run
from schools.models import Authority
from tracking.bulk import actions
from tracking.bulk.models import BulkChange
from tracking.register.models import YoungPerson
from tracking.register.queries.narrowing import Wanted
from tracking.register.queries.register import register_list

CONFIRMED, WAITING = 40, 12
TWO_DAYS = timedelta(days=2)


def changed_many(authority: Authority, officer: User, on: date) -> None:
    """A college rang about forty of its students; of some who are NEET a worker has yet to say how they are."""
    students = register_list(officer, Wanted(status="EET", year=12), on).order_by("pk")[:CONFIRMED]
    if students:
        told = _described(authority, officer, students, "The register: In learning or work, Year 12", on)
        job = actions.ask_for(change=told, typed=None, by=officer)
        if job is not None:
            run(job_id=job.pk)
    seekers = register_list(officer, Wanted(status="NEET"), on).order_by("-pk")[:WAITING]
    if seekers:
        _described(authority, officer, seekers, "The register: NEET", on)


def _described(
    authority: Authority, officer: User, people: Iterable[YoungPerson], words: str, on: date
) -> BulkChange:
    found = YoungPerson.objects.filter(pk__in=[each.pk for each in people])
    change = actions.choose(people=found, authority=authority, words=words, by=officer)
    change = actions.decide_on(change=change, act="confirm", by=officer)
    said = {"source": "provider", "on": (on - TWO_DAYS).isoformat()}
    return actions.answer(change=change, said=said, by=officer)
