"""What happens to the two records on the day of a move: the one lets go, the other takes over what was handed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q
from django.db.models.functions import Greatest

from neet.accounts.models import User
from neet.audit.actions import recorded
from tracking.moves.kinds import Kind
from tracking.moves.models import Move
from tracking.moves.queries.handing import HandOver
from tracking.reference.queries import ruleset
from tracking.register.actions.facts import EXCLUDES
from tracking.register.actions.people import next_number, rewritten
from tracking.register.models import Activity, Confirmation, Residence, Task, YoungPerson
from tracking.register.models.activity import Source
from tracking.rights.models import UseLimited
from tracking.rules.codes import CohortKind

THEIR_OWN = (
    "given_name", "middle_name", "family_name", "known_as", "date_of_birth", "gender", "ethnicity", "educated_la",
    "la_at_year_11", "corporate_parent_la", "level_of_need", "has_guarantee", "intended_destination",
)  # fmt: skip
OF_AN_ACTIVITY = (
    "code", "starts_on", "ends_on", "is_primary", "establishment_id", "establishment_number", "establishment_name",
    "ukprn", "predicted_end_on", "review_on", "ascertained_on",
)  # fmt: skip
OF_AN_ADDRESS = ("line_1", "line_2", "line_3", "line_4", "town", "county", "postcode", "starts_on")
OF_A_WAY = ("kind", "value", "whose", "name", "from_institution", "do_not_use", "starts_on")
OF_A_CIRCUMSTANCE = ("code", "starts_on", "source")
OF_A_GUARANTEE = ("year_group", "status", "la_code", "status_on", "reason")
OF_AN_OBJECTION = ("made_by", "made_on", "channel")
OF_A_NAME = ("given_name", "family_name", "until")
CLOSED = "Moved to another council"


@dataclass(frozen=True)
class Crossing:
    """Who crosses by which move: from when the new council counts them, at which moment, by whom."""

    move: Move
    handed: HandOver
    settled_on: date
    at: datetime
    by: User


def let_go(move: Move, person: YoungPerson, settled_on: date, at: datetime, by: User) -> int:
    """The record leaves the cohort from the day, its tasks close, nobody answers for it any more; the event's number.

    The file of that month says once that they were transferred (nccis.md section 2).
    """
    (transferred,) = ruleset(settled_on).cohort_letters(CohortKind.TRANSFERRED)
    where = person.authority_id
    with recorded(
        Kind.LEFT, by=by, authority_id=where, subjects=[person.pk], counts={"move": move.pk}
    ) as event:
        rewritten(
            person,
            {"cohort_status": transferred, "cohort_status_on": settled_on, "transferred_to_la": move.to_la},
        )
        person.tasks.filter(done_at=None).update(done_at=at, outcome=CLOSED)
        running = Q(ends_on=None) | Q(ends_on__gt=settled_on)
        person.responsibilities.filter(running).update(ends_on=Greatest("starts_on", settled_on))
    return int(event.pk)


def reopen_tasks(person: YoungPerson, at: datetime) -> None:
    """The tasks that closed with the move are open again."""
    closed = Task.objects.filter(person=person, done_at=at, outcome=CLOSED)
    closed.update(done_at=None, outcome="")


def arrived(crossing: Crossing) -> YoungPerson:
    """A new record at the new council, under a number of its own and with the number it had before."""
    handed, move = crossing.handed, crossing.move
    assert move.to_authority is not None
    person = YoungPerson.objects.create(
        authority=move.to_authority,
        young_person_id=next_number(move.to_authority),
        previous_id=handed.person.young_person_id,
        upn=handed.upn,
        uln=handed.uln,
        cohort_status=primary(crossing.settled_on),
        cohort_status_on=crossing.settled_on,
        **{name: getattr(handed.person, name) for name in THEIR_OWN},
    )
    for rows, names in (
        (handed.former_names, OF_A_NAME),
        (handed.ways_to_reach, OF_A_WAY),
        (handed.characteristics, OF_A_CIRCUMSTANCE),
        (handed.guarantees, OF_A_GUARANTEE),
        (handed.objections, OF_AN_OBJECTION),
    ):
        copied(rows, names, person)
    if handed.residence:
        copied([handed.residence], OF_AN_ADDRESS, person, source=Source.AUTHORITY)
    bring_activity(person, crossing)
    keep_limit(person, crossing)
    return person


def keep_limit(person: YoungPerson, crossing: Crossing) -> None:
    """What the council they leave must not use is not used here either, from the same day, until this council decides.
    A limit that stands here already stays as it is."""
    limit = crossing.handed.limit
    if limit:
        said = {"why": limit.why, "starts_on": limit.starts_on}
        UseLimited.objects.get_or_create(
            person=person,
            ends_on=None,
            defaults={**said, "from_la": crossing.move.from_la, "recorded_by": crossing.by},
        )


def primary(on: date) -> str:
    """The letter of those who are a council's own."""
    return min(ruleset(on).cohort_letters(CohortKind.PRIMARY))


