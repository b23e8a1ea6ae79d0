"""What is said when a month's file is signed off, and when that is taken back."""

from typing import Any

from django import forms

from neet.ui.forms import PlainForm
from returns.nccis.mending import OneAnswer
from returns.signing import REASON, SigningOff
from tracking.register.forms.editing import coded


class SignForm(SigningOff):
    """Looked through; and by whoever built the file, why nobody else does it."""

    seen_words = "I have looked at the figures and at what is still wrong, and this file is right to send"
    seen_missing = "Confirm that you have looked at the figures"


class OneAnswerForm(PlainForm):
    """The value that mends many records at once."""

    def __init__(self, data: Any = None, *, answer: OneAnswer) -> None:
        super().__init__(data)
        self.fields["value"] = forms.ChoiceField(
            label=f"{answer.words} of the ticked",
            choices=[("", "Choose"), *coded(answer.codes.values())],
            error_messages={"required": f"Select the {answer.words.lower()}"},
        )


class TakeBackForm(PlainForm):
    """Why a sign-off is taken back."""

    why = forms.CharField(
        label="Why is the sign-off taken back?",
        max_length=240,
        widget=REASON,
        error_messages={"required": "Enter why the sign-off is taken back"},
    )
