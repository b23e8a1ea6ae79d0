"""The self-assessment on its page, line by line, on paper and as a spreadsheet; the yearly indicators."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.assessment.actions import answer, approve, count, give_back, hand_in, open_assessment
from caseload.assessment.actions.answering import KIND
from caseload.assessment.files import workbook
from caseload.assessment.forms import LineForm
from caseload.assessment.models import LineAnswer, SelfAssessment
from caseload.assessment.queries.indicators import Shown, indicators, months_that_do_not_add_up
from caseload.assessment.queries.lines import (
    Line,
    assessments_of,
    history,
    latest,
    lines,
    may_work_on,
    plan_of,
    sections,
    spoken,
    title_of,
    told_to,
)
from caseload.plan.views.frame import of_a_council
from caseload.tabs import YEAR, tabs
from caseload.views import authority_here, done, tried
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.documents.pdf import pdf_of
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from neet.ui.words import many
from tracking.register.models import Task
from tracking.register.views.editing import answers
from tracking.rules.academic_year import academic_year, year_words

P = Permission
WAITING, EVERYTHING = "waiting", "all"
HEADINGS = ("Indicator", "Ages", "Year", "Months there", "Months wanted", "Counted", "Of", "Per cent")


def _here(request: HttpRequest) -> QuerySet[SelfAssessment]:
    """Those of one's own council, or there is nothing here."""
    if request.authority_id is None or not may_work_on(request.user, request.authority_id):
        raise Http404
    return assessments_of(request.authority_id)


@needs(P.PLAN_CHANGE)
def assessment(request: HttpRequest) -> HttpResponse:
    """The latest year's, or the way to begin the first."""
    found = _here(request)
    newest = found.first()
    return _shown(request, newest, found) if newest else _none_yet(request)


@needs(P.PLAN_CHANGE)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One year's."""
    found = _here(request)
    return _shown(request, get_object_or_404(found, pk=pk), found)


def _none_yet(request: HttpRequest) -> HttpResponse:
    shown = {
        "tabs": tabs(request, "assessment", YEAR),
        "year_words": year_words(academic_year(clock.today())),
    }
    return render(request, "caseload/assessment/none.html", shown)


def _shown(request: HttpRequest, own: SelfAssessment, found: QuerySet[SelfAssessment]) -> HttpResponse:
    every = lines(own)
    open_lines = {each.code for each in every if each.is_open}
    told = told_to(every, request.scope)
    waiting = [each for each in told if each.code in open_lines]
    wants = WAITING if request.GET.get("show") == WAITING and waiting else EVERYTHING
    years, running = list(found), academic_year(clock.today())
    shown = {
        "tabs": tabs(request, "assessment", YEAR),
        "own": own,
        "title": title_of(own),
        "sections": sections(waiting if wants == WAITING else told),
        "wants": wants,
        "waiting": many(len(waiting), "line,lines"),
        "waiting_number": len(waiting),
        "is_waiting": bool(waiting),
        "total": many(len(told), "line,lines"),
        "plan": plan_of(told),
        "others": [(each, title_of(each)) for each in years if each.pk != own.pk],
        "can_begin": "" if any(each.year == running for each in years) else year_words(running),
        "may_approve": bool(own.handed_in_at) and own.handed_in_by_id != request.user.pk,
    }
    return render(request, "caseload/assessment/assessment.html", shown)


@needs(P.PLAN_CHANGE)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin this academic year's."""
    _here(request)
    authority, today = authority_here(request), clock.today()
    made = open_assessment(authority=authority, year=academic_year(today), on=today, by=request.user)
    return redirect("assessment_of_year", pk=made.pk)


