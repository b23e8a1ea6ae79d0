"""Inventing the chase: who has which calls, what was tried in the last weeks, what hubs and young people said."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random

from caseload.chase.actions.sharing import share_out
from caseload.chase.actions.tips import say_known
from caseload.chase.kinds import Kind
from caseload.chase.models import Attempt
from caseload.chase.queries.tips import NOT_KNOWN, names_for
from caseload.chase.queries.whom import to_call
from caseload.chase.statements import Wanted
from caseload.chase.told import Known
from neet.accounts.actions import create_account
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.clock import LONDON
from neet.working_days import is_working_day, working_days_after
from schools.models import Authority, Membership
from tracking.models import Claim, ContactPoint, Situation, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.queries.standing import running_out
from tracking.rules.chase import ContactOutcome

COLLEAGUES = ("Robin Fairweather", "Jo Larkspur")
DAYS_BACK, TRIED, MOST_TRIES = 40, 0.45, 3
HOURS = ((9, 30), (11, 15), (14, 0), (16, 20), (17, 40))
CAME_OF_IT = (
    ("no_answer", 9, ("Rings out.", "", "")),
    ("message_left", 4, ("Asked to ring back.", "")),
    ("call_back", 2, ("On the bus; after college hours is better.",)),
    ("passed_on", 2, ("Grandmother will tell them.",)),
    ("does_not_know", 1, ("The aunt has not seen them since summer.",)),
    ("would_not_say", 1, ("Friendly, but would rather not say.",)),
)
TIPS = (
    ("230", "College in the next county"),
    ("350", "Stall on the Saturday market"),
    ("619", ""),
    ("", "Skate park most evenings"),
    ("310", "Garage on the ring road"),
    ("360", "Corner café"),
)
TIPPED, ANSWERED = 10, 18


def chased(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """Calls are shared out among three officers; many were tried in vain; hubs and young people said something."""
    among = _officers(authority, officer)
    with_numbers = _tried(rng, authority, officer, on)
    share_out(authority=authority, among=among, only=Wanted("all"), by=officer)
    _rung_back_today(with_numbers, officer, on)
    _tips(rng, authority, on)
    _answers(rng, authority, officer, on)


def _officers(authority: Authority, officer: User) -> list[int]:
    """The officer of the demonstration supervises, and has two colleagues."""
    Membership.objects.filter(user=officer, role="tracking_officer").update(supervises=True)
    officer.kept_scope = None
    found = [officer.pk]
    for number, name in enumerate(COLLEAGUES, 2):
        email = f"tracking.officer{number}.{authority.code}@example.org"
        user = create_account(email=email, name=name, password=None, by=None)
        Membership.objects.create(
            user=user, role="tracking_officer", authority=authority, starts_on=date(2015, 4, 1)
        )
        found.append(user.pk)
    return found


def _tried(rng: Random, authority: Authority, officer: User, on: date) -> list[YoungPerson]:
    """Some of those who are to be called were rung once, twice or three times, on working days."""
    people = list(to_call(officer, Wanted("all"), on).filter(authority=authority).order_by("pk"))
    points = ContactPoint.objects.filter(person__in=people, do_not_use=False, ends_on=None).exclude(
        kind="email"
    )
    numbers: dict[int, list[ContactPoint]] = {}
    for point in points.order_by("pk"):
        numbers.setdefault(point.person_id, []).append(point)
    outcomes = ruleset(on).contact_outcomes
    rows = []
    for person in people:
        if person.pk in numbers and rng.random() < TRIED:
            days = sorted({_working_day(rng, on) for _ in range(rng.randint(1, MOST_TRIES))})
            rows += [_attempt(rng, day, rng.choice(numbers[person.pk]), officer, outcomes) for day in days]
    with recorded(Kind.ATTEMPT_RECORDED, by=officer, authority_id=authority.pk) as event:
        event.subjects = sorted({row.person_id for row in rows})
        event.counts["attempts"] = len(rows)
        Attempt.objects.bulk_create(rows)
    return [person for person in people if person.pk in numbers]


def _working_day(rng: Random, on: date) -> date:
    day = on - timedelta(days=rng.randint(3, DAYS_BACK))
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _attempt(
    rng: Random, day: date, number: ContactPoint, by: User, outcomes: Mapping[str, ContactOutcome]
) -> Attempt:
    (code, _, words) = rng.choices(CAME_OF_IT, weights=[each[1] for each in CAME_OF_IT])[0]
    outcome, at = outcomes[code], datetime.combine(day, time(*rng.choice(HOURS)), LONDON)
    again = working_days_after(day, outcome.again_days) if outcome.again_days else None
    return Attempt(
        person_id=number.person_id,
        channel=Attempt.Channel.TELEPHONE,
        asked=number.whose,
        contact_point=number,
        outcome=code,
        reached=outcome.reached,
        learned=outcome.learned,
        words=rng.choice(words),
        tried_at=at,
        tried_by=by,
        recorded_at=at,
        again_at=datetime.combine(again, time(8), LONDON) if again else None,
    )


def _rung_back_today(people: list[YoungPerson], officer: User, on: date) -> None:
    """Two asked yesterday to be rung this morning."""
    mine = YoungPerson.objects.filter(pk__in=[each.pk for each in people], responsibilities__user=officer)
    for person in mine.order_by("-pk").distinct()[:2]:
        usable = person.contact_points.exclude(kind="email").filter(do_not_use=False, ends_on=None)
        number = usable.earliest("pk")
        before = datetime.combine(on - timedelta(days=1), time(16), LONDON)
        promised = datetime.combine(on, time(9), LONDON)
        Attempt.objects.create(
            person=person, channel=Attempt.Channel.TELEPHONE, asked=number.whose, contact_point=number,
            outcome="call_back", reached=True, learned=False, words="Ring before ten, please.", tried_at=before,
            tried_by=officer, recorded_at=before, again_at=promised,
        )  # fmt: skip


def _tips(rng: Random, authority: Authority, on: date) -> None:
    """The hub worker knows some of them."""
    hub = User.objects.filter(memberships__role="hub_worker", memberships__authority=authority).first()
    if hub is None:
        return
    unknown = list(names_for(hub, NOT_KNOWN, on).order_by("pk"))
    for number, person in enumerate(rng.sample(unknown, min(TIPPED, len(unknown)))):
        code, place = TIPS[number % len(TIPS)]
        known = Known(code, place or "Youth hub", on - timedelta(days=rng.randint(1, 9)))
        say_known(person=person, known=known, by=hub)


def _answers(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """Some at school or college said themselves that they are still there."""
    soon = YoungPerson.objects.visible_to(officer).filter(running_out(60, on), authority=authority)
    there = Situation.objects.filter(person__in=soon, activity__establishment__isnull=False).order_by("pk")
    found = list(there.values_list("person", "code", "activity__establishment_name")[:200])
    for person, code, place in rng.sample(found, min(ANSWERED, len(found))):
        said_on = on - timedelta(days=rng.randint(1, 6))
        said = {"said_on": said_on, "said_by": "young_person", "channel": "survey"}
        Claim.objects.create(person_id=person, code=code, place=place, **said)
