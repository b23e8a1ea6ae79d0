"""What is typed about a group."""

from collections.abc import Sequence
from typing import Any

from django import forms

from neet.ui.fields import SeveralField
from neet.ui.forms import PlainForm

Offered = Sequence[tuple[str, Sequence[tuple[str, str]]]]


class NamingForm(PlainForm):
    """What a group is called, and who finds it."""

    name = forms.CharField(max_length=80, label="Name of the group", help_text="Do not name a young person.")
    is_shared = forms.BooleanField(
        required=False, label="Colleagues find it too", help_text="They use it under their own rights."
    )
    in_reports = forms.BooleanField(required=False, label="The monthly report tells of it")


class LineForm(PlainForm):
    """One line more: values of which somebody has at least one, or none of them."""

    values = SeveralField(
        label="Who belongs?",
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text="Choose one or more; somebody with any of them belongs. Hold Ctrl to choose several.",
        error_messages={"required": "Choose at least one"},
    )
    is_turned = forms.BooleanField(required=False, label="Turn it round: only those with none of these")

    def __init__(self, data: Any = None, *, offered: Offered) -> None:
        super().__init__(data)
        self.fields["values"].choices = offered  # type: ignore[attr-defined]  # a field of choices
