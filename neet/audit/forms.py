"""What a governance officer looks for in the trail."""

from typing import Any

from django import forms

from neet import clock
from neet.accounts.models import User
from neet.audit.kinds import words_of
from neet.audit.queries import Wanted
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, offer

EVERY_KIND = ("", "Everything")


class EventsForm(PlainForm):
    """Days, kind and person; sent by POST, as an e-mail address does not belong into an address."""

    first = DayField(label="From", must="past or today")
    last = DayField(label="To", must="past or today")
    kind = forms.ChoiceField(label="What was done", required=False)
    email = forms.EmailField(label="By whom (e-mail address)", required=False)

    def __init__(self, *args: Any, kinds: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", [EVERY_KIND, *((kind, words_of(kind)) for kind in kinds)])
        self.initial = {"first": clock.today(), "last": clock.today(), **self.initial}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", "The last day must not be before the first")
        email = cleaned.get("email")
        self.user_id = (
            User.objects.filter(email__iexact=email).values_list("pk", flat=True).first() if email else None
        )
        if email and self.user_id is None:
            self.add_error("email", "Nobody has an account with this address")
        return cleaned

    def wanted(self) -> Wanted:
        """What was asked for, once the form is valid."""
        return Wanted(
            self.cleaned_data["first"], self.cleaned_data["last"], self.cleaned_data["kind"], self.user_id
        )
