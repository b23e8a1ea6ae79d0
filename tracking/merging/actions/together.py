"""Two records of one young person made one, and taken apart again: one act each, whole or not at all."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from tracking.merging.kinds import Kind
from tracking.merging.ledger import put_back, rows_of, write_down
from tracking.merging.models import Duplicate, Merge
from tracking.merging.queries.identity import identity_of
from tracking.merging.refusals import CannotBe
from tracking.merging.statements import COHORT, FIELDS, Together
from tracking.merging.ways import go, moving
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import within_reach
from tracking.register.models import FormerName, YoungPerson
from tracking.register.refusals import NotPermitted
from tracking.rules.codes import CohortKind
from tracking.rules.merging import previous_number

NAMES = ("given_name", "family_name")
NO_LONGER = "One of the two records was put together with another meanwhile."
LATER_FIRST = "The record it was put together with is now part of another: take that apart first."


def put_together(*, kept: YoungPerson, gone: YoungPerson, takes: Collection[str], by: User) -> Merge:
    """Make two records one: everything that belongs to the one that goes belongs to the kept one from now on (MERGING
    says how, table by table), and it is sent to the DfE as a duplicate once (cohort status M; errors 37, 902, 907).

    `takes` names the fields of which the value of the record that goes stands. What was counted, frozen or sent stays
    as it was. The number of statements does not depend on how much there is. Raises NotPermitted, CannotBe.
    """
    together = Together(
        kept.pk, gone.pk, by.pk, clock.today(), clock.now(), ruleset(clock.today()), frozenset(takes)
    )
    with (
        recorded(Kind.PUT_TOGETHER, by=by, authority_id=kept.authority_id, subjects=together.both) as event,
        _situated(together.both),
    ):
        mine, other = _held(together, by)
        before = rows_of(together.both)
        with_rows = {table for (table, _), row in before.items() if together.gone in row.values()}
        for table in moving():
            if table.table in with_rows and table.model != "tracking.YoungPerson":
                go(table, together)
        _become_one(mine, other, together)
        merge = Merge.objects.create(
            authority_id=kept.authority_id,
            kept=mine,
            merged=other,
            by=by,
            merged_at=together.at,
            event_id=event.pk,
        )
        event.counts["rows"] = write_down(merge, before, rows_of(together.both))
        _pairs(mine, other).update(state=Duplicate.State.MERGED, decided_by=by, decided_at=together.at)
    return merge


def take_apart(*, merge: Merge, by: User) -> int:
    """The two records stand as before, with what was recorded since where it was recorded; what was recorded since
    about something that goes back goes with it. Answers how many rows stay because of what was written since.

    Raises NotPermitted, CannotBe.
    """
    both = [merge.kept_id, merge.merged_id]
    with (
        recorded(Kind.TAKEN_APART, by=by, authority_id=merge.authority_id, subjects=both) as event,
        _situated(both),
    ):
        one_at_a_time("tracking.merging", merge.authority_id)
        held = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        _refuse_apart(held, by)
        held.taken_apart_at, held.taken_apart_by = clock.now(), by
        held.save(update_fields=["taken_apart_at", "taken_apart_by"])
        left = put_back(held)
        event.counts["left"] = left
        kept, gone = (YoungPerson.objects.get(pk=pk) for pk in both)
        _pairs(kept, gone).update(
            state=Duplicate.State.NOT_THE_SAME,
            decided_by=by,
            decided_at=held.taken_apart_at,
            identity=identity_of(kept, gone),
        )
    return left


@contextmanager
def _situated(people: list[int]) -> Iterator[None]:
    """Where these stand is worked out once, at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('neet.situate', 'later', true)")
        yield
        cursor.execute("SELECT set_config('neet.situate', '', true), tracking_situate(%s)", [people])


def _held(together: Together, by: User) -> tuple[YoungPerson, YoungPerson]:
    """Both rows as they stand now, held until the end."""
    seen = within_reach(by, Permission.MERGE).filter(pk__in=together.both)
    held = {each.pk: each for each in seen.select_for_update(of=("self",)).order_by("pk")}
    if len(held) < 2:
        if YoungPerson.objects.filter(pk__in=together.both, merged_into__isnull=False).exists():
            raise CannotBe(NO_LONGER)
        raise NotPermitted(Permission.MERGE)
    kept, gone = held[together.kept], held[together.gone]
    if kept.authority_id != gone.authority_id:
        raise CannotBe("The two records are on the registers of two councils.")
    one_at_a_time("tracking.merging", kept.authority_id)
    return kept, gone


def _refuse_apart(merge: Merge, by: User) -> None:
    if merge.taken_apart_at:
        raise CannotBe("These records were taken apart already.")
    if Merge.objects.filter(merged=merge.kept_id, taken_apart_at=None).exists():
        raise CannotBe(LATER_FIRST)
    if not within_reach(by, Permission.MERGE).filter(pk=merge.kept_id).exists():
        raise NotPermitted(Permission.MERGE)


def _become_one(kept: YoungPerson, gone: YoungPerson, together: Together) -> None:
    """Who they are from now on; the record that goes points at the kept one and says that it was a duplicate."""
    changes = {name: getattr(gone, name) for name in FIELDS if name in together.takes}
    if "cohort" in together.takes:
        changes |= {name: getattr(gone, name) for name in COHORT}
    if gone.restricted_on and not kept.restricted_on:  # the stricter of the two
        changes |= {"restricted_on": gone.restricted_on, "restricted_reason": gone.restricted_reason}
    changes["has_guarantee"] = kept.has_guarantee or gone.has_guarantee
    held = {"previous_id": kept.previous_id}
    changes["previous_id"] = previous_number(held, gone.young_person_id)
    names = {(each.given_name, each.family_name) for each in (kept, gone)}
    _write(kept, changes)
    for given, family in sorted(names - {(kept.given_name, kept.family_name)}):  # one at the most
        FormerName.objects.get_or_create(
            person=kept, given_name=given, family_name=family, defaults={"until": together.on}
        )
    (duplicate,) = together.rules.cohort_letters(CohortKind.MERGED)
    said = {"cohort_status": duplicate, "cohort_status_on": together.on, "transferred_to_la": ""}
    _write(gone, {**said, "merged_into": kept})


def _write(person: YoungPerson, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(person, name, value)
    person.version += 1
    person.save(update_fields=[*changes, "version"])


def _pairs(one: YoungPerson, other: YoungPerson) -> QuerySet[Duplicate]:
    first, second = sorted((one.pk, other.pk))
    return Duplicate.objects.filter(first=first, second=second)
