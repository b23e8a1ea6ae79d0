"""Mending a return: a cell, a row, a reason. Each saves itself; without scripts each is a form of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.words import many
from returns.intake.actions.mending import explain, explain_all, fix_cell, fix_cells, leave_out, set_order
from returns.intake.forms.mending import CellForm, LeaveOutForm, OrderForm, ReasonForm, RowForm
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, IntakeRow, Problem
from returns.intake.queries.pages import OF_THE_ROW, OPEN, difference, name_of, sum_of, value_of
from returns.intake.refusals import NotNow
from returns.intake.views.frame import about, intake_of, layout_for
from returns.intake.views.opened import headline, note_rows
from returns.intake.views.shown import choices_of, key_of, mend_of, values_shown, worded

CONTRIBUTES = needs(Permission.RETURN_READ, to_post=Permission.RETURN_CONTRIBUTE)


@dataclass(frozen=True)
class Act:
    """One change asked for on a page: of which return and row, from which problem's box, and what to say when done."""

    intake: Intake
    row: IntakeRow | None
    said: dict[str, Any]
    words: str
    do: Callable[[], Any]

    @property
    def key(self) -> str:
        number = self.row.number if self.row else 0
        return f"{number}-{self.said['kind']}-{self.said['about'] or OF_THE_ROW}"


@require_POST
@CONTRIBUTES
def fix_cell_of(request: HttpRequest, ref: UUID, number: int) -> HttpResponse:
    """One cell, put right."""
    intake, row = _row(request, ref, number)
    said = _said(CellForm(request.POST))
    do = partial(fix_cell, row=row, column=said["column"], value=said["value"], by=request.user)
    return _done(request, Act(intake, row, said, "Saved", do))


@require_POST
@CONTRIBUTES
def leave_row_out(request: HttpRequest, ref: UUID, number: int) -> HttpResponse:
    """A row stays out of the return, or comes in again."""
    intake, row = _row(request, ref, number)
    said = _said(LeaveOutForm(request.POST))
    words = "Taken in again" if said["take_in"] else "Left out"
    do = partial(leave_out, row=row, by=request.user, out=not said["take_in"])
    return _done(request, Act(intake, row, said, words, do))


@require_POST
@CONTRIBUTES
def explain_problem(request: HttpRequest, ref: UUID, number: int) -> HttpResponse:
    """Why something is right all the same; number 0 is the file as a whole."""
    intake, row = _row(request, ref, number) if number else (intake_of(request, ref), None)
    said = _said(ReasonForm(request.POST))
    problems = intake.problems.select_related("row__intake", "intake")
    problem = problems.filter(row=row, kind=said["kind"], column=said["about"]).first()
    if problem is None:
        return _gone(request, intake)
    do = partial(explain, problem=problem, text=said["explained"], by=request.user)
    words = "Explained" if said["explained"] else "Reason taken away"
    return _done(request, Act(intake, problem.row, said, words, do))


def _gone(request: HttpRequest, intake: Intake) -> HttpResponse:
    """Somebody changed the row meanwhile: the page is shown as it is now."""
    messages.info(request, "This was changed meanwhile. Here is how it stands now.")
    return HttpResponseClientRefresh() if request.htmx else redirect("intake", ref=intake.ref)


@require_POST
@CONTRIBUTES
def explain_all_of(request: HttpRequest, ref: UUID, kind: str, column: str) -> HttpResponse:
    """One reason for every row of one kind."""
    intake = intake_of(request, ref)
    form = ReasonForm(request.POST)
    text = form.cleaned_data["explained"] if form.is_valid() else ""
    if not text:
        messages.warning(request, "Say in a few words why they are right.")
        return redirect("return_problems", ref=ref, kind=kind, column=column)
    name = "" if column == "row" else column
    try:
        count = explain_all(intake=intake, kind=kind, column=name, text=text, by=request.user)
        messages.success(request, f"The reason was saved for {many(count, 'row,rows')}.")
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect("intake", ref=ref)


@require_POST
@CONTRIBUTES
def set_order_of(request: HttpRequest, ref: UUID, column: str) -> HttpResponse:
    """Which number of a column's dates is the day."""
    intake, form = intake_of(request, ref), OrderForm(request.POST)
    if column not in LAYOUTS[intake.type].by_name:
        raise Http404
    if not form.is_valid():
        messages.warning(request, "Select which number is the day.")
        return redirect("intake", ref=ref)
    order = form.cleaned_data["order"]
    try:
        set_order(intake=intake, column=column, order=order, by=request.user)
        messages.success(request, f"The dates are read with the {order}.")
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect("intake", ref=ref)


