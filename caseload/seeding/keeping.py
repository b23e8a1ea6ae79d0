"""Inventing what is kept and erased: records whose time is over, a hold, an erasure with its certificate, breaches."""

from datetime import date, datetime, time, timedelta
from random import Random

from neet import clock
from neet.accounts.models import User
from neet.jobs.actions import run as work
from schools.models import Authority, Membership, Service
from tracking.register.models import Activity, Characteristic, Responsibility, YoungPerson
from tracking.retention.actions import holds, lists
from tracking.retention.actions.breaches import close_breach, decide_breach, record_breach
from tracking.retention.statements import Decision, Happened
from tracking.seeding.names import ENDINGS, GIRLS, STEMS

PAST, FIRST_NUMBER = 14, 9_990_000_000
GOVERNANCE, CARE_LEAVER = "governance", "160"
COLLEGE, NOT_FOUND = "230", "810"
NIGHT = time(2)


def kept_and_erased(rng: Random, authority: Authority, on: date) -> None:
    """A list of whose time is over with some held back, a certificate of one record that should not have been there,
    and a breach whose hours run beside one that is closed."""
    held = User.objects.filter(memberships__role=GOVERNANCE, memberships__authority=authority)
    one = held.order_by("pk").first()
    if one is None:
        return
    other = _colleague(authority, on)
    people = _long_gone(rng, authority, on)
    _erased(people[0], one, other)
    holds.place_hold(
        authority=authority,
        person=people[1],
        reason="A claim against the college is open",
        until=None,
        by=one,
    )
    service = Service.objects.filter(authority=authority).order_by("pk").first()
    Responsibility.objects.create(person=people[2], service=service, starts_on=on - timedelta(days=700))
    lists.list_due(authority=authority, on=on, by=None)
    lists.archive(authority=authority, on=on)
    _breaches(authority, one)


def _colleague(authority: Authority, on: date) -> User:
    """Two people erase: the second of them."""
    made = User.objects.create_user(email=f"records@{authority.code}.example.org", name="Robin Averill")
    Membership.objects.create(
        user=made, role=GOVERNANCE, authority=authority, starts_on=on - timedelta(days=900)
    )
    return made


def _long_gone(rng: Random, authority: Authority, on: date) -> list[YoungPerson]:
    """Young people of years ago, of whom nothing was recorded since."""
    made = YoungPerson.objects.bulk_create(
        YoungPerson(
            authority=authority,
            young_person_id=f"{authority.database_id}{FIRST_NUMBER + number:010d}",
            given_name=rng.choice(GIRLS),
            family_name=rng.choice(STEMS) + rng.choice(ENDINGS),
            date_of_birth=date(on.year - rng.randint(22, 24), rng.randint(1, 12), rng.randint(1, 28)),
            cohort_status="A",
            cohort_status_on=date(on.year - 4, 8, 31),
            created_at=datetime.combine(date(on.year - 8, 9, 1), NIGHT, clock.LONDON),
        )
        for number in range(PAST)
    )
    began = date(on.year - 6, 9, 1)
    Activity.objects.bulk_create(
        Activity(
            person=person,
            code=rng.choice((COLLEGE, NOT_FOUND)),
            starts_on=began,
            ends_on=date(on.year - 4, rng.randint(1, 8), rng.randint(1, 28)),
        )
        for person in made
    )
    Characteristic.objects.create(person=made[-1], code=CARE_LEAVER)
    return made


def _erased(person: YoungPerson, one: User, other: User) -> None:
    """A record that should not have been there, proposed by one and released by the other."""
    run = lists.ask_to_erase(
        person=person, cause="wrong", why="Recorded twice by mistake, and nothing is known of it.", by=one
    )
    work(job_id=lists.release(run=run, why="", by=other).pk)


def _breaches(authority: Authority, officer: User) -> None:
    now = clock.now()
    found = Happened(
        "A list of leavers went to a school they had not attended.", (now - timedelta(days=41)).date(),
        now - timedelta(days=40), 12, "The school deleted it and said so in writing.",
    )  # fmt: skip
    past = record_breach(authority=authority, happened=found, by=officer)
    why = "Only names, for an hour, in a school that is bound to secrecy."
    decide_breach(breach=past, decision=Decision(False, why, tells_people=False), by=officer)
    close_breach(breach=past, by=officer)
    known_at = now - timedelta(hours=20)
    day = known_at.astimezone(clock.LONDON).date()
    lost = Happened("A printed list of a meeting was left on a train.", day, known_at, 34)
    record_breach(authority=authority, happened=lost, by=officer)
