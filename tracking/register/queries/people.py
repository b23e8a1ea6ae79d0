"""Fetching one young person and asking whether this user may, in one step."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import STATES_A_REASON, Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import refused
from neet.statements.once import built_once
from tracking.reference.queries import ruleset
from tracking.register.columns import open_on
from tracking.register.models import Responsibility, YoungPerson
from tracking.rules.codes import CohortKind

# A record that was kept may be put together with a third, and so on; nobody stands on a register more often.
MERGED_IN_TURN = 5


class NotVisible(Http404):
    """For this user there is no such young person; answered like an address that does not exist."""


def visible_person(user: User, ref: UUID) -> YoungPerson:
    """The young person, with where they stand. Raises NotVisible; where there is one whom the user
    may not see, the refusal is written down."""
    found = next(iter(_visible(user, ref)), None)
    if found is None:
        _write_down(user, ref)
        raise NotVisible
    return found


@built_once
def _visible(user: User, ref: UUID) -> QuerySet[YoungPerson]:
    wanted = YoungPerson.objects.select_related("authority", "situation__activity__establishment")
    return wanted.visible_to(user).filter(ref=ref)


def _write_down(user: User, ref: UUID) -> None:
    hidden = YoungPerson.objects.filter(ref=ref).values_list("pk", "authority_id").first()
    if hidden:
        refused(by=user, authority_id=hidden[1], subjects=[hidden[0]], why="young person")


def kept_instead(user: User, ref: UUID) -> UUID | None:
    """Where the record of this number was put together with another: the number of the one that was kept, if this user
    may see it or may say why they want to."""
    here = YoungPerson.objects.filter(ref=ref)
    for _ in range(MERGED_IN_TURN):
        kept = YoungPerson.objects.filter(merged_here__in=here).first()
        if kept is None:
            return None
        if YoungPerson.objects.visible_to(user).filter(pk=kept.pk).exists() or asks_for_reason(
            user, kept.ref
        ):
            return kept.ref
        here = YoungPerson.objects.filter(pk=kept.pk)
    return None


def asks_for_reason(user: User, ref: UUID) -> YoungPerson | None:
    """The young person a manager or governance officer may open once they say why; a restricted one only where
    they decide about restrictions."""
    scope = scope_of(user)
    held_at = {place.authority_id or 0 for place in scope.places if place.role in STATES_A_REASON}
    if not held_at:
        return None
    governs = {place.authority_id or 0 for place in scope.where(Permission.RESTRICTION_CHANGE)}
    opens = Q(restricted_on__isnull=True) | Q(authority_id__in=governs)
    return YoungPerson.objects.filter(opens, ref=ref, authority_id__in=held_at).first()


@dataclass(frozen=True)
class FormerCase:
    """Somebody who was once this user's: their name, and whom to ask now."""

    name: str
    moved_to: str
    moved_on: date | None
    ask: str


def former_case(user: User, ref: UUID) -> FormerCase | None:
    """What is left of somebody this user or their service once answered for; nothing of a restricted one."""
    today = clock.today()
    once = _once_theirs(user, today).filter(person__ref=ref).select_related("person").first()
    if once is None:
        return None
    person = once.person
    now = _lead_of(person, today)
    rules = ruleset(today)
    area = rules.areas.get(person.transferred_to_la)
    left = person.cohort_status in rules.cohort_letters(CohortKind.TRANSFERRED, CohortKind.LEFT_ENGLAND)
    return FormerCase(
        name=person.full_name,
        moved_to=(area.plain_words if area else "another authority") if left else "",
        moved_on=person.cohort_status_on if left else None,
        ask=str(now.user or now.service) if now else "the tracking team",
    )


def _once_theirs(user: User, today: date) -> QuerySet[Responsibility]:
    scope = scope_of(user)
    services = [place.service_id for place in scope.places if place.service_id]
    mine = Responsibility.objects.filter(user=user) | Responsibility.objects.filter(service__in=services)
    return mine.filter(
        ends_on__lt=today, person__authority_id__in=scope.authority_ids, person__restricted_on__isnull=True
    )


def _lead_of(person: YoungPerson, today: date) -> Responsibility | None:
    leads = person.responsibilities.filter(open_on(today), kind=Responsibility.Kind.LEAD)
    return leads.select_related("user", "service").first()
