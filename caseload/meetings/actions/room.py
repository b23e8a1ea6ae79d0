"""What is said in the room: an outcome in one line, decisions that become somebody's task, the rest noted."""

from caseload.meetings.actions.reach import item_of, leading
from caseload.meetings.kinds import Kind
from caseload.meetings.models import AgendaItem, Decision, Meeting, MeetingType
from caseload.meetings.queries.facts import seen_by
from caseload.meetings.statements import Decided
from neet import clock
from neet.accounts.models import User
from schools.models import Service
from tracking.models import Responsibility, Task, YoungPerson
from tracking.register.columns import open_on
from tracking.register.refusals import Conflict, NotRight

DECIDED = "decided"  # the kind of such a task
LONGEST = 240


def open_meeting(*, meeting: Meeting, by: User) -> None:
    """It begins. Opened twice is opened once. Raises NotPermitted, NotRight."""
    with leading(meeting, Kind.OPENED, by=by) as (now, _):
        if now.agenda_at is None and now.type.about != MeetingType.About.NOBODY:
            raise NotRight({"": "Make the agenda first"})
        now.opened_at = now.opened_at or clock.now()
        now.save(update_fields=["opened_at"])


def write_outcome(*, meeting: Meeting, number: int, words: str, version: int, by: User) -> AgendaItem:
    """The outcome of one young person in one line, which every service reads (R142). An empty line: not talked about
    yet. Raises Conflict where somebody wrote something else since `version`; NotPermitted, NotRight."""
    said = words.strip()[:LONGEST]
    with leading(meeting, Kind.OUTCOME_WRITTEN, by=by) as (now, event):
        item = item_of(now, number, by=by)
        event.subjects = [item.person_id]
        if item.outcome == said:
            return item
        if item.version != version:
            raise Conflict(theirs={"outcome": item.outcome, "version": item.version}, yours={"outcome": said})
        item.outcome, item.version, item.treatment = said, version + 1, AgendaItem.Treatment.DISCUSS
        _settle(item, bool(said) or item.decisions.exists(), by)
        return item


def _settle(item: AgendaItem, is_settled: bool, by: User) -> None:
    item.settled_at, item.settled_by = (clock.now(), by) if is_settled else (None, None)
    item.save(update_fields=["outcome", "version", "treatment", "settled_at", "settled_by"])


def decide(*, meeting: Meeting, number: int, told: Decided, by: User) -> Decision:
    """Something is to be done: a task of its owner, who must see the record. The same words twice are one decision, so
    that what was sent again after a lost connection stands once. Raises NotPermitted, NotRight."""
    words = told.words.strip()[:LONGEST]
    if not words:
        raise NotRight({"words": "Enter what is to be done"})
    with leading(meeting, Kind.DECIDED, by=by) as (now, event):
        item = item_of(now, number, by=by)
        event.subjects = [item.person_id]
        _refuse_owner(item.person, told)
        found = item.decisions.filter(words=words).first()
        if found:
            event.counts["repeated"] = 1
            return found
        task = Task.objects.create(
            authority_id=item.person.authority_id,
            person=item.person,
            kind=DECIDED,
            words=words,
            cause=f"item {item.pk}: {words}"[:80],
            owner=told.owner,
            service=told.service,
            due_on=told.due_on,
        )
        made = Decision.objects.create(item=item, words=words, task=task, decided_by=by)
        _settle(item, True, by)
        return made


def _refuse_owner(person: YoungPerson, told: Decided) -> None:
    """Nobody is given a task about somebody they do not see."""
    if told.owner is None and told.service is None:
        raise NotRight({"owner": "Select who does it"})
    if told.owner and not YoungPerson.objects.visible_to(told.owner).filter(pk=person.pk).exists():
        raise NotRight({"owner": f"{told.owner} does not see this record, so the task would not reach them"})
    if told.service and not _answers(told.service, person):
        raise NotRight({"owner": f"{told.service} does not work with them yet. Refer them first"})


def _answers(service: Service, person: YoungPerson) -> bool:
    held = Responsibility.objects.filter(open_on(clock.today()), person=person, service=service)
    return held.exists()


def withdraw_decision(*, meeting: Meeting, number: int, decision_id: int, by: User) -> None:
    """Decided by mistake: it goes, and its task with it, as long as the meeting goes on and nobody did it. Raises
    NotPermitted, NotRight."""
    with leading(meeting, Kind.DECISION_WITHDRAWN, by=by) as (now, event):
        item = item_of(now, number, by=by)
        event.subjects = [item.person_id]
        found = item.decisions.select_related("task").filter(pk=decision_id).first()
        if found is None:
            return
        if found.task.done_at:
            raise NotRight({"": "It was done already"})
        found.task.delete()
        _settle(item, bool(item.outcome) or item.decisions.exists(), by)


def note_rest(*, meeting: Meeting, by: User) -> int:
    """Everybody who is only to be noted is noted, in one act: the meeting knows of them. It reviews nobody (R133).
    Raises NotPermitted, NotRight."""
    with leading(meeting, Kind.NOTED, by=by) as (now, event):
        rest = now.items.filter(treatment=AgendaItem.Treatment.NOTE, settled_at=None)
        rest = rest.filter(person__in=seen_by(by).values("pk"))
        event.subjects = list(rest.values_list("person_id", flat=True))
        return rest.update(settled_at=clock.now(), settled_by=by)


def note_no_more(*, meeting: Meeting, by: User) -> int:
    """Take the noting back; whoever was talked about stays so. Raises NotPermitted, NotRight."""
    with leading(meeting, Kind.NOTED_NO_MORE, by=by) as (now, event):
        noted = now.items.filter(treatment=AgendaItem.Treatment.NOTE, settled_at__isnull=False)
        event.subjects = list(noted.values_list("person_id", flat=True))
        return noted.update(settled_at=None, settled_by=None)


def close(*, meeting: Meeting, by: User) -> int:
    """It is over, and its minutes stand: nothing of it changes any more but whether its tasks are done. How many were
    not reached: they come first next time. Raises NotPermitted, NotRight."""
    with leading(meeting, Kind.CLOSED, by=by) as (now, event):
        if now.opened_at is None:
            raise NotRight({"": "The meeting has not begun"})
        now.closed_at, now.closed_by = clock.now(), by
        now.save(update_fields=["closed_at", "closed_by"])
        left = now.items.filter(treatment=AgendaItem.Treatment.DISCUSS, settled_at=None)
        event.subjects = list(now.items.filter(settled_at__isnull=False).values_list("person_id", flat=True))
        event.counts["not_reached"] = left.count()
        return event.counts["not_reached"]
