"""Answering for the pupils we expect: the whole list on a page, or those who are not on a file; and who is new."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note
from neet.ui.listing import listing_of
from neet.ui.words import many
from returns.intake.actions.answering import Answered, all_still_here, answer_for_all
from returns.intake.actions.checking import check
from returns.intake.actions.mending import add_row
from returns.intake.forms.mending import AnswerForm, NewPupilForm
from returns.intake.kinds import Kind
from returns.intake.models import Intake, Missing
from returns.intake.queries.expected import Whose, expected_pupils
from returns.intake.queries.pages import name_of, sum_of
from returns.intake.queries.pupils import Pupil, added_rows, missing_pupil, pupils_of
from returns.intake.refusals import NotNow
from returns.intake.views.frame import about, intake_of, layout_for
from returns.intake.views.shown import choices_of
from tracking.models import YoungPerson

CONTRIBUTES = needs(Permission.RETURN_READ, to_post=Permission.RETURN_CONTRIBUTE)


@dataclass(frozen=True)
class Line:
    """One pupil with the form that answers for them."""

    pupil: Pupil
    form: AnswerForm
    url: str

    @property
    def is_open(self) -> bool:
        return not self.pupil.answer


@dataclass(frozen=True)
class Forms:
    """The forms of a page's lines, as its error summary asks for them."""

    forms: tuple[AnswerForm, ...]

    @property
    def is_bound(self) -> bool:
        return any(form.is_bound for form in self.forms)

    @property
    def total_error_count(self) -> int:
        return sum(len(form.errors) for form in self.forms if form.is_bound)


