"""Inventing a council's year: its posts, one of them held by nobody, and its plan as far as it is done."""

from datetime import date, datetime, time, timedelta
from random import Random

from caseload.plan.actions import hand_on, save_post, set_up_year, settle
from caseload.plan.queries.items import tasks_of
from caseload.plan.statements import PostTold
from neet.accounts.models import User
from neet.clock import LONDON
from schools.models import Authority, Membership
from tracking.register.models import Task
from tracking.rules.academic_year import academic_year, starts_on

DONE = 0.85
AWAY = timedelta(days=9)
# What the post is called, at which service, and who holds it by the role of their account.
POSTS = (
    ("Participation manager", "", "manager"),
    ("Data lead", "", "mi_officer"),
    ("Tracking lead", "", "tracking_officer"),
    ("Information governance", "", "governance"),
    ("SEND lead", "send", "service_lead"),
    ("Service lead", "neet-support", "caseworker"),
    ("Hub lead", "open-access", ""),
)
SAID = ("With everybody in the room.", "Two places answered late.", "", "")
NOT_NEEDED = "hubs_november"
WHY_NOT = "The hubs go through the names in December this year."


def planned_year(rng: Random, authority: Authority, on: date) -> None:
    """Posts, then the plan from September on; most of what was due is done, on the day it was due."""
    year = academic_year(on)
    began = starts_on(year)
    by = _holder(authority, "manager")
    if by is None:
        return
    _posts(authority, by, on)
    set_up_year(authority=authority, year=year, on=began, by=by)
    tasks = tasks_of(authority.pk, year)
    tasks.update(opened_at=datetime.combine(began, time(9), LONDON))
    for task in tasks.filter(due_on__lt=on).select_related("service", "owner").order_by("due_on", "pk"):
        _happened(rng, task, by)
    hand_on(authority=authority, day=on)


def _posts(authority: Authority, by: User, on: date) -> None:
    services = {each.slug: each for each in authority.services.all()}
    deputy = _holder(authority, "tracking_officer")
    for words, slug, role in POSTS:
        away = (on - timedelta(days=2), on + AWAY) if role == "mi_officer" else (None, None)
        told = PostTold(
            words,
            service=services.get(slug),
            holder=_holder(authority, role) if role else None,
            deputy=deputy if role == "mi_officer" else None,
            away_from=away[0],
            away_until=away[1],
        )
        save_post(authority=authority, told=told, by=by)
    authority.posts.update(starts_on=starts_on(academic_year(on)))


def _holder(authority: Authority, role: str) -> User | None:
    held = Membership.objects.filter(authority=authority, role=role).select_related("user").order_by("pk")
    return next((each.user for each in held), None)


def _happened(rng: Random, task: Task, by: User) -> None:
    if f":{NOT_NEEDED}:" in task.cause:
        settle(task=task, words=WHY_NOT, by=by, needed=False)
    elif rng.random() < DONE:
        settle(task=task, words=rng.choice(SAID), by=task.owner or by)
    else:
        return
    if task.due_on:
        moment = datetime.combine(task.due_on, time(15), LONDON)
        Task.objects.filter(pk=task.pk).update(done_at=moment)
