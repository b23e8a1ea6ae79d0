"""What young people of an invented council asked about their records, and how far the answers are."""

from datetime import date, timedelta
from random import Random

from neet.accounts.models import User
from schools.models import Authority
from tracking.register.actions.access import open_in_emergency
from tracking.register.models import AccessGrant, YoungPerson
from tracking.rights.actions.copies import gather, read_through, treat
from tracking.rights.actions.limits import limit_use
from tracking.rights.actions.openings import look_into
from tracking.rights.actions.requests import answer, prove_identity, record_request, take_longer
from tracking.rights.models import RightsRequest
from tracking.rights.statements import Answer, Ask, Treatment

WRONG = "The college says I left in March. I stayed until the exams in June."
KEEP = "Please do not ring us while our child is in hospital."


def asked_of_us(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """Copies in three states, a correction that was refused in part, a record that is not used, an emergency."""
    governor = User.objects.filter(memberships__role="governance", memberships__authority=authority).first()
    seen = YoungPerson.objects.visible_to(officer).filter(authority=authority, cohort_status="P")
    some = list(seen.filter(notes__isnull=False, restricted_on=None).order_by("pk").distinct()[:40])
    if governor is None or len(some) < 6:
        return
    picked = rng.sample(some, 6)
    _copies(picked[:3], officer, governor, on)
    _corrected(picked[3], officer, governor, on)
    limit_use(person=picked[4], why="objected", by=officer)
    ask = Ask("restriction", "parent", on - timedelta(days=3), KEEP)
    record_request(person=picked[4], ask=ask, by=officer)
    _emergencies(picked[4:], officer, governor)


def _copies(people: list[YoungPerson], officer: User, governor: User, on: date) -> None:
    days = (on - timedelta(days=2), on - timedelta(days=26), on - timedelta(days=12))
    _, late, read = (
        record_request(person=person, ask=Ask("copy", "young_person", day), by=officer)
        for person, day in zip(people, days, strict=True)
    )
    prove_identity(request=late, how="Known to their worker", by=governor)
    prove_identity(request=read, how="Passport seen at the office", by=governor)
    RightsRequest.objects.filter(pk=late.pk).update(due_on=on + timedelta(days=4), identity_on=days[1])
    take_longer(request=read, why="Paper files in two offices have to be read", by=governor)
    copy = gather(request=read, by=governor, still_mine=lambda: None)
    for entry in copy.entries.filter(names_others=True).order_by("number")[:2]:
        treat(entry=entry, treatment=Treatment(held="others"), by=governor)
    if not copy.entries.filter(service__isnull=False).exists():
        read_through(copy=copy, by=governor)


def _corrected(person: YoungPerson, officer: User, governor: User, on: date) -> None:
    ask = Ask("rectification", "young_person", on - timedelta(days=20), WRONG)
    asked = record_request(person=person, ask=ask, by=officer)
    asked = prove_identity(request=asked, how="Known to their worker", by=governor)
    said = Answer("partly", "The end day was mended; the college stands by the reason it gave.", WRONG)
    answer(request=asked, said=said, by=governor)


def _emergencies(people: list[YoungPerson], officer: User, governor: User) -> None:
    for person in people:
        open_in_emergency(person=person, why="A hospital rang and asked who looks after them.", by=officer)
    grants = AccessGrant.objects.filter(person=people[0], kind=AccessGrant.Kind.EMERGENCY)
    for grant in grants:
        look_into(
            grant=grant,
            found="right",
            words="The hospital confirmed the call. Nothing to change.",
            by=governor,
        )
