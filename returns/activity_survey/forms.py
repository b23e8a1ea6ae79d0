"""What is chosen and said about a survey."""

from datetime import timedelta
from typing import Any

from django import forms

from neet import clock
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm

REASON = forms.Textarea(attrs={"rows": 3})
LIES_THERE = timedelta(days=90)


class SignForm(PlainForm):
    """Looked through; and by whoever made the file, why nobody else does it."""

    seen = forms.BooleanField(
        label="I have looked at who is in it and at what is not known, and this file is right to send",
        error_messages={"required": "Confirm that you have looked at the file"},
    )
    why = forms.CharField(
        label="Why do you sign off your own work?",
        max_length=240,
        widget=REASON,
        error_messages={"required": "Enter why you sign off your own work"},
    )

    def __init__(self, data: Any = None, *, own_work: bool) -> None:
        super().__init__(data)
        if not own_work:
            del self.fields["why"]


class WhyForm(PlainForm):
    """Why something is taken back."""

    why = forms.CharField(
        label="Why?", max_length=240, widget=REASON, error_messages={"required": "Enter the reason"}
    )


class ReportsForm(PlainForm):
    """Until when the reports lie there for schools."""

    ends_on = DayField(
        label="Schools can collect it until",
        must="today or later",
        initial=lambda: clock.today() + LIES_THERE,
    )
