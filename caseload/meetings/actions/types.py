"""Kinds of meeting, as the council holds them."""

from dataclasses import asdict

from django.utils.text import slugify

from caseload.allocation.models import CaseSettings
from caseload.allocation.queries import settings_of
from caseload.meetings.kinds import Kind
from caseload.meetings.models import MeetingType
from caseload.meetings.queries.places import authorities_of
from caseload.meetings.rules.dates import months_typed
from caseload.meetings.rules.usual import SEVERAL, SIMPLE, UsualType
from caseload.meetings.statements import TypeTold
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from schools.models import Authority
from tracking.register.refusals import NotPermitted, NotRight


def take_usual_types(
    *, authority: Authority, by: User | None, types: tuple[UsualType, ...] = SEVERAL
) -> list[MeetingType]:
    """The meetings councils usually hold, as far as this council has the services they are for; those it has already
    stay as they are. `by` None: the council is being set up. Raises NotPermitted."""
    _may(authority, by)
    services = {each.slug: each for each in authority.services.all()}
    wanted = [each for each in types if not each.service or each.service in services]
    with recorded(Kind.TYPE_SAVED, by=by, authority_id=authority.pk) as event:
        there = set(authority.meeting_types.values_list("slug", flat=True))
        made = MeetingType.objects.bulk_create(
            MeetingType(authority=authority, **asdict(each) | {"service": services.get(each.service)})
            for each in wanted
            if each.slug not in there
        )
        event.counts = {"kinds": len(made)}
        return made


def take_what_suits(*, authority: Authority, by: User | None) -> int:
    """The usual meetings of the council's shape: one where one service does everything. How many are new. Raises
    NotPermitted."""
    is_simple = settings_of(authority).shape == CaseSettings.Shape.SIMPLE
    return len(take_usual_types(authority=authority, by=by, types=SIMPLE if is_simple else SEVERAL))


def save_type(
    *, authority: Authority, told: TypeTold, by: User, held: MeetingType | None = None
) -> MeetingType:
    """A new kind of meeting, or one as it is held from now on. Raises NotPermitted, NotRight."""
    _may(authority, by)
    _refuse_wrong(authority, told)
    found = held or MeetingType(authority=authority, slug=_free_slug(authority, told.words))
    with recorded(Kind.TYPE_SAVED, by=by, authority_id=authority.pk, counts={"kinds": 1}):
        for name in TypeTold.__dataclass_fields__:
            setattr(found, name, getattr(told, name))
        found.save()
    return found


def end_type(*, held: MeetingType, by: User) -> None:
    """It is not held any more; its meetings stay. Ended already, it is held again. Raises NotPermitted."""
    _may(held.authority, by)
    with recorded(Kind.TYPE_ENDED, by=by, authority_id=held.authority_id, counts={"kind": held.pk}):
        held.ended_on = None if held.ended_on else clock.today()
        held.save(update_fields=["ended_on"])


def _may(authority: Authority, by: User | None) -> None:
    if by and authority.pk not in authorities_of(by, Permission.MEETING_LEAD):
        raise NotPermitted("meeting types")


def _refuse_wrong(authority: Authority, told: TypeTold) -> None:
    if told.service and told.service.authority_id != authority.pk:
        raise NotRight({"service": "Select a service of this council"})
    if told.scope == MeetingType.Scope.SERVICE and told.service is None:
        raise NotRight({"service": "Select the service it is for"})
    if told.working_day == 0:
        raise NotRight({"working_day": "Enter 1 for the month’s first working day, or -1 for its last"})
    try:
        months_typed(told.months)
    except ValueError:
        raise NotRight({"months": "Enter numbers of months with commas, like 9, 12, 3, 6"}) from None


def _free_slug(authority: Authority, words: str) -> str:
    wanted, number = slugify(words)[:34] or "meeting", 1
    taken = set(authority.meeting_types.values_list("slug", flat=True))
    slug = wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
