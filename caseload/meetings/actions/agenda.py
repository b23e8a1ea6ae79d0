"""The agenda: proposed by rules, changed by hand, added to by whoever names somebody."""

from django.db.models import Max

from caseload.meetings.actions.reach import item_of, leading
from caseload.meetings.kinds import Kind
from caseload.meetings.models import AgendaItem, Meeting, MeetingType
from caseload.meetings.queries.facts import cases_for, facts_for, seen_by
from caseload.meetings.queries.places import led_by, meetings_of
from caseload.meetings.rules.agenda import SHORTEST, Proposed, propose
from caseload.meetings.rules.reasons import Reason
from neet import clock
from neet.accounts.models import User
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from schools.models import Service
from tracking.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

DISCUSS, NOTE = AgendaItem.Treatment.DISCUSS, AgendaItem.Treatment.NOTE
KEPT = ["service", "treatment", "why", "place", "minutes"]


def make_agenda(*, meeting: Meeting, by: User) -> tuple[int, int]:
    """Propose whom to talk about and note the rest, from what is known today; how many of each. Made again, what was
    settled already and who was named stay. Raises NotPermitted, NotRight."""
    with leading(meeting, Kind.AGENDA_MADE, by=by) as (now, event):
        if now.type.about == MeetingType.About.NOBODY:
            raise NotRight({"": "This kind of meeting is not about young people"})
        services = now.type.authority.services.order_by("name").values_list("pk", flat=True)
        order: dict[int | None, int] = {pk: turn for turn, pk in enumerate(services)}
        found = propose(facts_for(now, by), minutes=now.type.minutes, on=now.held_on, order=order)
        _keep(now, found)
        now.agenda_at = clock.now()
        now.save(update_fields=["agenda_at"])
        talked = sum(each.is_talked_about for each in found)
        event.subjects = [each.person for each in found]
        event.counts |= {"to_talk_about": talked, "to_note": len(found) - talked}
        return talked, len(found) - talked


def _keep(meeting: Meeting, found: tuple[Proposed, ...]) -> None:
    """The proposal as the meeting's items: three statements whatever their number."""
    there = {each.person_id: each for each in meeting.items.select_for_update(of=("self",))}
    number = max((each.number for each in there.values()), default=0)
    new, changed = [], []
    for place, each in enumerate(found, start=1):
        item = there.pop(each.person, None)
        if item is None:
            number += 1
            new.append(
                _filled(AgendaItem(meeting=meeting, person_id=each.person, number=number), each, place)
            )
        elif item.settled_at is None:
            changed.append(_filled(item, each, place))
    AgendaItem.objects.bulk_create(new)
    AgendaItem.objects.bulk_update(changed, KEPT)
    gone = [each.pk for each in there.values() if each.settled_at is None and each.nominated_at is None]
    meeting.items.filter(pk__in=gone).delete()


def _filled(item: AgendaItem, each: Proposed, place: int) -> AgendaItem:
    item.service_id, item.place, item.minutes = each.service, place, each.minutes
    item.treatment = DISCUSS if each.is_talked_about else NOTE
    item.why = [str(reason) for reason in each.reasons]
    return item


