"""What is chosen and said about a survey."""

from datetime import timedelta

from django import forms

from neet import clock
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm
from returns.signing import REASON, SigningOff

LIES_THERE = timedelta(days=90)


class SignForm(SigningOff):
    """Looked through; and by whoever made the file, why nobody else does it."""

    seen_words = "I have looked at who is in it and at what is not known, and this file is right to send"
    seen_missing = "Confirm that you have looked at the file"


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