def copied(rows: Iterable[Model], names: Iterable[str], person: YoungPerson, **more: Any) -> None:
    """The same facts for the new record, in one statement."""
    found = list(rows)
    if found:
        kept = tuple(names)
        model = type(found[0])
        model._default_manager.bulk_create(
            model(person=person, **{name: getattr(row, name) for name in kept}, **more) for row in found
        )


def bring_activity(person: YoungPerson, crossing: Crossing) -> None:
    """What they do now, with its last confirmation and since when they have been NEET."""
    activity = crossing.handed.activity
    if activity is None:
        return
    brought = Activity.objects.create(
        person=person,
        neet_since_on=crossing.handed.neet_since_on,
        course=crossing.handed.course,
        source=Source.AUTHORITY,
        recorded_by=crossing.by,
        **{name: getattr(activity, name) for name in OF_AN_ACTIVITY},
    )
    if crossing.handed.verified_on:
        Confirmation.objects.create(
            activity=brought,
            verified_on=crossing.handed.verified_on,
            source=Source.AUTHORITY,
            by=crossing.by,
            recorded_at=crossing.at,
        )


def joined(crossing: Crossing, person: YoungPerson) -> YoungPerson:
    """Who stands on the new council's register already takes over only what is missing there, every objection,
    and that a record is kept and not used.

    Who had left that council's cohort belongs to it again from the day.
    """
    handed = crossing.handed
    offered = {"previous_id": handed.person.young_person_id, "upn": handed.upn, "uln": handed.uln}
    offered |= {name: getattr(handed.person, name) for name in THEIR_OWN}
    missing: dict[str, Any] = {
        name: value for name, value in offered.items() if value and not getattr(person, name)
    }
    own = primary(crossing.settled_on)
    if person.cohort_status != own:
        missing |= {
            "cohort_status": own, "cohort_status_on": crossing.settled_on, "transferred_to_la": ""
        }  # fmt: skip
    if missing:
        rewritten(person, missing)
    bring_missing(person, crossing)
    return person


def bring_missing(person: YoungPerson, crossing: Crossing) -> None:
    """Objections nobody recorded there, circumstances that hold, an address and an activity where there is none."""
    handed = crossing.handed
    objecting = set(person.objections.filter(withdrawn_on=None).values_list("made_by", flat=True))
    copied([each for each in handed.objections if each.made_by not in objecting], OF_AN_OBJECTION, person)
    held = set(person.characteristics.filter(ends_on=None).values_list("code", flat=True))
    new = [
        each
        for each in handed.characteristics
        if each.code not in held and EXCLUDES.get(each.code) not in held
    ]
    copied([each for each in new if each.ends_on is None], OF_A_CIRCUMSTANCE, person)
    groups = set(person.guarantees.values_list("year_group", flat=True))
    copied([each for each in handed.guarantees if each.year_group not in groups], OF_A_GUARANTEE, person)
    if handed.residence and not Residence.objects.filter(person=person, ends_on=None).exists():
        copied([handed.residence], OF_AN_ADDRESS, person, source=Source.AUTHORITY)
    if not person.activities.filter(ends_on=None).exists() and fits(person, handed.activity):
        bring_activity(person, crossing)
    keep_limit(person, crossing)


def fits(person: YoungPerson, activity: Activity | None) -> bool:
    """Whether it overlaps nothing they are known to have done: one primary activity at a time."""
    if activity is None:
        return False
    overlapping = person.activities.filter(is_primary=True).filter(
        Q(ends_on=None) | Q(ends_on__gte=activity.starts_on)
    )
    if activity.ends_on:
        overlapping = overlapping.filter(starts_on__lte=activity.ends_on)
    return not overlapping.exists()
