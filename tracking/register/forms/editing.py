"""What every form over a record does: takes an action's refusal to its questions, and offers codes in plain words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from neet.ui.fields import Option
from neet.ui.forms import PlainForm, worded
from neet.ui.words import day
from tracking.register.models.activity import Source
from tracking.register.refusals import Conflict, NotRight
from tracking.rules.codes import Code

NOT_RECORDED = ("", "Not recorded")
WIDTH_10 = {"class": "govuk-input--width-10"}
WIDTH_20 = {"class": "govuk-input--width-20"}


class RecordForm(PlainForm):
    """A form over one record. `asked_as` names the action's question where the form calls it otherwise."""

    asked_as: Mapping[str, str] = {}

    def take(self, refused: NotRight) -> None:
        """Put an action's refusal beside the questions it is about."""
        for name, words in refused.words.items():
            field = self.asked_as.get(name, name)
            self.add_error(field if field in self.fields else None, words)

    def compared(self, conflict: Conflict) -> list[tuple[str, str, str]]:
        """Question, what stands now and what was asked for, in words."""
        return [
            (self.label_of(name), self.said(name, theirs), self.said(name, conflict.yours.get(name)))
            for name, theirs in conflict.theirs.items()
        ]

    def label_of(self, name: str) -> str:
        field = self.asked_as.get(name, name)
        return str(self[field].label) if field in self.fields else name.replace("_", " ").capitalize()

    def said(self, name: str, value: Any) -> str:
        if not value:
            return "nothing"
        if hasattr(value, "year"):
            return str(day(value))
        field = self.asked_as.get(name, name)
        return worded(self[field], str(value)) if field in self.fields else str(value)


def coded(codes: Iterable[Code], *, empty: bool = False) -> list[tuple[str, str]]:
    """A list of codes as choices: plain words, the number small beside them."""
    found = [(each.code, Option(each.plain_words, small=each.code)) for each in codes]
    return [NOT_RECORDED, *found] if empty else found


def source_field() -> forms.ChoiceField:
    """Who told us; what other systems brought is not told to anybody at a desk."""
    told = [(value, words) for value, words in Source.choices if value != Source.LOADED]
    return forms.ChoiceField(choices=told, widget=forms.RadioSelect, label="Who told you?")


def reason_field(label: str = "Why?", hint: str = "") -> forms.CharField:
    return forms.CharField(
        max_length=240, label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 3})
    )


def checked(field: BoundField) -> str:
    """The answer given, in words, for a page that asks whether all is right."""
    value = field.form.cleaned_data.get(field.name)
    if hasattr(value, "year"):
        return str(day(value))
    return worded(field, str(value)) if value not in (None, "") else ""
