"""Changing many at once: choose, say what, look, confirm, see how far it is, see who was left, take it back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from neet.ui.forms import PlainForm, chosen, worded
from neet.ui.listing import listing_of
from neet.ui.parts import Progress
from neet.ui.words import many
from schools.models import Authority
from tracking.bulk import actions
from tracking.bulk.acts import Act, acts
from tracking.bulk.forms import NumberForm, WhatForm
from tracking.bulk.kinds import Kind
from tracking.bulk.models import BulkChange
from tracking.bulk.queries.allowed import acts_of, changes_seen
from tracking.bulk.queries.listing import STATES, counted, people_page
from tracking.bulk.queries.weighing import TYPE_FROM, became, preview
from tracking.bulk.refusals import NotNow
from tracking.register.forms.filters import RegisterFilter
from tracking.register.models import YoungPerson
from tracking.register.queries.people import NotVisible
from tracking.register.queries.register import SORTS, register_list
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.confirming import list_url, refs_of
from tracking.register.views.editing import answers
from tracking.tabs import tabs

P = Permission
State = BulkChange.State
TONES = {
    State.CHOSEN: "attention", State.ASKED: "waiting", State.GOING: "waiting", State.DONE: "good",
    State.RETURNING: "waiting", State.BACK: "plain",
}  # fmt: skip
WORK = {Kind.CHANGED: "Changing them", Kind.TAKEN_BACK: "Taking it back"}
BY_NAME = {name: SORTS[name] for name in ("name", "born")}


class PeopleFilter(PlainForm):
    """What became of them."""

    state = forms.ChoiceField(label="What became of them", choices=[("", "Any"), *STATES], required=False)


@needs(P.ACTIVITY_RECORD)
def listed(request: HttpRequest) -> HttpResponse:
    """Changes to many made lately, the newest first, and how to begin one."""
    found = changes_seen(request.user)
    listing = listing_of(request.GET, sorts={"made": ()}, first="made").counted(found.count())
    rows = list(found.order_by("-made_at", "-pk")[listing.start : listing.stop])
    known = acts()
    shown = {
        "beside": tabs(request, "changes_to_many"),
        "listing": listing,
        "lines": [
            (each, number, known[each.act].words if each.act in known else "", TONES[State(each.stands)],
             State(each.stands).label)
            for each, number in counted(rows)
        ],
    }  # fmt: skip
    return render(request, "tracking/bulk/listed.html", shown)


@require_POST
@needs(P.ACTIVITY_RECORD)
def choose_many(request: HttpRequest) -> HttpResponse:
    """Those ticked in a list, or everybody whom the register's filters name, are settled."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    on = clock.today()
    if "everybody" in request.POST:
        form = RegisterFilter(request.POST, user=request.user, on=on)
        people, words = register_list(request.user, form.wanted(), on), filters_in_words(form)
    else:
        refs = refs_of(request)
        people = YoungPerson.objects.filter(ref__in=refs)
        words = f"Ticked in a list: {len(refs)}"
    try:
        made = actions.choose(people=people, authority=authority, words=words, by=request.user)
    except NotNow as reason:
        messages.warning(request, str(reason))
        return redirect(list_url(request))
    return redirect("change_many_what", ref=made.ref)


def filters_in_words(form: RegisterFilter) -> str:
    said = [worded(form[name], str(value)) for name, value in form.cleaned_data.items() if value]
    return f"The register: {', '.join(said)}" if said else "Everybody in the register"


