"""What is typed on the council's pages of returns."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from neet import clock
from neet.ui.fields import DayField, Option, SeveralField
from neet.ui.forms import PlainForm
from returns.board.queries import GROUPS
from returns.calendar.actions.planning import Plan
from returns.calendar.rules.noticing import FURTHEST, USUAL
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from schools.models import Establishment

AUTO = "auto"
BY_COLUMNS = Option("Its columns say so", hint="We look at what stands in the file, and say why.")
Labels = Sequence[tuple[str, str]]
KINDS = Establishment.Kind.choices
USUAL_KINDS = ["school", "special", "sixth_form_college", "college", "special_college", "provider"]
TYPES = [
    (slug, Option(layout.title, hint=layout.about))
    for slug, layout in LAYOUTS.items()
    if not layout.is_from_elsewhere
]


class BoardFilter(PlainForm):
    """Which expected returns the board shows."""

    standing = forms.ChoiceField(
        label="How it stands",
        required=False,
        choices=[("", "Any"), *((slug, words) for slug, (words, _) in GROUPS.items())],
    )
    collection = forms.ChoiceField(label="Return", required=False)
    kind = forms.ChoiceField(label="Kind of place", required=False, choices=[("", "Any"), *KINDS])

    def __init__(self, *args: Any, collections: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["collection"].choices = collections


class DaysField(forms.CharField):
    """Days from the deadline, typed with commas; before it with a minus."""

    def to_python(self, value: Any) -> tuple[int, ...]:  # type: ignore[override]  # days, where CharField gives text
        typed = str(value or "").replace("\u2212", "-").replace("–", "-")
        try:
            days = sorted({int(each) for each in typed.replace(",", " ").split()})
        except ValueError:
            raise ValidationError("Enter whole numbers with commas between them, like -10, -3, 1") from None
        if any(abs(day) > FURTHEST for day in days):
            raise ValidationError(f"Reminders go at most {FURTHEST} days before or after the day it is due")
        return tuple(days)

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else ", ".join(str(day) for day in value or ())

    def validate(self, value: Any) -> None:
        """No reminder at all is an answer too."""

    def run_validators(self, value: Any) -> None:
        """The days were looked at while they were read."""


class PlanForm(PlainForm):
    """What is asked for, by when, and when reminders go."""

    type = forms.ChoiceField(
        label="Which return?", choices=TYPES, widget=forms.RadioSelect, initial=next(iter(LAYOUTS))
    )
    title = forms.CharField(
        label="Title", max_length=120,
        help_text="What schools and colleges read, for example Post-16 enrolment, autumn 2026.",
    )  # fmt: skip
    as_at = DayField(label="Day it describes", help_text="The return says how things stood on this day.")
    opens_on = DayField(label="Open from", initial=clock.today)
    due_on = DayField(label="Day it is due")
    remind_days = DaysField(
        label="Reminders", required=False, initial=USUAL,
        help_text="Days from the day it is due; before it with a minus. Whoever has answered gets none.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        as_at, opens, due = (typed.get(name) for name in ("as_at", "opens_on", "due_on"))
        if opens and due and due < opens:
            self.add_error("due_on", "The day it is due must be on or after the day it opens")
        if as_at and due and due < as_at:
            self.add_error("as_at", "The day it describes must be on or before the day it is due")
        return typed

    def plan(self) -> Plan:
        return Plan(**{name: self.cleaned_data[name] for name in Plan.__dataclass_fields__})


class AudienceForm(PlainForm):
    """Whom to ask, by kind of place."""

    kinds = SeveralField(
        label="Which places are asked?", choices=KINDS, initial=USUAL_KINDS, widget=forms.CheckboxSelectMultiple,
        help_text="Open ones in our area with pupils over 16, and others with an account or contact here.",
    )  # fmt: skip


class ExtendForm(PlainForm):
    """Until when they have."""

    to = DayField(label="New day it is due", must="today or later")


class WhyForm(PlainForm):
    """Why something is done; its sender reads it."""

    why = forms.CharField(label="Why?", max_length=200, error_messages={"required": "Say why"})


class BringForm(PlainForm):
    """Whose return came by another road, the file, and what it is, unless its columns say so."""

    establishment = forms.ModelChoiceField(
        Establishment.objects.none(), label="Whose return is it?", required=False,
        help_text="A school, college or provider of our area.",
    )  # fmt: skip
    number = forms.CharField(
        label="Or its DfE number", required=False, max_length=7,
        help_text="For one in another council’s area. The DfE number has 7 digits.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"}),
    )  # fmt: skip
    file = forms.FileField(
        label="The file", required=False,
        help_text="Excel, OpenDocument or CSV. Leave it out to answer on the page for them.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        error_messages={"empty": "The selected file is empty. Nothing was changed"},
    )  # fmt: skip
    came_by = forms.ChoiceField(
        label="How did it come?", required=False, choices=[("", "Not said"), *Intake.Road.choices]
    )
    label = forms.ChoiceField(
        label="Under which label did it come?", required=False,
        help_text="As the other system called it. The columns decide; a label helps.",
    )  # fmt: skip
    type = forms.ChoiceField(
        label="Which return is it?",
        choices=[(AUTO, BY_COLUMNS), *TYPES],
        widget=forms.RadioSelect,
        initial=AUTO,
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, la_code: str, labels: Labels, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["label"].choices = [("", "None, or another"), *labels]
        ours = Establishment.objects.filter(la_code=la_code, closed_on=None, highest_year_group__gt=11)
        self.fields["establishment"].queryset = ours

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        number = (typed.get("number") or "").strip()
        if number and not typed.get("establishment"):
            typed["establishment"] = Establishment.objects.filter(number=number).first()
            if typed["establishment"] is None:
                self.add_error("number", "There is no school or college with this DfE number")
        elif not typed.get("establishment") and "establishment" not in self.errors:
            self.add_error("establishment", "Select whose return it is, or enter its DfE number")
        if (
            typed.get("type") == AUTO
            and not typed.get("file")
            and not typed.get("kept")
            and "file" not in self.errors
        ):
            self.add_error("file", "Select a file, or say which return it is")
        return typed
