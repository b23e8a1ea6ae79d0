"""What is typed where a year is set up, its terms are entered and its articles are changed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from neet.files.rules.days import no_such_day, read_day
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm
from returns.calendar.queries.year import Proposal
from returns.calendar.rules.terms import read_terms
from returns.calendar.rules.year import Planned, moved_to
from tracking.rules.academic_year import ends_on, starts_on


class ShortDayField(forms.CharField):
    """A day in one box, as one writes it in a table; 2/10/2026 and 2 Oct 2026 alike."""

    widget = forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "autocomplete": "off"})

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]  # a day, where CharField gives text
        if isinstance(value, date) or not value:
            return value or None
        if found := read_day(str(value)):
            return found
        raise ValidationError(no_such_day(str(value)) or "Enter a day like 2/10/2026")

    def prepare_value(self, value: Any) -> Any:
        return f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else value

    def run_validators(self, value: Any) -> None:
        """The day was looked at while it was read."""


Row = tuple[Proposal, forms.BoundField, forms.BoundField]


class SetUpForm(PlainForm):
    """Which returns of a year are made, and when each is due."""

    def __init__(
        self, *args: Any, year: int, on: date, proposals: Sequence[Proposal], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.year, self.on, self.proposals = year, on, proposals
        for each in proposals:
            title = each.planned.title
            make, due = names_of(each.planned)
            self.fields[make] = forms.BooleanField(label=title, required=False, initial=each.is_wanted)
            self.fields[due] = ShortDayField(
                label=f"{title}: due", required=False, initial=each.planned.due_on
            )

    def parts(self) -> list[tuple[str, list[Row], bool]]:
        """What schools and colleges send, and the lists of services by their names: each return with its box and its
        day, and whether anything typed there is wrong."""
        returns = [self._row(each) for each in self.proposals if not each.is_list]
        by_name = sorted(
            (each for each in self.proposals if each.is_list), key=lambda each: each.planned.line.code
        )
        lists = [self._row(each) for each in by_name]
        named = (("Returns of schools and colleges", returns), ("Lists of services", lists))
        return [(words, rows, any(due.errors for _, _, due in rows)) for words, rows in named if rows]

    def _row(self, proposal: Proposal) -> Row:
        make, due = names_of(proposal.planned)
        return proposal, self[make], self[due]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for each in self.proposals:
            make, due = names_of(each.planned)
            if typed.get(make) and due not in self.errors and (wrong := self._wrong(typed.get(due))):
                self.add_error(due, f"{each.planned.title}: {wrong}")
        return typed

    def _wrong(self, day: date | None) -> str:
        if day is None:
            return "enter the day it is due"
        if not starts_on(self.year) <= day <= ends_on(self.year):
            return f"the day must lie between 1 September {self.year} and 31 August {self.year + 1}"
        return "the day is over" if day < self.on else ""

    def wanted(self) -> list[Planned]:
        """What was ticked, on the days that were typed."""
        typed = self.cleaned_data
        found = []
        for each in self.proposals:
            make, due = names_of(each.planned)
            if typed[make]:
                same = typed[due] == each.planned.due_on
                found.append(each.planned if same else moved_to(each.planned, typed[due]))
        return found


def names_of(planned: Planned) -> tuple[str, str]:
    """The names of a return's two fields."""
    key = planned.key.replace(":", "-")
    return f"make-{key}", f"due-{key}"


class TermsForm(PlainForm):
    """The terms of a year, one a line."""

    terms = forms.CharField(
        label="Terms", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="One a line: its name, its first day, its last day. You can paste them from a table.",
    )  # fmt: skip

    def __init__(self, *args: Any, year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.year = year

    def clean_terms(self) -> Any:
        found = read_terms(self.cleaned_data["terms"], self.year)
        if found.wrong:
            raise ValidationError(list(found.wrong))
        return found.terms


class ArticleForm(PlainForm):
    """Title, words and day of an article."""

    title = forms.CharField(label="Title", max_length=120)
    words = forms.CharField(
        label="Words", max_length=6000, widget=forms.Textarea(attrs={"rows": 16}),
        help_text="In curly brackets stand this year’s days and our telephone number; leave those as they are.",
    )  # fmt: skip
    due_on = DayField(label="To be sent by")
