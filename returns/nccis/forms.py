"""What is said when a month's file is signed off, and when that is taken back."""

from typing import Any

from django import forms

from neet.ui.forms import PlainForm

REASON = forms.Textarea(attrs={"rows": 3})


class SignForm(PlainForm):
    """Looked through; and by whoever built the file, why nobody else does it."""

    seen = forms.BooleanField(
        label="I have looked at the figures and at what is still wrong, and this file is right to send",
        error_messages={"required": "Confirm that you have looked at the figures"},
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


class TakeBackForm(PlainForm):
    """Why a sign-off is taken back."""

    why = forms.CharField(
        label="Why is the sign-off taken back?",
        max_length=240,
        widget=REASON,
        error_messages={"required": "Enter why the sign-off is taken back"},
    )
