"""Inventing the work on the cases: who was screened, what was said of them, lists handed out, referrals that wait."""

from datetime import date, datetime, time, timedelta
from random import Random

from caseload.allocation.models import Case, MonthRun
from caseload.referrals.actions import accept, decline, refer
from caseload.referrals.models import Referral
from caseload.referrals.statements import Ask
from caseload.reviews.actions import acknowledge, hand_out, name_contact, review, review_many
from caseload.reviews.models import Review, ServiceList
from caseload.reviews.queries.counting import to_do
from caseload.reviews.queries.lists import workers_of
from caseload.reviews.statements import Named, ReviewTold
from caseload.screening.actions import choose_lead, screen
from caseload.screening.models import Screening
from caseload.screening.queries import proposal, to_screen
from caseload.screening.statements import Plan, Told
from neet.accounts.models import User
from neet.clock import LONDON
from neet.working_days import on_or_before, working_days_after
from schools.models import Authority, Service
from tracking.register.models import Characteristic, YoungPerson

MOST_SCREENED, MOST_REFERRED = 60, 9
WANTS = ("education", "education", "training", "work", "work", "not_now", "not_said")
IN_THEIR_WORDS = ("Something with animals", "Construction, like my uncle", "Back to college in January", "Not sure yet",
                  "Hairdressing", "A job, any job", "")  # fmt: skip
SAID = {
    "working": (
        "Meets us every week, CV is ready.",
        "Two taster days booked.",
        "Applies for apprenticeships.",
    ),
    "no_contact": ("Three calls and a text, no answer.", "Letter sent, visit planned."),
    "start_agreed": ("Starts a course in January.", "Work trial agreed with a garage."),
    "refused": ("Does not want support before the new year.",),
    "not_available": ("Cares for a parent until spring.",),
}
STEPS = ("Ring the college about January starts", "Visit at home", "Ask the youth hub for a taster day")
ASKED = (
    ("plan", "Plan names no placement from January."),
    ("wellbeing", "Anxiety keeps them at home, says the mother."),
    ("neet_support", "Wants an apprenticeship in construction."),
    ("justice", "Order runs until March."),
    ("home_education", "Third letter without an answer."),
)


def screened(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """Most of those who were NEET longest were asked what they want; those with a plan the seven questions too."""
    plans = Characteristic.objects.filter(code=Characteristic.EHCP, ends_on=None).values("person")
    people = to_screen(officer, on).filter(authority=authority).select_related("authority", "situation")
    have_plan = set(plans.values_list("person", flat=True))
    for person in people.order_by("situation__neet_since_on", "pk")[:MOST_SCREENED]:
        _asked(rng, person, person.pk in have_plan, officer, on)


def _asked(rng: Random, person: YoungPerson, has_plan: bool, officer: User, on: date) -> None:
    since = person.situation.neet_since_on or on
    plan = Plan()
    if has_plan:
        plan = Plan(
            can_work=rng.choice(("yes", "not_known")),
            plan_says="Needs a small setting and help with travel.",
            wants_education=rng.choice(("yes", "yes", "no")),
        )
    held_on = min(on, since + timedelta(days=rng.randrange(3, 20)))
    told = Told(held_on, rng.choice(WANTS), rng.choice(IN_THEIR_WORDS), rng.random() < 0.3, plan)
    said = proposal(person, told, on)
    made = screen(person=person, told=told, by=officer, proposed=said.service, rule=said.rule)
    Screening.objects.filter(pk=made.pk).update(recorded_at=datetime.combine(held_on, time(15), LONDON))
    if said.service:
        choose_lead(screening=made, service=said.service, why="", by=officer)


def reviewed(rng: Random, run: MonthRun, officer: User, on: date, share: float) -> None:
    """So much of the month's duty is done, dated within the month; some with a next step."""
    due = list(to_do(run).order_by("pk").values_list("pk", flat=True))
    groups: dict[str, list[int]] = {outcome: [] for outcome in SAID}
    for case in due:
        if rng.random() < share:
            groups[rng.choice(tuple(SAID))].append(case)
    for outcome, cases in groups.items():
        for number, words in enumerate(SAID[outcome]):
            told = ReviewTold(outcome, words)
            review_many(run=run, cases=cases[number :: len(SAID[outcome])], told=told, by=officer)
    said_on = min(on, on_or_before(run.month))
    moment = datetime.combine(said_on, time(11), LONDON)
    Review.objects.filter(case__run=run).update(reviewed_on=said_on, recorded_at=moment)
    for each in Case.objects.filter(pk__in=groups["working"][:3]).select_related("person", "run"):
        step = ReviewTold("working", "", rng.choice(STEPS), on + timedelta(days=rng.randrange(2, 12)))
        review(case=each, told=step, by=officer)


def handed_out(authority: Authority, run: MonthRun, officer: User) -> None:
    """Each service with people has a contact; the lists are out, and every other one was acknowledged."""
    for service in Service.objects.filter(authority=authority).order_by("pk"):
        workers = list(workers_of([service.pk])[:2])
        if workers:
            deputy = workers[1] if len(workers) > 1 else None
            named = Named(service, workers[0], deputy=deputy)
            name_contact(authority=authority, named=named, by=officer)
    hand_out(run=run, by=officer)
    for listed in ServiceList.objects.filter(run=run).select_related("contact__user").order_by("pk")[1::2]:
        acknowledge(listed=listed, by=listed.contact.user)


def referred(rng: Random, authority: Authority, run: MonthRun, officer: User, on: date) -> None:
    """Referrals that wait, two of them for too long, one accepted and one declined."""
    services = [
        each for each in Service.objects.filter(authority=authority).order_by("pk") if workers_of([each.pk])
    ]
    cases = Case.objects.visible_to(officer).running().filter(run=run).select_related("person", "service")
    made: list[Referral] = []
    for number, case in enumerate(cases.order_by("pk")[:MOST_REFERRED]):
        others = [each for each in services if each.pk != case.service_id]
        if others:
            reason, words = ASKED[number % len(ASKED)]
            ask = Ask(rng.choice(others), reason, words, takes_the_lead=number % 3 == 0)
            made.append(refer(person=case.person, ask=ask, by=officer))
    for late in made[:2]:
        asked_on = on - timedelta(days=16)
        Referral.objects.filter(pk=late.pk).update(
            made_at=datetime.combine(asked_on, time(10), LONDON), due_on=working_days_after(asked_on, 5)
        )
    for referral, answer in zip(made[2:4], (True, False), strict=False):
        somebody = workers_of([referral.to_service_id])[0]
        if answer:
            accept(referral=referral, by=somebody)
        else:
            decline(referral=referral, why="Already works with another worker of ours.", by=somebody)
