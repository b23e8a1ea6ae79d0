"""Setting the cohort of a September (R49): one proposes, a second approves where the council wants it, for a day it can
be taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import F

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.guarantee.kinds import Kind
from tracking.guarantee.models import CohortFreeze
from tracking.guarantee.queries.cohort import (
    Asked,
    belonging,
    cohort_day,
    freezes,
    members_statement,
)
from tracking.guarantee.sql import text
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson

MAY_BE_TAKEN_BACK = timedelta(days=1)
AT_ONCE = 4000
MAY_TAKE_BACK = (Permission.COHORT_SET, Permission.FILE_SIGN_OFF)
Tell = Callable[[int, int], None]


def tell_nobody(done: int, total: int) -> None:
    """For whoever waits for the end."""


class CannotSet(Exception):
    """The cohort cannot be set, approved or taken back so; the words are for the page."""


@dataclass(frozen=True)
class Membership:
    """How members come in: with the freeze, or added since on a day for a reason."""

    at_freeze: bool
    added_on: date
    why: str = ""


def propose(*, authority: Authority, year: int, by: User) -> CohortFreeze:
    """Hold Years 11 and 12 fast as the register had them on 31 May, for somebody to approve; nothing on any record
    changes yet. One statement for all. Raises CannotSet before that day and where the year has a cohort."""
    refuse_without(by, authority, Permission.COHORT_SET)
    as_at = cohort_day(year)
    if clock.today() < as_at:
        raise CannotSet(
            "The cohort is set as the register stands on 31 May. It can be proposed from that day on."
        )
    with recorded(Kind.COHORT_PROPOSED, by=by, authority_id=authority.pk) as event:
        one_at_a_time("guarantee_cohort", authority.pk)
        if freezes(authority.pk, year).exists():
            raise CannotSet(f"The cohort for September {year} is there already.")
        asked = Asked(authority, year, as_at)
        freeze = CohortFreeze.objects.create(
            authority=authority, year=year, as_at=as_at, made_by=by, counts=belonging(asked)
        )
        event.subjects = take_in(freeze, asked, Membership(at_freeze=True, added_on=as_at), by)
        event.counts = {"people": len(event.subjects)}
    return freeze


def take_in(freeze: CohortFreeze, asked: Asked, how: Membership, by: User) -> list[int]:
    """Make members of those who belong; who they are. One statement."""
    said = {
        **asked.parameters,
        "freeze": freeze.pk,
        "at_freeze": how.at_freeze,
        "added_on": how.added_on,
        "why": how.why,
        "by": by.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(members_statement(), said)
        return [person for (person,) in cursor.fetchall()]


def owe(freeze: CohortFreeze, people: Sequence[int] | None = None) -> int:
    """Say on the records of the members (or of these) that they are in the guarantee; how many records changed."""
    rules = ruleset(clock.today())
    said = {
        "freeze": freeze.pk,
        "people": list(people) if people is not None else None,
        "as_at": freeze.as_at,
        "nothing": rules.offers.nothing,
    }
    with connection.cursor() as cursor:
        cursor.execute(text("owe"), said)
        told, _ = cursor.fetchone()
    return int(told)


def may_approve(freeze: CohortFreeze, by: User) -> bool:
    """Whether this person may approve this cohort at all (setting of the authority)."""
    signs = holds(by, freeze.authority_id, Permission.FILE_SIGN_OFF)
    if freeze.authority.needs_second_person:
        return signs and freeze.made_by_id != by.pk
    return signs or holds(by, freeze.authority_id, Permission.COHORT_SET)


def approve(*, freeze: CohortFreeze, by: User, why: str = "", tell: Tell = tell_nobody) -> CohortFreeze:
    """From now on this is the cohort: everybody in it is in the September Guarantee, on their record and in the file.

    A second person where the council wants one; else whoever proposed it, with the reason why nobody else does it.
    `tell` hears how many records are done of how many and may stop it: then nothing is changed. Raises CannotSet.
    """
    with recorded(Kind.COHORT_SET, by=by, authority_id=freeze.authority_id, why=why) as event:
        one_at_a_time("guarantee_cohort", freeze.authority_id)
        now = freezes(freeze.authority_id).select_for_update(of=("self",)).filter(pk=freeze.pk).first()
        refuse_approval(now, by, why)
        assert now is not None
        now.approved_at, now.approved_by, now.event_id = clock.now(), by, event.pk
        now.why_alone = why.strip() if now.made_by_id == by.pk else ""
        now.save(update_fields=["approved_at", "approved_by", "event_id", "why_alone"])
        people = list(now.members.filter(removed_on=None).values_list("person_id", flat=True))
        event.subjects = [person for person in people if person]
        event.counts = {"people": len(people), "records": owe_all(now, event.subjects, tell)}
    return now


def owe_all(freeze: CohortFreeze, people: Sequence[int], tell: Tell) -> int:
    """Some thousands at a time, so that a page hears how far it is; how many records changed."""
    records = 0
    for start in range(0, len(people), AT_ONCE):
        tell(start, len(people))
        records += owe(freeze, people[start : start + AT_ONCE])
    tell(len(people), len(people))
    return records


def refuse_approval(freeze: CohortFreeze | None, by: User, why: str) -> None:
    if freeze is None or freeze.approved_at is not None:
        raise CannotSet("This cohort was approved or taken back meanwhile.")
    if not may_approve(freeze, by):
        raise CannotSet("Somebody else approves the cohort: not who proposed it.")
    if freeze.made_by_id == by.pk and not why.strip():
        raise CannotSet("Enter why you approve your own proposal")


def take_back(*, freeze: CohortFreeze, why: str, by: User) -> CohortFreeze:
    """The proposal, or within a day the cohort that was set, is taken back: records say again what they said before.

    Raises CannotSet once anybody was added or removed, once it is older than a day, and without a reason.
    """
    refuse_without(by, freeze.authority, *MAY_TAKE_BACK)
    with recorded(Kind.COHORT_TAKEN_BACK, by=by, authority_id=freeze.authority_id, why=why) as event:
        one_at_a_time("guarantee_cohort", freeze.authority_id)
        now = freezes(freeze.authority_id).select_for_update(of=("self",)).filter(pk=freeze.pk).first()
        refuse_taking_back(now, why)
        assert now is not None
        event.subjects = [
            person for person in now.members.values_list("person_id", flat=True) if person is not None
        ]
        undone = undo(now.event_id) if now.event_id else 0
        gone, _ = now.members.all().delete()
        now.withdrawn_at, now.withdrawn_by, now.withdrawn_why = clock.now(), by, why.strip()
        now.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
        event.counts = {"people": gone, "put_back": undone}
    return now


def refuse_taking_back(freeze: CohortFreeze | None, why: str) -> None:
    if freeze is None:
        raise CannotSet("This cohort was taken back already.")
    if not why.strip():
        raise CannotSet("Enter why the cohort is taken back")
    if not may_be_taken_back(freeze):
        raise CannotSet(
            "A cohort that was set is taken back within a day, before anybody is added or removed. Change it for "
            "each young person instead."
        )


def may_be_taken_back(freeze: CohortFreeze) -> bool:
    """Whether nothing has followed yet: still a proposal, or set within a day and unchanged since."""
    if freeze.approved_at is None:
        return True
    followed = freeze.members.exclude(at_freeze=True, removed_on=None).exists()
    return not followed and clock.now() - freeze.approved_at <= MAY_BE_TAKEN_BACK


def undo(event_id: int) -> int:
    """Take back what one act wrote on records; how many rows went back. Of a record somebody changed since, only that
    it is in the guarantee."""
    with connection.cursor() as cursor:
        cursor.execute("select of_table, put_back + removed, left_ids from tracking_undo(%s)", [event_id])
        found = cursor.fetchall()
    changed_since = [pk for table, _, left in found if table == "tracking_youngperson" for pk in left]
    YoungPerson.objects.filter(pk__in=changed_since).update(has_guarantee=False, version=F("version") + 1)
    return sum(rows for _, rows, _ in found)


def refuse_without(by: User, authority: Authority, *any_of: Permission) -> None:
    """Raise CannotSet unless the person holds one of these permissions at the authority."""
    if not holds(by, authority.pk, *any_of):
        raise CannotSet("Somebody else does this in your council.")


def holds(by: User, authority_id: int, *any_of: Permission) -> bool:
    """Whether the person holds one of these permissions at the authority."""
    scope = scope_of(by)
    return authority_id in {place.authority_id for each in any_of for place in scope.where(each)}
