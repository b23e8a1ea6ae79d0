"""The end of a return on its way: handed to a colleague, taken back."""

from collections.abc import Sequence
from typing import Any

from django import forms

from neet.ui.forms import PlainForm


class HandOverForm(PlainForm):
    """Which colleague is to look at it, and what they are asked."""

    to = forms.ChoiceField(label="Who should look at it?", widget=forms.RadioSelect)
    note = forms.CharField(
        label="What should they do?",
        help_text="For example: 4 rows for you to check. Leave names of pupils out: your colleague sees the rows.",
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, colleagues: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [(str(pk), name) for pk, name in colleagues]


class TakeBackForm(PlainForm):
    """Why a return is taken back."""

    why = forms.CharField(
        label="Why do you take it back?",
        help_text="For example: the wrong file. Leave names of pupils out.",
        max_length=200,
        error_messages={"required": "Enter why you take it back"},
    )