@CONTRIBUTES
def return_row(request: HttpRequest, ref: UUID, number: int) -> HttpResponse:
    """One row whole: seen, and while the return is not sent changed."""
    intake, row = _row(request, ref, number)
    around = about(request, intake.expected, intake)
    may_change = around["may_contribute"] and intake.is_open
    form = _row_form(request, intake, row) if may_change else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            return _row_saved(request, intake, row, form)
    note_rows(request, intake, [row])
    stands = difference(row.outcome, 1)
    shown = {
        **around,
        "crumb": f"Row {number}",
        "row": row,
        "name": name_of(row) or f"Row {number}",
        "outcome": stands.words,
        "tone": stands.tone,
        "problems": row.problems.exclude(severity=Problem.Severity.NOTE),
        "notes": row.problems.filter(severity=Problem.Severity.NOTE),
        "form": form,
        "may_change": may_change,
        "values": values_shown(intake, row),
        "take_in": {"take_in": "on"},
        "back_url": reverse("intake", args=[intake.ref]),
    }
    return render(request, "returns/intake/row.html", shown)


def _row_form(request: HttpRequest, intake: Intake, row: IntakeRow) -> RowForm:
    layout = layout_for(intake)
    said = {each.name: worded(intake, each.name, value_of(row, each.name)) for each in layout.columns}
    shown = [each for each in layout.columns if each.on_template or said[each.name]]
    return RowForm(request.POST or None, columns=shown, choices=choices_of(intake), initial=said)


def _row_saved(request: HttpRequest, intake: Intake, row: IntakeRow, form: RowForm) -> HttpResponse:
    try:
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        if changed:
            fix_cells(row=row, values=changed, by=request.user)
    except NotNow as problem:
        messages.warning(request, str(problem))
        return redirect("intake", ref=intake.ref)
    messages.success(request, f"Row {row.number} is saved.")
    return redirect("intake", ref=intake.ref)


def _row(request: HttpRequest, ref: UUID, number: int) -> tuple[Intake, IntakeRow]:
    intake = intake_of(request, ref)
    rows = intake.rows.select_related("intake__establishment", "intake__authority")
    return intake, get_object_or_404(rows, number=number)


def _said(form: forms.Form) -> dict[str, Any]:
    """The answers of a form that no page sends wrong; for what somebody made up there is nothing here."""
    if not form.is_valid():
        raise Http404
    return form.cleaned_data


def _done(request: HttpRequest, act: Act) -> HttpResponse:
    """Do it; answer a script with the row as it is now, and everybody else with the page."""
    before = _open_of(act.row)
    try:
        act.do()
    except NotNow as problem:
        messages.warning(request, str(problem))
        back = redirect("intake", ref=act.intake.ref)
        return HttpResponseClientRefresh() if request.htmx else back
    if request.htmx:
        return _part(request, act, before)
    messages.success(request, f"{act.words}: row {act.row.number}." if act.row else f"{act.words}.")
    return redirect("intake", ref=act.intake.ref)


def _open_of(row: IntakeRow | None) -> dict[str, Problem]:
    """What a row needs its sender for, by what it is called on the page."""
    if row is None:
        return {}
    problems = row.problems.filter(OPEN, row__left_out=False).select_related("row")
    return {key_of(each): each for each in problems.order_by("severity", "pk")}


def _part(request: HttpRequest, act: Act, before: dict[str, Problem]) -> HttpResponse:
    """The place of the problem on the page: what is wrong now in its place, or that it is done; and the new sum."""
    total = sum_of(act.intake)
    after = _open_of(act.row)
    left = after.get(act.key) or next((each for key, each in after.items() if key not in before), None)
    around = {
        **about(request, act.intake.expected, act.intake),
        "sum": total,
        "headline": headline(total),
        "whole_page": request.htmx.current_url_abs_path == reverse("intake", args=[act.intake.ref]),
        "swapped": True,
    }
    if left and left.row:
        mend = mend_of(act.intake, left, choices_of(act.intake))
        around |= {"mend": mend, "said": f"Row {left.row.number}: {left.why}"}
        return render(request, "returns/intake/mend_again.html", around)
    row = IntakeRow.objects.get(pk=act.row.pk) if act.row else None
    around |= {
        "key": act.key,
        "words": act.words,
        "row_url": reverse("return_row", args=[act.intake.ref, row.number]) if row else "",
        "number": row.number if row else "",
        "name": name_of(row) if row else "",
        "said": f"{act.words}. {headline(total)}.",
    }
    return render(request, "returns/intake/mended.html", around)
