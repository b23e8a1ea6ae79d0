"""One return on its way, at one address whatever its state: how far it is, what needs its sender, the receipt."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.ui.listing import listing_of
from neet.ui.parts import Progress
from neet.ui.words import many
from returns.intake.checking import ORDER_ASKED
from returns.intake.forms.sending import FileForm
from returns.intake.headings import unused_headings
from returns.intake.kinds import Kind
from returns.intake.models import Intake, IntakeRow, Problem
from returns.intake.queries.differences import Change, changes_of
from returns.intake.queries.pages import (
    OF_THE_ROW,
    Sum,
    born_on,
    difference,
    differences_of,
    group_of,
    groups_of,
    name_of,
    notes_of,
    open_problems,
    sum_of,
)
from returns.intake.queries.work import work_of
from returns.intake.rules.found import UNEXPLAINED_STOPS
from returns.intake.views.frame import about, intake_of
from returns.intake.views.shown import FIRST_OF_A_KIND, change_shown, group_shown, worded

WORK = {
    "intake.checked": "Checking your return",
    "intake.applied": "Taking your return over",
    "intake.taken_back": "Taking the return back",
}
FIRST = (
    "right-file",
    "Is this the right file?",
    "Answer this before anything else: the return is not sent without.",
)
PARTS = (
    (Problem.Severity.ERROR, "to-change", "To change", "These rows are not sent until this is changed."),
    (
        Problem.Severity.QUERY,
        "to-check",
        "To check or explain",
        "Change it, or say in a few words why it is right. You can send the return either way.",
    ),
)


@needs(Permission.RETURN_READ)
def intake(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The return as it stands. While something is done to it, the page asks here how far that is."""
    found = intake_of(request, ref)
    work = work_on(found)
    if request.htmx:
        over = work is None or work.pace.is_over
        shown = {"progress": work}
        return HttpResponseClientRefresh() if over else render(request, "components/progress.html", shown)
    if work is not None:
        return _page(request, found, "working", {"work": work})
    return _of_state(request, found)


def _of_state(request: HttpRequest, found: Intake) -> HttpResponse:
    state = found.state
    if state == Intake.State.CHECKED:
        return checked_page(request, found)
    if state == Intake.State.UPLOADED:
        return redirect("columns", ref=found.ref) if found.headings else _page(request, found, "waiting", {})
    if state == Intake.State.DRAFT:
        return redirect("pupils", ref=found.ref)
    if state == Intake.State.REFUSED:
        return _page(request, found, "refused", {"form": FileForm()})
    if state == Intake.State.WITHDRAWN and found.event_id is None:
        return redirect("due_return", ref=found.expected.ref)
    return redirect("receipt", ref=found.ref)


def work_on(found: Intake) -> Progress | None:
    """The progress to show: what goes on, or the last attempt where it failed and nothing happened since."""
    newest = work_of(found).first()
    if newest is None or newest.state in (Job.State.DONE, Job.State.CANCELLED):
        return None
    if not newest.is_open and found.state not in (Intake.State.UPLOADED, Intake.State.DRAFT):
        return None
    here = reverse("intake", args=[found.ref])
    title = WORK.get(newest.kind, newest.words)
    return replace(progress_of(newest, title=title), url=here, cancel_url="")


def changed_words(found: Intake) -> str:
    """That the register changed while somebody looked, so that nothing was sent; empty once it was looked at anew."""
    newest = work_of(found).first()
    if newest is None or newest.state != Job.State.FAILED or newest.kind != Kind.APPLIED:
        return ""
    seen_since = found.compared_at and newest.finished_at and found.compared_at > newest.finished_at
    return "" if seen_since else newest.error


def checked_page(request: HttpRequest, found: Intake) -> HttpResponse:
    """What is fine, what needs its sender by kind, who is not on it, and what is different from the register."""
    total = sum_of(found)
    groups = groups_of(found, FIRST_OF_A_KIND)
    note_rows(request, found, [each.row for group in groups for each in group.problems if each.row])
    shown = {
        "headline": headline(total),
        "changed": changed_words(found),
        "caption": f"{found.expected.collection.title}, {found.sent_by}",
        "sum": total,
        "parts": [part for part in _parts(found, groups) if part["groups"]],
        "differences": [(each, rows_url(found, each.outcome)) for each in differences_of(found)],
        "notes": notes_of(found),
        "unused": unused_headings(found),
    }
    return _page(request, found, "checked", shown)


