"""Forms of the dated tables: one made for each table from its columns, and the days a row holds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from neet.ui.fields import DayField, SeveralField
from neet.ui.forms import PlainForm, speak_plainly
from tracking.reference.columns import Column, Kind, Table
from tracking.reference.reading import EVIDENCE_WORDS, YES_NO, choice_words, words_of_lists
from tracking.reference.rules import starts_on

EVIDENCE = [(key.value, words) for key, words in EVIDENCE_WORDS.items()]
HINTS = {
    "plain_words": "The words everybody reads on screen.",
    "label": "As the department prints it.",
    "last_seen": "The year of the requirement it was read in, such as 2026-27.",
    "note": "For colleagues who look after these lists.",
    "letter": "An empty line begins a paragraph, “- ” a point, “## ” a heading. {first_name}, {name}, {council}, "
    "{contact} and {answer_by} are filled in.",
}
VALUE = "value_"


class FactsField(SeveralField):
    """What is known of a young person, ticked; kept as the short names beside each other."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value))


class RowForm(PlainForm):
    """One row of a dated table: its columns, from which reporting date, how sure we are, and why it is changed."""

    def __init__(self, *args, table: Table, year: int, fixed: tuple[str, ...] = (), **options) -> None:
        super().__init__(*args, **options)
        self.table, self.fixed = table, fixed
        lists = words_of_lists({column.of_table for column in table.columns if column.of_table}, year)
        for column in table.columns:
            if column.name not in fixed:
                self.fields[f"{VALUE}{column.name}"] = field_for(column, lists)
        self.fields["from_on"] = DayField(
            label="First day it holds",
            help_text="A reporting date. Rules usually begin on 1 April.",
            error_messages={"asked": "Enter the first day it holds"},
        )
        self.fields["evidence"] = forms.ChoiceField(
            label="How sure are we?", choices=EVIDENCE, widget=forms.RadioSelect
        )
        self.fields["why"] = forms.CharField(
            label="Why are you changing it?",
            max_length=200,
            help_text="For example the page of the requirement.",
            error_messages={"required": "Say why you are changing it"},
        )
        speak_plainly(self)

    def values(self) -> dict[str, str]:
        """The row's text as typed, its fixed columns left out."""
        return {
            name.removeprefix(VALUE): str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(VALUE)
        }


def field_for(column: Column, lists: Mapping[str, Mapping[str, str]]) -> forms.Field:
    """The box, list or radios for a column."""
    asked = {"label": column.words, "required": column.is_required, "help_text": HINTS.get(column.name, "")}
    if column.of_table:
        words = lists.get(column.of_table, {})
        chosen = [("", ""), *((code, f"{said} ({code})") for code, said in sorted(words.items()))]
        return forms.ChoiceField(choices=chosen, **asked)
    if column.kind is Kind.YES_NO:
        yes_no = forms.RadioSelect(attrs={"data-inline": True})
        return forms.ChoiceField(choices=list(YES_NO.items()), widget=yes_no, **asked)
    if column.choices:
        said = [(each, choice_words(each)) for each in column.choices]
        return forms.ChoiceField(choices=said if column.is_required else [("", ""), *said], **asked)
    if column.kind is Kind.FACTS:
        return FactsField(choices=list(column.facts.items()), **asked)
    if column.kind is Kind.NUMBER:
        narrow = forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"})
        words = f"{column.words} must be a whole number"
        return forms.RegexField(r"^\d{1,4}$", widget=narrow, error_messages={"invalid": words}, **asked)
    if column.kind is Kind.LONG_TEXT:
        return forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}), **asked)
    if column.kind is Kind.LETTER:
        return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 18}), **asked)
    narrow = {"class": "govuk-input--width-10"} if column.kind in {Kind.CODE, Kind.PATTERN} else {}
    return forms.CharField(max_length=200, widget=forms.TextInput(attrs=narrow), **asked)


class CloseForm(PlainForm):
    """The last reporting date a row holds."""

    last_on = DayField(
        label="Last day it holds",
        help_text="A reporting date. Rules usually end on 31 March.",
        error_messages={"asked": "Enter the last day it holds"},
    )
    why = forms.CharField(
        label="Why does it end?", max_length=200, error_messages={"required": "Say why it ends"}
    )


class YearForm(PlainForm):
    """Which reporting year's rows are shown, and how sure we are of them."""

    year = forms.TypedChoiceField(label="Reporting year", coerce=int, required=False)
    sure = forms.ChoiceField(label="How sure are we?", choices=[("", "Any"), *EVIDENCE], required=False)

    def __init__(self, *args, years: range, **options) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = [(year, year_choice(year)) for year in years]


class LookedThroughForm(PlainForm):
    """What there is to say about a year's rules once somebody looked through them."""

    remark = forms.CharField(
        label="Anything a colleague should know",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def year_choice(year: int) -> str:
    return f"April {year} to March {year + 1}"


def first_day_for(year: int, row_from: date, today: date) -> date:
    """The day a change is most likely to hold from: this year's 1 April, or the row's own first day if later."""
    return max(starts_on(year), row_from) if row_from <= today else row_from