@needs(P.ACTIVITY_RECORD)
def what(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What do you want to do with them?"""
    change = _to_describe(request, ref)
    offered = acts_of(request.user, change.authority_id)
    form = WhatForm(answers(request), offered=list(offered.values()), initial={"act": change.act})
    if request.method == "POST" and form.is_valid():
        act = form.cleaned_data["act"]
        return _done(
            request,
            change,
            lambda: actions.decide_on(change=change, act=act, by=request.user),
            reverse("change_many_ask", args=[ref, 0]),
        )
    return _question(request, change, form, f"Change {_how_many(change)}", reverse("changes_to_many"))


@needs(P.ACTIVITY_RECORD)
def ask(request: HttpRequest, ref: UUID, step: int) -> HttpResponse:
    """The questions of the act, one page after another; after the last comes what it would do."""
    change = _to_describe(request, ref)
    act = _act(request, change, step)
    form = act.form(step)(answers(request), change=change, user=request.user)
    if request.method == "POST" and form.is_valid():
        last = step + 1 == len(act.asks)
        if last and act.hands_over:
            return _hand_over(request, change, act, form)
        onward = (
            reverse("change_many", args=[ref]) if last else reverse("change_many_ask", args=[ref, step + 1])
        )
        said = form.answers()
        return _done(
            request, change, lambda: actions.answer(change=change, said=said, by=request.user), onward
        )
    before = (
        reverse("change_many_ask", args=[ref, step - 1]) if step else reverse("change_many_what", args=[ref])
    )
    return _question(request, change, form, act.words, before)


def _hand_over(request: HttpRequest, change: BulkChange, act: Act, form: Any) -> HttpResponse:
    """The work goes on where such work is done."""
    try:
        onward = act.hands_over(change=change, said=form.answers(), by=request.user)
        actions.handed_on(change=change, onward=onward, by=request.user)
        return redirect(onward)
    except NotRight as refused:
        form.take(refused)
    except NotPermitted:
        raise NotVisible from None
    return _question(request, change, form, act.words, reverse("change_many_what", args=[change.ref]))


def _question(
    request: HttpRequest, change: BulkChange, form: forms.Form, title: str, back_url: str
) -> HttpResponse:
    shown = {
        "form": form,
        "title": title,
        "caption": change.chosen_by
        if isinstance(form, WhatForm)
        else f"{_how_many(change)}. {change.chosen_by}",
        "lead": "Nothing is changed before you have seen what it would do.",
        "button": "Continue",
        "back_url": back_url,
    }
    return render(request, "one_form.html", shown)


@needs(P.ACTIVITY_RECORD)
def one(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What a change would do, how far it is, or what it did. While work goes on, the page asks here how far."""
    change = _change(request, ref)
    work = _work(change)
    if request.htmx:
        over = work is None or work.pace.is_over
        return (
            HttpResponseClientRefresh()
            if over
            else render(request, "components/progress.html", {"progress": work})
        )
    if "onward" in change.said:
        return redirect(change.said["onward"])
    is_open = change.stands in (State.CHOSEN, State.ASKED)
    if is_open and not _is_described(change):
        return redirect("change_many_what", ref=ref)
    return _page(request, change, NumberForm() if is_open else None)


def _page(request: HttpRequest, change: BulkChange, form: NumberForm | None) -> HttpResponse:
    today = clock.today()
    act = acts()[change.act]
    shown: dict[str, Any] = {
        "beside": tabs(request, "changes_to_many"),
        "change": change,
        "stands": change.stands,
        "stands_words": State(change.stands).label,
        "tone": TONES[State(change.stands)],
        "title": act.words,
        "how_many": _how_many(change),
        "rows": act.told(change.said, today),
        "work": _work(change),
        "may": change.act in acts_of(request.user, change.authority_id),
        "is_mine": change.made_by_id == request.user.pk,
        "form": form,
    }
    if form is not None:
        shown |= _before(request, change)
    else:
        found = became(change)
        shown["became"] = [(state, words, found.get(state, ())) for state, words in STATES]
    return render(request, "tracking/bulk/one.html", shown)


def _before(request: HttpRequest, change: BulkChange) -> dict[str, Any]:
    number = change.people.count()
    found = preview(change, request.user, clock.today(), clock.now())
    subjects = [line.pk for line in found.lines]
    note_read(Kind.LIST_READ, by=request.user, authority_id=change.authority_id, subjects=subjects)
    two = number > TYPE_FROM and change.authority.needs_second_person
    return {"preview": found, "types_number": number > TYPE_FROM, "asks_colleague": two, "number": number}


@require_POST
@needs(P.ACTIVITY_RECORD)
def go(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Have it made, or a colleague asked."""
    change = _described(request, ref)
    form = NumberForm(request.POST)
    typed = form.cleaned_data["number"] if form.is_valid() else None
    try:
        _ring(actions.ask_for(change=change, typed=typed, by=request.user))
    except NotRight as refused:
        form.errors.clear()
        form.take(refused)
        return _page(request, change, form)
    except (NotNow, NotPermitted) as refused:
        return _refused(request, change, refused)
    return redirect("change_many", ref=ref)


@require_POST
@needs(P.ACTIVITY_RECORD)
def agreed(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A colleague has looked: have it made."""
    change = _described(request, ref)
    try:
        _ring(actions.agree(change=change, by=request.user))
    except (NotNow, NotPermitted) as refused:
        return _refused(request, change, refused)
    return redirect("change_many", ref=ref)


@needs(P.ACTIVITY_RECORD)
def back(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take it back; asks first."""
    change = _described(request, ref)
    if request.method != "POST":
        shown = {"change": change, "title": acts()[change.act].words, "how_many": _how_many(change)}
        return render(request, "tracking/bulk/back.html", shown)
    try:
        _ring(actions.ask_back(change=change, by=request.user))
    except (NotNow, NotPermitted) as refused:
        return _refused(request, change, refused)
    return redirect("change_many", ref=ref)


@require_POST
@needs(P.ACTIVITY_RECORD)
def discard(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Think no more of it."""
    change = _change(request, ref)
    try:
        actions.discard(change=change, by=request.user)
    except NotNow as refused:
        return _refused(request, change, refused)
    messages.success(request, "Thrown away. Nobody’s record was changed.")
    return redirect("changes_to_many")


@needs(P.ACTIVITY_RECORD)
def people(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Whom it was for, and who was left and why."""
    change = _change(request, ref)
    form = PeopleFilter(request.GET)
    wanted = {"state": form.cleaned_data["state"]} if form.is_valid() else {}
    listing = listing_of(request.GET, sorts=BY_NAME, first="name", filters=form.fields)
    page = people_page(change, wanted, request.user, listing, clock.today())
    subjects = [line.pk for line, _ in page.lines]
    note_read(Kind.LIST_READ, by=request.user, authority_id=change.authority_id, subjects=subjects)
    shown = {"change": change, "form": form, "page": page, "listing": page.listing,
             "chosen": chosen(form, page.listing), "how_many": _how_many(change)}  # fmt: skip
    return render(request, "tracking/bulk/people.html", shown)


def _change(request: HttpRequest, ref: UUID) -> BulkChange:
    return get_object_or_404(changes_seen(request.user), ref=ref)


def _to_describe(request: HttpRequest, ref: UUID) -> BulkChange:
    """One that its maker may still describe."""
    change = _change(request, ref)
    if change.made_by_id != request.user.pk or change.stands != State.CHOSEN:
        raise Http404
    return change


def _described(request: HttpRequest, ref: UUID) -> BulkChange:
    change = _change(request, ref)
    if not _is_described(change):
        raise Http404
    return change


def _is_described(change: BulkChange) -> bool:
    """Every question of the act was answered: the last step is the one that says when."""
    act = acts().get(change.act)
    return act is not None and not act.hand_over and ("on" in change.said or "starts_on" in change.said)


def _act(request: HttpRequest, change: BulkChange, step: int) -> Act:
    act = acts_of(request.user, change.authority_id).get(change.act)
    if act is None or step >= len(act.asks) or (step and "code" not in change.said):
        raise Http404
    return act


def _how_many(change: BulkChange) -> str:
    return many(change.people.count(), "young person,young people")


def _work(change: BulkChange) -> Progress | None:
    """What goes on, or what was asked for and did not come to an end."""
    job = change.job
    if job is None or job.state == Job.State.DONE:
        return None
    here = reverse("change_many", args=[change.ref])
    return replace(progress_of(job, title=WORK[Kind(job.kind)], unit="records"), url=here)


def _ring(job: Job | None) -> None:
    if job is not None:
        ring(job)


def _done(request: HttpRequest, change: BulkChange, act: Callable[[], object], onward: str) -> HttpResponse:
    try:
        act()
    except (NotNow, NotPermitted) as refused:
        return _refused(request, change, refused)
    return redirect(onward)


def _refused(request: HttpRequest, change: BulkChange, refused: Exception) -> HttpResponse:
    if isinstance(refused, NotPermitted):
        raise NotVisible from None
    messages.warning(request, str(refused))
    return redirect("change_many", ref=change.ref)