def headline(total: Sum) -> str:
    """118 fine, 3 need you"""
    fine = f"{many(total.fine, 'row,rows')} fine".capitalize()
    if not total.need_you:
        return f"{fine}, none needs you"
    return f"{fine}, {total.need_you} {'needs' if total.need_you == 1 else 'need'} you"


def _parts(found: Intake, groups: list[Any]) -> list[dict[str, Any]]:
    first = [each for each in groups if each.kind in UNEXPLAINED_STOPS]
    rest = [each for each in groups if each not in first]
    parts = [(*FIRST, first)]
    parts += [(*words, [each for each in rest if each.severity == severity]) for severity, *words in PARTS]
    return [
        {
            "anchor": anchor,
            "title": title,
            "about": about_it,
            "groups": [group_shown(found, each) for each in listed],
        }
        for anchor, title, about_it, listed in parts
    ]


def rows_url(found: Intake, outcome: str) -> str:
    return f"{reverse('return_rows', args=[found.ref])}?outcome={outcome}"


@needs(Permission.RETURN_READ)
def return_problems(request: HttpRequest, ref: UUID, kind: str, column: str) -> HttpResponse:
    """Every open problem of one kind in one column."""
    found = intake_of(request, ref)
    name = "" if column == OF_THE_ROW else column
    problems = open_problems(found).filter(kind=kind, column=name)
    listing = listing_of(request.GET, sorts={"row": ()}, first="row").counted(problems.count())
    if not listing.total:
        if not found.problems.filter(kind=kind, column=name).exists():
            raise Http404
        return redirect("intake", ref=ref)
    listed = list(problems[listing.start : listing.stop])
    note_rows(request, found, [each.row for each in listed if each.row])
    group = group_shown(found, group_of(found, listed, listing.total))
    shown = {
        "shown": group,
        "listing": listing,
        "sum": sum_of(found),
        "is_query": group.group.severity == Problem.Severity.QUERY,
        "asks_order": kind == ORDER_ASKED,
    }
    return _page(request, found, "group", {**shown, "crumb": group.group.words})


@needs(Permission.RETURN_READ)
def return_rows(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The rows of a return, all or those that compare in one way with the register."""
    found = intake_of(request, ref)
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in IntakeRow.Outcome.values else ""
    rows = found.rows.filter(outcome=outcome) if outcome else found.rows.all()
    listing = listing_of(request.GET, sorts={"row": ()}, first="row", filters=["outcome"])
    listing = listing.counted(rows.count())
    listed = list(rows[listing.start : listing.stop])
    note_rows(request, found, listed)
    changes = changes_of(found, listed)
    about_it = difference(outcome, listing.total) if outcome else None
    shown = {
        "title": about_it.words if about_it else "All rows",
        "about_outcome": about_it.about if about_it else "",
        "lines": [_line(found, each, changes.get(each.pk, [])) for each in listed],
        "has_changes": bool(changes),
        "listing": listing,
    }
    return _page(request, found, "rows", {**shown, "crumb": shown["title"]})


def _line(found: Intake, row: IntakeRow, changes: list[Change]) -> dict[str, Any]:
    stands = difference(row.outcome, 1)
    return {
        "number": row.number,
        "url": reverse("return_row", args=[found.ref, row.number]),
        "name": name_of(row),
        "born_on": born_on(row),
        "doing": worded(found, "activity", row.clean.get("activity", "")),
        "outcome": stands.words,
        "tone": stands.tone,
        "changes": [change_shown(found, each) for each in changes],
    }


def note_rows(request: HttpRequest, found: Intake, rows: list[IntakeRow]) -> None:
    """That these rows were read is written down: one event with the people they were taken for."""
    if rows:
        note(
            Kind.READ,
            by=request.user,
            authority_id=found.authority_id,
            subjects=sorted({row.person_id for row in rows if row.person_id}),
            counts={"intake": found.pk, "rows": len(rows)},
        )


def _page(request: HttpRequest, found: Intake, name: str, shown: dict[str, Any]) -> HttpResponse:
    around = {"crumb": f"Version {found.version}", **about(request, found.expected, found)}
    return render(request, f"returns/intake/{name}.html", {**around, **shown})
