"""Mending a return on the page: one cell, one row, a reason, a new pupil, somebody who is not on the list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from neet.files.rules.days import Order
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, speak_plainly
from returns.intake.layouts import Column
from returns.intake.models import Missing

Answer = Missing.Answer
LONGEST = 200
WIDE = {"class": "govuk-input--width-20"}


class OfProblem(forms.Form):
    """Which problem of a row a box on the page belongs to: its kind and the column it is about."""

    kind = forms.CharField(max_length=40, required=False)
    about = forms.CharField(max_length=40, required=False)


class CellForm(OfProblem):
    """What was put in one cell."""

    column = forms.CharField(max_length=40, required=False)
    value = forms.CharField(max_length=LONGEST, required=False, strip=True)


class ReasonForm(OfProblem):
    """Why something is right all the same; empty takes the reason back."""

    explained = forms.CharField(max_length=300, required=False)


class OrderForm(forms.Form):
    """Which number of a column's dates is the day."""

    order = forms.TypedChoiceField(choices=[(each, each) for each in Order], coerce=Order)


class LeaveOutForm(OfProblem):
    """Whether a row is left out or taken in again."""

    take_in = forms.BooleanField(required=False)


class RowForm(PlainForm):
    """A whole row, every column a question."""

    def __init__(
        self,
        *args: Any,
        columns: Sequence[Column],
        choices: Mapping[str, Sequence[str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for column in columns:
            said = self.initial.get(column.name, "")
            self.fields[column.name] = cell_field(column, choices.get(column.name, ()), said)
        speak_plainly(self)


def cell_field(
    column: Column, choices: Sequence[str], said: str = "", *, required: bool = False
) -> forms.Field:
    """The question for one column: a list where it has one, else a line of text. What stood there stays choosable."""
    about = {"label": column.words, "required": required}
    if not choices:
        return forms.CharField(max_length=LONGEST, widget=forms.TextInput(attrs=WIDE), **about)
    listed = [("", "Not filled in"), *((words, words) for words in choices)]
    if said and said not in choices:
        listed.append((said, said))
    return forms.ChoiceField(choices=listed, **about)


class AnswerForm(PlainForm):
    """Where somebody is whom we expected: one of a list of many, so each has its own prefix."""

    answer = forms.ChoiceField(
        label="Where are they?",
        choices=[
            (Answer.STILL_HERE.value, "Still here"),
            (Answer.LEFT.value, "Left"),
            (Answer.NEVER_CAME.value, "Never came back"),
        ],
        widget=forms.RadioSelect(attrs={"data-inline": True, "data-small": True}),
        required=False,
    )
    left_on = DayField(label="Last day here", must="past or today", required=False)
    destination = forms.CharField(
        label="Where they went, if you know",
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs=WIDE),
    )

    def __init__(self, *args: Any, name: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.name = name

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        left = answers.get("answer") == Answer.LEFT
        if left and answers.get("left_on") is None and "left_on" not in self.errors:
            self.add_error("left_on", f"Enter the last day of {self.name}")
        if not left:
            self.errors.pop("left_on", None)
            answers["left_on"], answers["destination"] = None, ""
        return answers


class NewPupilForm(PlainForm):
    """Somebody who is new: enough to find them on the register, and how to reach them."""

    NEEDED = ("given_name", "family_name")
    WANTED = ("gender", "year_group", "activity", "line_1", "town", "postcode", "mobile", "email", "upn")

    date_of_birth = DayField(label="Date of birth", must="past")

    def __init__(
        self,
        *args: Any,
        columns: Mapping[str, Column],
        choices: Mapping[str, Sequence[str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for name in (*self.NEEDED, *self.WANTED):
            if name in columns:
                needed = name in self.NEEDED
                self.fields[name] = cell_field(columns[name], choices.get(name, ()), required=needed)
        self.order_fields([*self.NEEDED, "date_of_birth", *self.WANTED])
        speak_plainly(self)

    def values(self) -> dict[str, str]:
        """What was filled in, by column name."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return {
            name: f"{value:%d/%m/%Y}" if hasattr(value, "year") else value for name, value in said.items()
        }
