"""What is typed about keeping, erasing and breaches."""

from datetime import datetime, time

from django import forms

from neet import clock
from neet.ui.fields import DayField, Option
from tracking.register.forms.editing import RecordForm, reason_field
from tracking.retention.models import Breach, ErasureRun
from tracking.retention.statements import Decision, Happened

YES_NO = [("yes", "Yes"), ("no", "No")]


class EraseForm(RecordForm):
    """Why one person's record is to be erased."""

    cause = forms.ChoiceField(
        label="Why is it to be erased?",
        choices=[
            (
                ErasureRun.Cause.RIGHT,
                Option("They asked to be erased", hint="And no law asks us to keep it."),
            ),
            (ErasureRun.Cause.WRONG, Option("It should not be there", hint="Recorded by mistake.")),
        ],
        widget=forms.RadioSelect,
    )
    why = reason_field("What was asked or found?", "Name nobody here: these words stay.")


class ReleaseForm(RecordForm):
    """Looked at and released: the number is typed, so that nobody releases by habit."""

    people = forms.IntegerField(
        label="How many young people are erased?",
        min_value=0,
        help_text="Type the number that stands above.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )
    why = reason_field("Why do you do this alone?")

    def __init__(self, *args: object, people: int, alone: bool, **options: object) -> None:
        super().__init__(*args, **options)
        self.number = people
        if not alone:
            del self.fields["why"]

    def clean_people(self) -> int:
        """The number that stands there."""
        if self.cleaned_data["people"] != self.number:
            raise forms.ValidationError("This is not the number that stands above")
        return self.number


class HoldForm(RecordForm):
    """Why something must be kept, and until when."""

    reason = reason_field("Why must it be kept?", "An inquiry, a claim or a court. Name nobody here.")
    until = DayField(label="Until when? (optional)", must="today or later", required=False)


class LiftForm(RecordForm):
    """Why a hold no longer stands."""

    why = reason_field("Why may it be erased again?")


class KeepingForm(RecordForm):
    """Whether two people erase."""

    second_person = forms.ChoiceField(
        label="Do two people erase?",
        choices=[
            ("yes", Option("Yes", hint="One proposes a list, somebody else releases it.")),
            ("no", Option("No", hint="Whoever proposed a list may release it, and says why each time.")),
        ],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="If not, why?", max_length=240, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class BreachForm(RecordForm):
    """What happened, and since when we know."""

    asked_as = {"known_at": "known_on"}

    what = forms.CharField(
        label="What happened?", max_length=400, help_text="Name nobody here.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    happened_on = DayField(label="When did it happen? (optional)", must="past or today", required=False)
    known_on = DayField(label="On which day did we learn of it?", must="past or today")
    known_time = forms.TimeField(
        label="At what time?",
        help_text="For example, 9:30. The 72 hours begin then.",
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"invalid": "Enter a time, like 9:30", "required": "Enter the time"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    people = forms.IntegerField(
        label="How many young people does it concern? (optional)", min_value=0, required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )  # fmt: skip
    measures = forms.CharField(
        label="What was done about it? (optional)", max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def happened(self) -> Happened:
        """What was said, once the form is valid."""
        said = self.cleaned_data
        known_at = datetime.combine(said["known_on"], said["known_time"] or time(), clock.LONDON)
        return Happened(said["what"], said["happened_on"], known_at, said["people"], said["measures"])

    @classmethod
    def of(cls, breach: Breach) -> dict[str, object]:
        """What stands there already."""
        known = breach.known_at.astimezone(clock.LONDON)
        return {
            "what": breach.what,
            "happened_on": breach.happened_on,
            "known_on": known.date(),
            "known_time": f"{known:%H:%M}",
            "people": breach.people,
            "measures": breach.measures,
        }


class DecideForm(RecordForm):
    """Whether the ICO and the young people are told."""

    tells_ico = forms.ChoiceField(
        label="Is the ICO told?",
        choices=[
            ("yes", Option("Yes", hint="Unless it is unlikely that anybody comes to harm.")),
            ("no", "No"),
        ],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label="Why?", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    told_on = DayField(label="When was the ICO told? (optional)", must="past or today", required=False)
    told_time = forms.TimeField(
        label="At what time? (optional)",
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"invalid": "Enter a time, like 9:30"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    tells_people = forms.ChoiceField(
        label="Are the young people told?",
        choices=[("yes", Option("Yes", hint="Where it is likely to put them at high risk.")), ("no", "No")],
        widget=forms.RadioSelect,
    )
    asked_as = {"told_at": "told_on"}

    def decision(self) -> Decision:
        """What was decided, once the form is valid."""
        said = self.cleaned_data
        told_at = None
        if said["told_on"]:
            told_at = datetime.combine(said["told_on"], said["told_time"] or time(), clock.LONDON)
        return Decision(said["tells_ico"] == "yes", said["why"], said["tells_people"] == "yes", told_at)