@CONTRIBUTES
def pupils(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Everybody we expect, to be answered for; without scripts all of them in one form."""
    intake = intake_of(request, ref)
    if intake.channel != Intake.Channel.PAGE or not intake.is_open:
        return redirect("intake", ref=ref)
    listed = pupils_of(intake)
    if request.method == "POST":
        lines = _all_answered(request, intake, listed)
        if not any(line.form.errors for line in lines):
            return _gone_on(request, intake)
    else:
        lines = [line_of(intake, each) for each in listed]
    _note_pupils(request, intake, lines)
    here = [line for line in lines if line.pupil.was_here]
    here_open = sum(line.is_open for line in here)
    shown = {
        **about(request, intake.expected, intake),
        **_of_lines(lines),
        "crumb": "Your pupils",
        "caption": f"{intake.expected.collection.title}, {intake.sent_by}",
        "here": here,
        "leavers": [line for line in lines if not line.pupil.was_here],
        "added": [(row.number, name_of(row)) for row in added_rows(intake)],
        "all_words": f"All {here_open} are still here" if here_open > 1 else "",
    }
    return render(request, "returns/intake/pupils.html", shown)


@CONTRIBUTES
def missing(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Those we expect who are not on the file."""
    intake = intake_of(request, ref)
    people = intake.missing.select_related("person")
    listing = listing_of(request.GET, sorts={"name": ()}, first="name").counted(people.count())
    leavers = _leavers(intake)
    listed = [missing_pupil(each, leavers) for each in people[listing.start : listing.stop]]
    if request.method == "POST":
        lines = _all_answered(request, intake, listed)
        if not any(line.form.errors for line in lines):
            messages.success(request, "The answers are saved.")
            return redirect("intake", ref=ref)
    else:
        lines = [line_of(intake, each) for each in listed]
    _note_pupils(request, intake, lines)
    shown = {
        **about(request, intake.expected, intake),
        **_of_lines(lines),
        "crumb": "Not on your list",
        "listing": listing,
        "left_to_answer": people.filter(answer="").count(),
    }
    return render(request, "returns/intake/missing.html", shown)


@require_POST
@CONTRIBUTES
def answer_pupil(request: HttpRequest, ref: UUID, person: UUID) -> HttpResponse:
    """One pupil answered for by a script, which is told what to say beside the name. A day half typed is waited for."""
    intake = intake_of(request, ref)
    pupil = next((each for each in pupils_of(intake) if each.ref == person), None)
    if pupil is None:
        raise Http404
    if not request.htmx:
        return redirect("intake", ref=ref)
    line = line_of(intake, pupil, request.POST)
    waits = _is_half_typed(line.form)
    if not waits:
        _save(request, intake, [line])
    shown = {
        "wrong": [] if waits else [str(each) for errors in line.form.errors.values() for each in errors],
        "waits": waits,
        "name": pupil.name,
        "left_to_answer": sum(not each.answer for each in pupils_of(intake)),
        "swapped": True,
    }
    return render(request, "returns/intake/answered.html", shown)


@require_POST
@CONTRIBUTES
def all_here(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Everybody who was there before is still there; the few who are not are changed afterwards."""
    intake = intake_of(request, ref)
    try:
        count = all_still_here(intake=intake, by=request.user)
        words = many(count, about(request, intake.expected, intake)["who"]).capitalize()
        messages.success(request, f"{words} still here. Now change those who are not.")
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect("pupils", ref=ref)


@CONTRIBUTES
def add_pupil(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Somebody who is new."""
    intake = intake_of(request, ref)
    if not intake.is_open:
        return redirect("intake", ref=ref)
    form = NewPupilForm(request.POST or None, columns=layout_for(intake).by_name, choices=choices_of(intake))
    if form.is_valid():
        try:
            row = add_row(intake=intake, values=form.values(), by=request.user)
            messages.success(request, f"{name_of(row)} was added.")
            return redirect("pupils" if intake.channel == Intake.Channel.PAGE else "intake", ref=ref)
        except NotNow as problem:
            form.add_error(None, str(problem))
    shown = {**about(request, intake.expected, intake), "crumb": "Somebody new", "form": form}
    return render(request, "returns/intake/add.html", shown)


def line_of(intake: Intake, pupil: Pupil, data: Any = None) -> Line:
    url = reverse("answer_pupil", args=[intake.ref, pupil.ref])
    initial = {"answer": pupil.answer, "left_on": pupil.left_on, "destination": pupil.destination}
    return Line(pupil, AnswerForm(data, initial=initial, prefix=prefix_of(pupil), name=pupil.name), url)


def _of_lines(lines: list[Line]) -> dict[str, Any]:
    """The lines of a page, what was wrong about any of them, and how many wait."""
    return {
        "lines": lines,
        "formset": Forms(tuple(line.form for line in lines)),
        "left_to_answer": sum(line.is_open for line in lines),
    }


def prefix_of(pupil: Pupil) -> str:
    return f"p{pupil.ref.hex}"


def _is_half_typed(form: AnswerForm) -> bool:
    """Somebody left, and the day is not all there yet."""
    if form["answer"].value() != Missing.Answer.LEFT:
        return False
    return not all((part or "").strip() for part in form["left_on"].value())


def _all_answered(request: HttpRequest, intake: Intake, listed: list[Pupil]) -> list[Line]:
    """The answers of a whole form; the lines with what was wrong about some of them. Good ones are saved."""
    lines = [line_of(intake, each, request.POST) for each in listed]
    _save(request, intake, lines)
    return lines


def _save(request: HttpRequest, intake: Intake, lines: list[Line]) -> None:
    """Save the answers that are right, all of them in one act; those that stand already stay as they are."""
    right = [line for line in lines if line.form.is_valid() and line.form.cleaned_data["answer"]]
    people = dict(
        YoungPerson.objects.filter(ref__in=[each.pupil.ref for each in right]).values_list("ref", "pk")
    )
    try:
        said = {people[each.pupil.ref]: _said(each.form) for each in right}
        answer_for_all(intake=intake, said=said, by=request.user)
    except NotNow as problem:
        right[0].form.add_error(None, str(problem))


def _said(form: AnswerForm) -> Answered:
    return Answered(**{name: form.cleaned_data[name] for name in ("answer", "left_on", "destination")})


def _gone_on(request: HttpRequest, intake: Intake) -> HttpResponse:
    """Checked at once, since it is a page of pupils and not a file; on to what is wrong, or to sending it."""
    try:
        check(intake=intake, by=request.user)
    except NotNow as problem:
        messages.warning(request, str(problem))
        return redirect("intake", ref=intake.ref)
    return redirect("intake" if sum_of(intake).need_you else "confirm_return", ref=intake.ref)


def _leavers(intake: Intake) -> set[int]:
    return {each.person_id for each in expected_pupils(Whose.of(intake)) if each.is_leaver}


def _note_pupils(request: HttpRequest, intake: Intake, lines: list[Line]) -> None:
    people = YoungPerson.objects.filter(ref__in=[line.pupil.ref for line in lines])
    seen = list(people.values_list("pk", flat=True))
    if seen:
        counts = {"intake": intake.pk, "people": len(seen)}
        note(Kind.READ, by=request.user, authority_id=intake.authority_id, subjects=seen, counts=counts)
