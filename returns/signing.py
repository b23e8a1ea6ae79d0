"""Signing off a file for the DfE: looked through, and whoever made it says why nobody else does it."""

from typing import Any

from django import forms

from neet.ui.forms import PlainForm

REASON = forms.Textarea(attrs={"rows": 3})


class SigningOff(PlainForm):
    """What was looked at, in the words of the form that signs; and a reason for one's own work."""

    seen = forms.BooleanField()
    why = forms.CharField(
        label="Why do you sign off your own work?",
        max_length=240,
        widget=REASON,
        error_messages={"required": "Enter why you sign off your own work"},
    )
    seen_words = seen_missing = ""

    def __init__(self, data: Any = None, *, own_work: bool) -> None:
        super().__init__(data)
        self.fields["seen"].label = self.seen_words
        self.fields["seen"].error_messages["required"] = self.seen_missing
        if not own_work:
            del self.fields["why"]
