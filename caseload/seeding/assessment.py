"""Inventing self-assessments: last year's approved, this year's open with some lines answered."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from caseload.assessment.actions import answer, approve, hand_in, open_assessment
from caseload.assessment.models import SelfAssessment
from caseload.assessment.queries.lines import Line, lines
from caseload.assessment.statements import Said
from neet.accounts.models import User
from schools.models import Authority
from tracking.rules.academic_year import academic_year

LAST_DAY = (7, 17)
ANSWERED_SO_FAR = 0.4
RATINGS, WEIGHTS = ("in_place", "partly", "not_in_place"), (5, 3, 1)
EVIDENCE = (
    "Agreed at the participation board in spring; minutes are with the board.",
    "All secondary schools and the college took part in the autumn.",
    "Asked about in the yearly survey; most were content.",
    "Begun with two schools, the others follow.",
)
ACTIONS = (
    "Agree it with the four schools that are not part of it yet",
    "Ask young people and bring what they say to the board",
    "Write down who does it and by when",
    "Bring it to the next meeting with providers",
)


def assessed(rng: Random, authority: Authority, on: date) -> None:
    """By the very actions that pages use; the same dice give the same words."""
    officer, manager = _of(authority, "mi_officer"), _of(authority, "manager")
    if officer is None or manager is None:
        return
    year = academic_year(on)
    last_day = date(year, *LAST_DAY)
    before = open_assessment(authority=authority, year=year - 1, on=last_day, by=officer)
    _answered(rng, before, officer, last_day, [each for each in lines(before) if each.is_open])
    approve(assessment=hand_in(assessment=before, by=officer), by=manager)
    _was_then(before, last_day)
    running = open_assessment(authority=authority, year=year, on=on, by=officer)
    waiting = [each for each in lines(running) if each.is_open]
    _answered(rng, running, officer, on, [each for each in waiting if rng.random() < ANSWERED_SO_FAR])


def _answered(rng: Random, own: SelfAssessment, by: User, on: date, waiting: list[Line]) -> None:
    for each in waiting:
        rating = rng.choices(RATINGS, WEIGHTS)[0]
        evidence = rng.choice(EVIDENCE) if rating != "not_in_place" else ""
        said = Said(rating=rating, evidence=evidence)
        if rating == "not_in_place":
            days = timedelta(days=rng.randrange(20, 160))
            said = Said(rating=rating, action=rng.choice(ACTIONS), owner=by, due_on=on + days)
        answer(assessment=own, line=each.code, said=said, on=on, by=by)


def _of(authority: Authority, role: str) -> User | None:
    held = User.objects.filter(memberships__role=role, memberships__authority=authority)
    return held.order_by("pk").first()


def _was_then(own: SelfAssessment, day: date) -> None:
    """Everything of last year's bears a day of last year."""
    then = datetime.combine(day, time(10), UTC)
    own.answers.update(said_at=then)
    kept = SelfAssessment.objects.get(pk=own.pk)
    for each in kept.kept:
        if each["said"]:
            each["said"]["said_on"] = day.isoformat()
    kept.opened_at, kept.handed_in_at, kept.approved_at = then, then, then + timedelta(days=3)
    kept.save(update_fields=["kept", "opened_at", "handed_in_at", "approved_at"])
