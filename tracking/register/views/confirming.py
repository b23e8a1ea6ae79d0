"""Confirming many at once from a list: tick, say once who told you and when they knew, look, confirm."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.words import many
from tracking.register.actions.confirmations import Confirmed, confirm_activities
from tracking.register.forms.activities import ConfirmActivity
from tracking.register.kinds import Kind
from tracking.register.queries.confirming import ticked
from tracking.register.refusals import NotRight
from tracking.register.views.editing import came_from

MOST = 200


@require_POST
@needs(Permission.ACTIVITY_RECORD)
def confirm_ticked(request: HttpRequest) -> HttpResponse:
    """First the two questions and whom they concern; with the answers, the confirmation and what became of it."""
    asks_first = "source" not in request.POST and "on_day" not in request.POST
    form = ConfirmActivity(None if asks_first else request.POST, initial={"on": clock.today()})
    chosen = ticked(request.user, refs_of(request), clock.today())
    if not chosen.lines:
        messages.warning(
            request, "Nobody was confirmed: tick at least one young person who is doing something."
        )
        return redirect(list_url(request))
    if form.is_valid():
        ids = [each for each in chosen.activity_ids if str(each) in request.POST.getlist("activity")]
        try:
            done = confirm_activities(activity_ids=ids, by=request.user, **form.cleaned_data)
        except NotRight as refused:
            form.take(refused)
        else:
            messages.success(request, outcome(done, len(chosen.activity_ids) - len(ids)))
            return redirect(list_url(request))
    subjects = [line.pk for _, line in chosen.lines]
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=subjects)
    shown = {"form": form, "ticked": chosen, "back": list_url(request), "kept": kept(request)}
    return render(request, "tracking/edit/confirm_ticked.html", shown)


def refs_of(request: HttpRequest) -> list[UUID]:
    """The ticked young people; what is no number of anybody's is passed over."""
    found = []
    for text in request.POST.getlist("ticked")[:MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Who was ticked and which list they came from, to travel with the answers."""
    return [*(("ticked", str(ref)) for ref in refs_of(request)), ("back", request.POST.get("back", ""))]


def list_url(request: HttpRequest) -> str:
    """The list they came from with its filters: the register or another of our own, and no other address."""
    back = request.POST.get("back", "")
    return reverse(came_from(request) or "register") + (back if back.startswith("?") else "")


def outcome(done: Confirmed, changed: int) -> str:
    """What became of it, in a sentence or three."""
    said = [f"{many(done.done, 'young person,young people').capitalize()} confirmed."]
    if done.left:
        said.append(f"{done.left} left as they were: confirmed already, or not doing this yet on that day.")
    if changed:
        said.append(f"{changed} changed since you looked; look at them one by one.")
    return " ".join(said)
