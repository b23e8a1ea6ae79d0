"""What its sender changes about a return before it is sent; each change saves itself and is looked at at once."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Max

from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.files.rules.days import Order
from returns.intake.actions.locking import held_row, locked
from returns.intake.checking import context_of, look_again, look_at, problem_counts
from returns.intake.keeping import keep_preset
from returns.intake.kinds import Kind
from returns.intake.layouts import LAYOUTS, Layout
from returns.intake.layouts.columns import Kind as Holds
from returns.intake.models import Intake, IntakeRow, KnownColumns, Missing, Problem
from returns.intake.queries.presets import presets
from returns.intake.reading import shape_of
from returns.intake.refusals import NotNow
from returns.intake.rules.cells import clean_cell

LONGEST = 500


def fix_cell(*, row: IntakeRow, column: str, value: str, by: User) -> list[Problem]:
    """Put something else in a cell of a row, empty included. What stood in the file stays beside it.

    The row is looked at anew with all that depends on it; its problems now are the answer. Raises NotNow.
    """
    return fix_cells(row=row, values={column: value}, by=by)


def fix_cells(*, row: IntakeRow, values: Mapping[str, str], by: User) -> list[Problem]:
    """The same for several cells of a row at once. Raises NotNow."""
    with recorded(Kind.CELL_FIXED, by=by, authority_id=row.intake.authority_id) as event:
        intake, held = held_row(row)
        event.counts = {"intake": intake.pk, "row": held.number, "cells": len(values)}
        layout = LAYOUTS[intake.type]
        if not values.keys() <= layout.by_name.keys():
            raise NotNow("This return has no such column.")
        typed = {column: _typed(intake, layout, column, value) for column, value in values.items()}
        fixed = {**held.fixed, **typed}
        held.fixed = {name: value for name, value in fixed.items() if value != held.sent.get(name, "")}
        held.save(update_fields=["fixed"])
        look_at(intake, held)
        intake.save()
    return list(Problem.objects.filter(row=held))


def set_order(*, intake: Intake, column: str, order: Order, by: User) -> None:
    """Say which number of a column's dates is the day. All rows are read so; what somebody typed since stays.
    Raises NotNow."""
    with recorded(Kind.ORDER_SET, by=by, authority_id=intake.authority_id, counts={"intake": intake.pk}):
        now = locked(intake, *Intake.OPEN)
        found = LAYOUTS[now.type].by_name.get(column)
        if found is None or found.kind is not Holds.DAY:
            raise NotNow("This return has no such column of dates.")
        now.orders = {**now.orders, column: str(order)}
        if now.file_id and now.establishment_id:
            _remember_order(now, column, order, by)
        _look(now)


def _remember_order(intake: Intake, column: str, order: Order, by: User) -> None:
    """Files with these headings are read so from now on, unless their days speak against it."""
    known, _ = KnownColumns.objects.select_for_update(of=("self",)).get_or_create(
        establishment=intake.establishment,
        type=intake.type,
        shape=shape_of(intake.headings),
        defaults={"confirmed_by": by},
    )
    known.orders = {**known.orders, column: str(order)}
    known.save(update_fields=["orders"])


def leave_out(*, row: IntakeRow, by: User, out: bool = True) -> None:
    """Leave a row out of a return, or take it in again. Raises NotNow."""
    with recorded(Kind.ROW_LEFT_OUT, by=by, authority_id=row.intake.authority_id) as event:
        intake, held = held_row(row)
        event.counts = {"intake": intake.pk, "row": held.number, "out": int(out)}
        held.left_out = out
        held.save(update_fields=["left_out"])
        look_at(intake, held)
        intake.save()


def add_row(*, intake: Intake, values: Mapping[str, str], by: User) -> IntakeRow:
    """Put somebody on a return who does not stand on it yet. Raises NotNow."""
    with recorded(Kind.ROW_ADDED, by=by, authority_id=intake.authority_id) as event:
        now = locked(intake, *Intake.OPEN)
        layout = LAYOUTS[now.type]
        typed = {
            name: _typed(now, layout, name, value) for name, value in values.items() if name in layout.by_name
        }
        if not any(typed.values()):
            raise NotNow("Enter something about them first.")
        row = IntakeRow.objects.create(intake=now, number=next_number(now), fixed=typed)
        event.counts = {"intake": now.pk, "row": row.number}
        look_at(now, row)
        now.save()
    row.refresh_from_db()
    return row


def explain(*, problem: Problem, text: str, by: User) -> None:
    """Say why something that was asked about is right all the same; an empty text takes it back. Raises NotNow for
    what has to be changed instead."""
    with recorded(Kind.EXPLAINED, by=by, authority_id=problem.intake.authority_id) as event:
        intake = locked(problem.intake, *Intake.OPEN)
        event.counts = {"intake": intake.pk, "problem": problem.pk}
        held = Problem.objects.select_for_update(of=("self",)).filter(pk=problem.pk, intake=intake).first()
        if held is None:
            raise NotNow("Somebody has changed this row meanwhile. Look at it again.")
        if held.severity == Problem.Severity.ERROR:
            raise NotNow("This has to be changed: it cannot be taken as it stands.")
        held.explained, held.explained_by = text.strip()[:300], by
        held.save(update_fields=["explained", "explained_by"])
        _count(intake)


def explain_all(*, intake: Intake, kind: str, column: str, text: str, by: User) -> int:
    """Say it of every problem of one kind in one column. How many there were. Raises NotNow."""
    with recorded(Kind.EXPLAINED, by=by, authority_id=intake.authority_id) as event:
        now = locked(intake, *Intake.OPEN)
        asked = now.problems.filter(kind=kind, column=column, severity=Problem.Severity.QUERY)
        number = asked.update(explained=text.strip()[:300], explained_by=by)
        event.counts = {"intake": now.pk, "problems": number}
        _count(now)
    return number


def answer_missing(
    *,
    missing: Missing,
    answer: str,
    by: User,
    left_on: date | None = None,
    destination: str = "",
) -> Missing | None:
    """Say what became of somebody who was expected and is not on the return. Who is still here gets a row, as the
    register has them, and is missing no longer: the answer is then None. Raises NotNow."""
    with recorded(Kind.MISSING_ANSWERED, by=by, authority_id=missing.intake.authority_id) as event:
        intake = locked(missing.intake, *Intake.OPEN)
        held = Missing.objects.select_for_update(of=("self",)).filter(pk=missing.pk, intake=intake).first()
        if held is None:
            if answer == Missing.Answer.STILL_HERE and _is_on(intake, missing.person_id):
                return None
            raise NotNow("They are on the return by now. Look at it again.")
        event.subjects, event.counts = [held.person_id], {"intake": intake.pk}
        if answer == Missing.Answer.STILL_HERE:
            _put_on(intake, held)
            return None
        refuse_impossible(answer, left_on)
        held.answer, held.answered_by = answer, by
        held.left_on = left_on if answer == Missing.Answer.LEFT else None
        held.destination = destination.strip()[:160]
        held.save()
    return held


def _is_on(intake: Intake, person_id: int) -> bool:
    return intake.rows.filter(person_id=person_id, left_out=False).exists()


def _put_on(intake: Intake, held: Missing) -> None:
    again = IntakeRow.objects.filter(intake=intake, person=held.person_id, left_out=True).first()
    if again:
        again.left_out = False
        again.save(update_fields=["left_out"])
    else:
        layout = LAYOUTS[intake.type]
        found = presets([held.person_id], layout, establishment_id=intake.establishment_id, on=intake.as_at)
        keep_preset(intake, found, first=next_number(intake))
    _look(intake)


def refuse_impossible(answer: str, left_on: date | None) -> None:
    """An answer that is none, or that lacks its day. Raises NotNow."""
    if answer not in Missing.Answer.values:
        raise NotNow("Choose one of the answers.")
    if answer == Missing.Answer.LEFT and left_on is None:
        raise NotNow("Enter the day they left.")


def _look(intake: Intake) -> None:
    look_again(intake)
    intake.save()


def _count(intake: Intake) -> None:
    intake.counts = {**intake.counts, **problem_counts(intake)}
    intake.save(update_fields=["counts"])


def next_number(intake: Intake) -> int:
    """The number of the next row somebody puts on a return."""
    return (intake.rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _typed(intake: Intake, layout: Layout, column: str, value: str) -> str:
    """What somebody typed. A day is kept in one spelling, whatever way round the file has its own."""
    text = value.replace("\x00", "").strip()[:LONGEST]
    if layout.column(column).kind is not Holds.DAY:
        return text
    day, _ = clean_cell(layout, column, text, context_of(intake))
    return day or text
