"""Inventing the September Guarantee for the small register: two cohorts, and what changed in the later one."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import F

from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.clock import LONDON
from schools.models import Authority
from tracking.guarantee.actions import add, approve, check_residency, propose, remove
from tracking.guarantee.models import CohortFreeze, CohortMember, ResidencyCheck
from tracking.guarantee.queries.suggestions import suggestions
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.rule_facts import TAUGHT_AT_HOME
from tracking.rules.guarantee import september_worked_on
from tracking.seeding.actions import FIRST_CODE, Invention

SIZE = "small"
APPROVED_AT = time(15)
FROZEN_SHORT_OF = 14  # so many came in by hand afterwards
WHY_ADDED = ("Moved here in July, asked at the family's first call.", "Came back to the register in June.")
WHY_REMOVED = "Moved away before the summer; the other council confirmed."
EVIDENCE = (
    "Seen at the home visit.",
    "The family answered the yearly letter.",
    "Nobody answers; neighbours know nothing.",
)
ASKED_SHARE, LOOKED_UP_SHARE = 0.35, 0.7


def invent_guarantee(invention: Invention) -> None:
    """The cohorts of this September and of the one before, by the actions pages use, as if set in their own May."""
    authority = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or authority is None:
        return
    year = september_worked_on(invention.on)
    proposer, approver = (
        _holding(authority, Permission.COHORT_SET),
        _holding(authority, Permission.FILE_SIGN_OFF),
    )
    if date(year, 6, 1) > invention.on:
        year -= 1
    rng = Random(f"{invention.seed} {invention.on} guarantee")
    for each in (year - 1, year):
        _set_then(authority, each, proposer, approver)
    _changed_since(rng, CohortFreeze.objects.get(authority=authority, year=year), proposer, invention.on)
    _asked_already(rng, authority, invention.on)
    _looked_up(rng, authority, proposer, year + 1)


def _holding(authority: Authority, permission: Permission) -> User:
    roles = [slug for slug, role in ROLES.items() if permission in role.permissions]
    return User.objects.filter(memberships__role__in=roles, memberships__authority=authority).earliest("pk")


def _set_then(authority: Authority, year: int, proposer: User, approver: User) -> None:
    """Proposed in the morning of 1 June and approved that afternoon."""
    freeze = propose(authority=authority, year=year, by=proposer)
    approve(freeze=freeze, by=approver)
    first_of_june = date(year, 6, 1)
    CohortFreeze.objects.filter(pk=freeze.pk).update(
        made_at=datetime.combine(first_of_june, time(10), LONDON),
        approved_at=datetime.combine(first_of_june, APPROVED_AT, LONDON),
    )


def _changed_since(rng: Random, freeze: CohortFreeze, by: User, on: date) -> None:
    """Some came in by hand, some who left were taken out; a few of both still wait for somebody to decide."""
    late = list(freeze.members.filter(person__restricted_on=None, person__cohort_status="P").order_by("pk"))
    late = rng.sample(late, min(FROZEN_SHORT_OF, len(late)))
    counts = {group: dict(of_it) for group, of_it in freeze.counts.items()}
    for each in late:
        counts[str(each.year_group)][each.reason] -= 1
    freeze.members.filter(pk__in=[each.pk for each in late]).delete()
    CohortFreeze.objects.filter(pk=freeze.pk).update(counts=counts)
    people = [each.person_id for each in late if each.person_id]
    for part, why in zip((people[:6], people[6:10]), WHY_ADDED, strict=True):
        add(freeze=freeze, people=part, why=why, by=by)
    gone = suggestions(freeze, on).to_remove
    remove(freeze=freeze, people=gone[: len(gone) // 2], why=WHY_REMOVED, by=by)
    for each in CohortMember.objects.filter(freeze=freeze).exclude(at_freeze=True, removed_on=None):
        day = freeze.as_at + timedelta(days=rng.randint(10, 60))
        changed = {"added_on": day} if each.removed_on is None else {"removed_on": day}
        CohortMember.objects.filter(pk=each.pk).update(**changed)


def _asked_already(rng: Random, authority: Authority, on: date) -> None:
    """Some schools have asked their Year 11 what comes next."""
    rules = ruleset(on)
    nothing = str(rules.limits["code_when_destination_not_obtained"])
    codes = [code for code in rules.intended_destinations if code != nothing]
    waiting = YoungPerson.objects.of(authority).filter(intended_destination=nothing).order_by("pk")
    chosen: dict[str, list[int]] = {code: [] for code in codes}
    for pk in waiting.values_list("pk", flat=True):
        if rng.random() < ASKED_SHARE:
            chosen[rng.choices(codes, [36, 45, 8, 1, 1, 1, 5][: len(codes)])[0]].append(pk)
    for code, people in chosen.items():
        YoungPerson.objects.filter(pk__in=people).update(intended_destination=code, version=F("version") + 1)


def _looked_up(rng: Random, authority: Authority, by: User, year: int) -> None:
    """Most of those taught at home were looked up; of some nothing could be found out."""
    at_home = YoungPerson.objects.visible_to(by).filter(authority=authority, cohort_status="P")
    for person in at_home.filter(situation__code=TAUGHT_AT_HOME).order_by("pk"):
        if rng.random() < LOOKED_UP_SHARE:
            found = rng.randrange(len(EVIDENCE))
            outcome = ResidencyCheck.Outcome.UNKNOWN if found == 2 else ResidencyCheck.Outcome.RESIDENT
            check_residency(person=person, year=year, outcome=outcome, evidence=EVIDENCE[found], by=by)
