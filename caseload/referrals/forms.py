"""Referring somebody in three answers, declining with a reason, and narrowing the list."""

from typing import Any

from django import forms

from caseload.referrals.models import Referral
from caseload.referrals.queries import ALL, ANSWERED, BY_US, OVERDUE, TO_US, Wanted, answering_services
from caseload.referrals.statements import Ask
from neet import clock
from neet.ui.forms import PlainForm, offer
from schools.models import Service
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm, reason_field

LEAD, SUPPORT = "lead", "support"
BOXES = [(TO_US, "To us"), (BY_US, "By us"), (ALL, "All I may know of")]
STATES = [
    (Referral.State.WAITING, "Waiting for an answer"),
    (OVERDUE, "Answer overdue"),
    (ANSWERED, "Answered or withdrawn"),
]


class ReferForm(RecordForm):
    """To whom, why, in one line; whether they lead has an answer already."""

    to_service = forms.ModelChoiceField(
        Service.objects.none(),
        label="To which service?",
        empty_label="Select a service",
        error_messages={"required": "Select a service"},
    )
    reason = forms.ChoiceField(
        label="Why?",
        choices=[("", "Select a reason"), *Referral.Reason.choices],
        error_messages={"required": "Select why you refer them"},
    )
    words = text("In one line: what do you ask for?", 240, required=False)
    asks = forms.ChoiceField(
        label="What will they do?",
        choices=[(LEAD, "Lead from now on"), (SUPPORT, "Support, while the lead stays as it is")],
        initial=LEAD,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, authority_id: int, without: set[int], **options: Any) -> None:
        super().__init__(*args, **options)
        services = answering_services(authority_id, clock.today())
        # One that is asked by itself is refused by the action; of several services, somebody may refer between them.
        shown = services.exclude(pk__in=without) if len(without) == 1 else services
        offer(self, "to_service", shown)

    def ask(self) -> Ask:
        asked = self.cleaned_data
        return Ask(asked["to_service"], asked["reason"], asked["words"], asked["asks"] == LEAD)


class DeclineForm(RecordForm):
    """Why a service does not take somebody on."""

    why = reason_field("Why do you decline?", "The colleague who asked reads it.")


class ReferralFilter(PlainForm):
    """Whose referrals, and how they stand."""

    box = forms.ChoiceField(label="Whose", choices=BOXES, required=False, initial=TO_US)
    state = forms.ChoiceField(label="How they stand", choices=STATES, required=False)

    def wanted(self, first: str) -> Wanted:
        asked = self.cleaned_data if self.is_valid() else {}
        return Wanted(asked.get("box") or first, asked.get("state") or Referral.State.WAITING)
