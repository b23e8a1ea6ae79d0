"""How every page of a request goes: find it or nothing, ask, act, say what was done, go back to it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from neet.audit.actions import note_read
from tracking.register.forms.editing import RecordForm
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rights.kinds import Kind
from tracking.rights.models import Copy, RightsRequest
from tracking.rights.queries.requests import seen_by


@dataclass(frozen=True)
class Step:
    """What stands around the questions of one step."""

    title: str
    button: str
    then: str = "rights_request"
    intro: str = ""


def request_of(request: HttpRequest, pk: int) -> RightsRequest:
    """A request this person may see. Raises NotVisible for anything else."""
    people = seen_by(request.user).select_related("person", "authority", "recorded_by", "answered_by")
    found = people.filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def copy_at(request: HttpRequest, pk: int) -> Copy:
    """The copy made for a request this person may see. Raises NotVisible for anything else."""
    asked = request_of(request, pk)
    found = Copy.objects.select_related("paper", "data", "read_by", "agreed_by", "given_by")
    held = found.filter(request=asked).first()
    if held is None:
        raise NotVisible
    held.request = asked
    return held


def read(request: HttpRequest, asked: RightsRequest, kind: Kind = Kind.LIST_READ) -> None:
    """The reading is written down, with what is asked as its reason."""
    note_read(
        kind, by=request.user, authority_id=asked.authority_id, subjects=[asked.person_id], why=asked.kind
    )


def asked_and_done(
    request: HttpRequest, asked: RightsRequest, form: RecordForm, act: Callable[[], str], step: Step
) -> HttpResponse:
    """Ask; once answered act and go back with the words the act returns. A refusal goes to its question."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act())
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            return redirect(step.then, pk=asked.pk)
    if request.method == "GET":
        read(request, asked)
    shown = {
        "asked": asked,
        "form": form,
        "step": step,
        "cancel": reverse(step.then, args=[asked.pk]),
    }
    return render(request, "tracking/rights/step.html", shown)


def done(request: HttpRequest, act: Callable[[], str]) -> bool:
    """Act at the press of a button: what was done, or why not, in words on the next page."""
    try:
        messages.success(request, act())
    except NotRight as refused:
        messages.error(request, " ".join(refused.words.values()))
        return False
    except NotPermitted:
        raise NotVisible from None
    return True
