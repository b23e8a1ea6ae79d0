"""Who is who: the council decides on doubtful rows, one at a time, with the keyboard alone if they like."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from returns.intake.actions.deciding import decide, nobody, undo_decision
from returns.intake.forms.matches import AnswerForm
from returns.intake.kinds import Kind
from returns.intake.models import Candidate, IntakeRow
from returns.intake.queries.matches import Case, last_decided, next_case, very_likely, waiting
from returns.intake.queries.pages import name_of
from returns.intake.refusals import NotNow
from returns.intake.views.tabs import tabs
from tracking.register.refusals import NotPermitted

LATER, NO_KEYS, ASKED_AGAIN = "matches_later", "matches_without_keys", "matches_asked_again"
NOBODY = {"nobody", "surely_nobody"}
RECEIVES = needs(Permission.RETURN_RECEIVE)


@RECEIVES
def matches(request: HttpRequest) -> HttpResponse:
    """The next row that waits, beside those it may be."""
    again = request.session.pop(ASKED_AGAIN, None)
    case = next_case(request.user, request.session.get(LATER, []), clock.today(), first=again)
    if case:
        _note(request, case)
    shown = {
        "case": case,
        "name": name_of(case.row) if case else "",
        "left": waiting(request.user).count(),
        "last": last_decided(request.user),
        "asked_again": case.options[0].words if case and case.row.pk == again else "",
        "tabs": tabs("matches"),
        "keys": not request.session.get(NO_KEYS, False),
    }
    return render(request, "returns/intake/matches.html", shown)


@require_POST
@RECEIVES
def decide_row(request: HttpRequest, row_id: int) -> HttpResponse:
    """One of those it may be, nobody, or later."""
    row = get_object_or_404(waiting(request.user), pk=row_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of them, none of them, or later.")
        return redirect("matches")
    answer = form.cleaned_data["answer"]
    if answer == "nobody" and very_likely(row):
        request.session[ASKED_AGAIN] = row.pk
        return redirect("matches")
    try:
        messages.success(request, _answered(request, row, answer))
    except (NotNow, NotPermitted) as reason:
        messages.error(request, str(reason))
    return redirect("matches")


@require_POST
@RECEIVES
def undo(request: HttpRequest) -> HttpResponse:
    """The last decision of this person is taken back; its row comes next."""
    row = last_decided(request.user)
    if row is None:
        messages.error(request, "There is no decision of yours to take back.")
        return redirect("matches")
    try:
        undo_decision(row=row, by=request.user)
    except (NotNow, NotPermitted) as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"Taken back: row {row.number} waits again.")
    return redirect("matches")


@require_POST
@RECEIVES
def keys(request: HttpRequest) -> HttpResponse:
    """Single letters act as buttons, or not, as somebody who speaks to the machine needs it."""
    request.session[NO_KEYS] = not request.session.get(NO_KEYS, False)
    return redirect("matches")


def _answered(request: HttpRequest, row: IntakeRow, answer: str) -> str:
    later = [each for each in request.session.get(LATER, []) if each != row.pk]
    if answer == "later":
        request.session[LATER] = [*later, row.pk]
        return f"Row {row.number} comes later."
    with transaction.atomic():
        if answer in NOBODY:
            nobody(row=row, by=request.user)
            words = f"Row {row.number} is new to the register."
        else:
            chosen = get_object_or_404(Candidate.objects.select_related("row__intake"), row=row, pk=answer)
            decided = decide(candidate=chosen, verdict=Candidate.Verdict.SAME, by=request.user)
            words = f"Row {row.number} is decided."
            if decided.left_out:
                words = f"Row {row.number} is the same pupil again and is left out."
    request.session[LATER] = later
    return words


def _note(request: HttpRequest, case: Case) -> None:
    subjects = [option.candidate.person_id for option in case.options]
    note_read(Kind.READ, by=request.user, authority_id=case.row.intake.authority_id, subjects=subjects)
