"""Sending a return: the file, the privacy notice, which heading holds what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField

from neet.ui.fields import DayField
from neet.ui.forms import PlainForm
from returns.intake.headings import Heading
from returns.intake.layouts import Layout

NOT_USED = ("", "Not used")
KINDS = ".xlsx,.xls,.ods,.csv,.txt"


class FileForm(PlainForm):
    """The file as the school's own system gives it."""

    file = forms.FileField(
        label="Choose a file, or drop it here",
        help_text=(
            "Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, with the columns in any order. "
            f"At most {settings.LARGEST_FILE >> 20} MB."
        ),
        widget=forms.FileInput(attrs={"accept": KINDS}),
        error_messages={
            "required": "Select a file",
            "missing": "Select a file",
            "empty": "The selected file is empty. Nothing was changed",
        },
    )


class NoticeForm(PlainForm):
    """Whether the pupils were told, and when (R30). Without it telephone numbers, e-mail addresses and UPNs are not
    put on the register."""

    told = forms.ChoiceField(
        label="Has everybody aged 13 or over on this return had your privacy notice?",
        choices=[("yes", "Yes"), ("no", "No, or not yet")],
        widget=forms.RadioSelect,
    )
    issued_on = DayField(
        label="Day the privacy notice was given",
        must="past or today",
        required=False,
        help_text="If it was given on several days, the last of them.",
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("told") == "no":
            answers["issued_on"] = None
        elif answers.get("told") and answers.get("issued_on") is None and "issued_on" not in self.errors:
            self.add_error("issued_on", "Enter the day the privacy notice was given")
        return answers


@dataclass(frozen=True)
class Line:
    """One heading beside its question."""

    heading: str
    samples: tuple[str, ...]
    why: str
    sure: bool
    field: BoundField


class ColumnsForm(PlainForm):
    """For each heading of the file, which of our columns it is."""

    def __init__(self, *args: Any, headings: Sequence[Heading], layout: Layout, **options: Any) -> None:
        super().__init__(*args, **options)
        self.headings = tuple(headings)
        choices = [NOT_USED, *((each.name, each.words) for each in layout.columns)]
        for number, each in enumerate(self.headings):
            self.fields[f"heading_{number}"] = forms.ChoiceField(
                label=each.heading, choices=choices, initial=each.column, required=False
            )

    @property
    def lines(self) -> list[Line]:
        return [
            Line(each.heading, each.samples, each.why, each.sure, self[f"heading_{number}"])
            for number, each in enumerate(self.headings)
        ]

    def mapping(self) -> dict[str, str]:
        """The heading chosen for each column."""
        chosen = {
            self.cleaned_data.get(f"heading_{number}"): each.heading
            for number, each in enumerate(self.headings)
        }
        return {column: heading for column, heading in chosen.items() if column}

    def clean(self) -> dict[str, Any]:
        """A column may have one heading only."""
        answers = super().clean() or {}
        first: dict[str, str] = {}
        for number, each in enumerate(self.headings):
            column = answers.get(f"heading_{number}")
            if column and column in first:
                words = f"“{first[column]}” is chosen for this already. Choose it once"
                self.add_error(f"heading_{number}", words)
            elif column:
                first[column] = each.heading
        return answers