def name(
    *, meeting: Meeting, person: YoungPerson, why: str, by: User, service: Service | None = None
) -> AgendaItem:
    """Somebody names a young person for a meeting, NEET or not (R65, R134). After the last day for it they are named
    still, and marked. Named twice is named once. Raises NotPermitted, NotRight."""
    _refuse_wrong(meeting, person, why, by)
    with recorded(Kind.NAMED, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        event.counts["meeting"] = meeting.pk
        held = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        last = held.items.aggregate(place=Max("place"), number=Max("number"))
        minutes = held.items.filter(treatment=DISCUSS).aggregate(most=Max("minutes"))["most"] or SHORTEST
        fresh = {"number": (last["number"] or 0) + 1, "place": (last["place"] or 0) + 1, "treatment": DISCUSS}
        item, _ = held.items.get_or_create(person=person, defaults=fresh)
        item.treatment, item.minutes, item.settled_at, item.settled_by = DISCUSS, minutes, None, None
        item.service_id = service.pk if service else item.service_id or _own_service(by, person)
        item.why = [str(Reason.NAMED), *(each for each in item.why if each != Reason.NAMED)]
        item.nominated_by, item.nominated_why = by, why.strip()
        item.nominated_at = item.nominated_at or clock.now()
        item.save()
        return item


def _refuse_wrong(meeting: Meeting, person: YoungPerson, why: str, by: User) -> None:
    if not seen_by(by).filter(pk=person.pk).exists() or not meetings_of(by).filter(pk=meeting.pk).exists():
        raise NotPermitted("name")
    if meeting.closed_at or meeting.type.about == MeetingType.About.NOBODY:
        raise NotRight({"meeting": "Nobody can be named for this meeting any more"})
    if not why.strip():
        raise NotRight({"why": "Enter why they are to be talked about"})
    if (
        meeting.district_id
        and not person.residences.filter(ends_on=None, district=meeting.district_id).exists()
    ):
        raise NotRight({"meeting": "They do not live in the district of this meeting"})


def _own_service(by: User, person: YoungPerson) -> int | None:
    """The service in whose part they are talked about: whose worker names them, else who leads the work."""
    own = [place.service_id for place in scope_of(by).places if place.service_id]
    lead = (
        person.responsibilities.filter(kind="lead", ends_on__isnull=True)
        .values_list("service", flat=True)
        .first()
    )
    return own[0] if own else lead


def name_no_more(*, item: AgendaItem, by: User) -> None:
    """Whoever named somebody, or leads the meeting, takes it back; a case of the month is noted instead. Raises
    NotPermitted, NotRight."""
    meeting = item.meeting
    if not meetings_of(by).filter(pk=meeting.pk).exists():
        raise NotPermitted("name")
    if item.nominated_by_id != by.pk and not Meeting.objects.filter(led_by(by), pk=meeting.pk).exists():
        raise NotRight({"": "Only whoever named them, or leads the meeting, takes that back"})
    if meeting.closed_at or item.settled_at:
        raise NotRight({"": "They were talked about already"})
    with recorded(
        Kind.NAMED_NO_MORE, by=by, authority_id=meeting.type.authority_id, subjects=[item.person_id]
    ):
        if not cases_for(meeting, by).filter(person=item.person_id).exists():
            item.delete()
            return
        item.nominated_by = item.nominated_at = None
        item.nominated_why, item.treatment = "", NOTE
        item.why = [each for each in item.why if each not in (Reason.NAMED, Reason.AT_RISK)]
        item.save()


def treat(*, meeting: Meeting, number: int, as_: str, by: User) -> AgendaItem:
    """Talk about somebody after all, or only note them. Raises NotPermitted, NotRight."""
    with leading(meeting, Kind.AGENDA_CHANGED, by=by) as (now, event):
        item = item_of(now, number, by=by)
        event.subjects = [item.person_id]
        if as_ == NOTE and (item.outcome or item.decisions.exists()):
            raise NotRight({"": "They were talked about already"})
        item.treatment, item.settled_at, item.settled_by = as_, None, None
        talked = now.items.filter(treatment=DISCUSS).aggregate(most=Max("minutes"))["most"] or SHORTEST
        item.minutes = talked if as_ == DISCUSS else 0
        item.save(update_fields=["treatment", "settled_at", "settled_by", "minutes"])
        return item


def move(*, meeting: Meeting, number: int, up: bool, by: User) -> None:
    """One place earlier or later in the same part of the meeting. Raises NotPermitted, NotRight."""
    with leading(meeting, Kind.AGENDA_CHANGED, by=by) as (now, event):
        item = item_of(now, number, by=by)
        event.subjects = [item.person_id]
        beside = now.items.filter(treatment=item.treatment, service=item.service_id).exclude(pk=item.pk)
        before = beside.filter(place__lte=item.place).order_by("-place", "-pk")
        after = beside.filter(place__gte=item.place).order_by("place", "pk")
        other = (before if up else after).first()
        if other is None:
            return
        item.place, other.place = other.place, item.place
        AgendaItem.objects.bulk_update([item, other], ["place"])


def put_into(*, meeting: Meeting, number: int, service: Service | None, by: User) -> None:
    """Talk about somebody in another service's part. Raises NotPermitted, NotRight."""
    with leading(meeting, Kind.AGENDA_CHANGED, by=by) as (now, event):
        if service and service.authority_id != now.type.authority_id:
            raise NotRight({"service": "Select a service of this council"})
        item = item_of(now, number, by=by)
        event.subjects = [item.person_id]
        item.service = service
        item.save(update_fields=["service"])