@needs(P.PLAN_CHANGE)
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Count anew, hand in, give back, approve."""
    own, by = get_object_or_404(_here(request), pk=pk), request.user
    acts = {
        "count": (lambda: count(assessment=own, on=clock.today(), by=by), "The numbers are today’s."),
        "hand_in": (lambda: hand_in(assessment=own, by=by), "Handed in. Somebody else approves it."),
        "give_back": (lambda: give_back(assessment=own, by=by), "It can be worked on again."),
        "approve": (lambda: approve(assessment=own, by=by), "Approved, and kept as it is now."),
    }
    if request.POST.get("act") not in acts:
        messages.error(request, "Use one of the buttons.")
        return redirect("assessment_of_year", pk=pk)
    deed, words = acts[request.POST["act"]]
    return done(request, deed, words, "assessment_of_year", pk)


@needs(P.PLAN_CHANGE)
def line(request: HttpRequest, pk: int, line: str) -> HttpResponse:
    """One line: what the register says, what was said of it before, and what is said now."""
    own = get_object_or_404(_here(request), pk=pk)
    told = next((each for each in told_to(lines(own), request.scope) if each.code == line), None)
    if told is None:
        raise Http404
    today = clock.today()
    form = LineForm(answers(request), initial=_last(own, line), authority=own.authority, on=today)
    if request.method == "POST" and form.is_valid() and _answered(request, own, line, form):
        messages.success(request, f"Line {told.number} is answered.")
        return redirect(f"{reverse('assessment_of_year', args=[pk])}#line-{line}")
    shown = {
        "own": own,
        "title": title_of(own),
        "line": told,
        "form": form,
        "may_answer": not own.handed_in_at,
        "history": [spoken(each) for each in history(own, line)],
    }
    return render(request, "caseload/assessment/line.html", shown)


def _answered(request: HttpRequest, own: SelfAssessment, line: str, form: LineForm) -> bool:
    return tried(
        form,
        lambda: answer(assessment=own, line=line, said=form.told(), on=clock.today(), by=request.user),
    )


def _last(own: SelfAssessment, line: str) -> dict[str, Any]:
    """The form begins with what was said last."""
    last: LineAnswer | None = latest(own).get(line)
    if last is None:
        return {}
    return {
        name: getattr(last, name) for name in ("rating", "evidence", "action", "owner", "due_on", "is_done")
    }


@needs(P.PLAN_CHANGE)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task of the action plan is done on the page of its line."""
    found = get_object_or_404(Task, pk=pk, kind=KIND, person=None, authority=request.authority_id)
    _, assessment_id, code = found.cause.split(":")
    return redirect("assessment_line", pk=int(assessment_id), line=code)


@needs(P.PLAN_CHANGE)
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All of it on paper."""
    own = get_object_or_404(_here(request), pk=pk)
    told: tuple[Line, ...] = told_to(lines(own), request.scope)
    shown = {
        "own": own,
        "title": title_of(own),
        "sections": sections(told),
        "plan": plan_of(told),
        "today": clock.today(),
    }
    return download_of(
        [pdf_of("caseload/assessment/paper.html", shown)], name=_name(own, "pdf"), kind=StoredFile.Kind.PDF
    )


@needs(P.PLAN_CHANGE)
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All of it as a spreadsheet."""
    own = get_object_or_404(_here(request), pk=pk)
    return download_of(
        [workbook(told_to(lines(own), request.scope))], name=_name(own, "xlsx"), kind=StoredFile.Kind.XLSX
    )


def _name(own: SelfAssessment, ending: str) -> str:
    return f"self-assessment-{year_words(own.year)}.{ending}"


@needs(P.FIGURES_EXPLORE)
@of_a_council
def yearly(request: HttpRequest) -> HttpResponse:
    """Each in this academic year and in the one before, and whether the months add up."""
    today = clock.today()
    shown = {
        "tabs": tabs(request, "indicators", YEAR),
        "lines": indicators(request.authority_id, today),
        "wrong": months_that_do_not_add_up(request.authority_id, today),
        "year_words": year_words(academic_year(today)),
        "before_words": year_words(academic_year(today) - 1),
    }
    return render(request, "caseload/assessment/indicators.html", shown)


@needs(P.FIGURES_EXPLORE)
@of_a_council
def yearly_file(request: HttpRequest) -> HttpResponseBase:
    """The same with what was counted of what."""
    found = indicators(request.authority_id, clock.today())
    return download_of(csv_chunks(HEADINGS, _rows(found)), name="indicators.csv", kind=StoredFile.Kind.CSV)


def _rows(found: list[Shown]) -> Iterator[tuple[object, ...]]:
    for each in found:
        ages = f"{each.indicator.first_age} to {each.indicator.last_age}"
        for of in (each.now, each.before):
            rate = None if of.rate is None else round(of.rate, 2)
            yield each.indicator.words, ages, of.words, of.months, of.wanted, of.part, of.whole, rate
