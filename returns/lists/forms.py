"""What is typed to bring a list in, and to settle what differs."""

from typing import Any

from django import forms

from neet.ui.fields import DayField, Option
from neet.ui.forms import PlainForm, offer
from returns.intake.effects.listed import LISTED
from returns.intake.forms.sending import FileForm
from returns.intake.layouts import Layout
from returns.lists.models import NotOurs
from returns.lists.rules import EXPLAIN

OTHER = "other"


class BringListForm(FileForm):
    """Whose list it is, the day it speaks of, whether it is whole, and the file."""

    sender = forms.ChoiceField(
        label="Who keeps the list?",
        error_messages={"required": "Select who keeps the list"},
        widget=forms.RadioSelect,
    )
    other = forms.CharField(label="Somebody else: who?", max_length=80, required=False)
    as_at = DayField(label="Day the list speaks of", must="past or today")
    whole = forms.ChoiceField(
        label="Does it name everybody?",
        widget=forms.RadioSelect,
        choices=[
            (
                "yes",
                Option(
                    "Yes, everybody on that day", hint="Who is so on the register and not on it is shown."
                ),
            ),
            ("no", Option("No, only what changed", hint="Who is not on it is left alone.")),
        ],
    )
    field_order = ("sender", "other", "as_at", "whole", "file")

    def __init__(self, *args: Any, layout: Layout, **options: Any) -> None:
        super().__init__(*args, **options)
        if layout.effect != LISTED.name:
            del self.fields["whole"]
        offer(self, "sender", [*((each, each) for each in layout.senders), (OTHER, "Somebody else")])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("sender") == OTHER:
            typed["sender"] = (typed.get("other") or "").strip()
            if not typed["sender"]:
                self.add_error("other", "Enter who keeps the list")
        return typed


class SettleForm(PlainForm):
    """Why something stays as it is."""

    why = forms.CharField(
        label="Why is the register right?", max_length=200, required=False,
        help_text="It is not asked again for this list.",
    )  # fmt: skip

    def __init__(self, *args: Any, act: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if act != EXPLAIN:
            del self.fields["why"]
        else:
            self.fields["why"].required = True
            self.fields["why"].error_messages["required"] = "Say why the register is right"


class NotOursForm(PlainForm):
    """Why names of a list are not on the register and need not be."""

    reason = forms.ChoiceField(
        label="Why are they not on the register?",
        choices=NotOurs.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select why they are not on the register"},
    )
    why = forms.CharField(label="More about it", max_length=200, required=False, help_text="Without names.")
