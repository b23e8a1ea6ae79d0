"""What is asked where a request is recorded, moved on and answered, and where a copy is read through."""

from typing import Any

from django import forms

from neet import clock
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm
from tracking.register.forms.editing import RecordForm, reason_field
from tracking.rights.models import Entry, LookedInto, RightsRequest, UnusualReading, UseLimited
from tracking.rights.queries.copies import ALL, HELD, OTHERS, SERVICE
from tracking.rights.queries.requests import ANSWERED, LATE, OPEN, Wanted
from tracking.rights.statements import Answer, Ask, Treatment

AS_IT_IS, OTHER_WORDS = "as_it_is", "other_words"
STATES = [(OPEN, "Being answered"), (LATE, "Late"), (ANSWERED, "Answered")]
PARTS = [
    (ALL, "All"),
    (OTHERS, "May name somebody else"),
    (HELD, "Held back or changed"),
    (SERVICE, "A service’s own"),
]
OUTCOMES = [
    (state.value, state.label)
    for state in (RightsRequest.State.DONE, RightsRequest.State.PARTLY, RightsRequest.State.REFUSED)
]


def long_text(label: str, *, required: bool = True, hint: str = "", most: int = 1000) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AskForm(RecordForm):
    """What somebody asks about a record, and who."""

    kind = forms.ChoiceField(label="What do they ask?", choices=RightsRequest.Kind, widget=forms.RadioSelect)
    asked_by = forms.ChoiceField(label="Who asks?", choices=RightsRequest.AskedBy, widget=forms.RadioSelect)
    asked_on = DayField(label="When did they ask?", must="past or today")
    words = long_text(
        "In their words",
        required=False,
        hint="What is wrong and what would be right, what they object to, or which part they want.",
    )
    limits = forms.BooleanField(
        label="Do not use the record until it is answered",
        required=False,
        help_text="It is kept and counted. Nobody is written to or rung from it.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["asked_on"].initial = clock.today()

    def ask(self) -> Ask:
        return Ask(**self.cleaned_data)


class IdentityForm(RecordForm):
    """How we made sure who asks."""

    how = long_text(
        "How are you sure who asks?", hint="For example: known to their worker, passport seen.", most=200
    )


class LongerForm(RecordForm):
    """Why it takes two months more."""

    why = reason_field("Why does it take longer?", "Tell them so, and why, before the first month is over.")


class AnswerForm(RecordForm):
    """What came of it."""

    state = forms.ChoiceField(label="What came of it?", choices=OUTCOMES, widget=forms.RadioSelect)
    outcome = long_text("What was done, or why not", hint="They are told this, and that they may complain.")
    statement = long_text(
        "What they want to stand beside the record",
        required=False,
        hint="Where you do not agree that something is wrong. Everybody who opens the record reads it.",
    )

    def answer(self) -> Answer:
        return Answer(**self.cleaned_data)


class TreatForm(RecordForm):
    """What becomes of one part of the copy."""

    treatment = forms.ChoiceField(
        label="What goes out?",
        choices=[
            (AS_IT_IS, "This part as it stands"),
            (OTHER_WORDS, "Other words instead"),
            *[(value, words) for value, words in Entry.Held.choices if value],
        ],
        widget=forms.RadioSelect,
    )
    replaced = long_text(
        "The words that go out",
        required=False,
        hint="Only where other words go out. Leave names and details of others out.",
        most=20_000,
    )
    asked_as = {"held": "treatment"}

    def treated(self) -> Treatment:
        said = self.cleaned_data
        if said["treatment"] == OTHER_WORDS:
            return Treatment(replaced=said["replaced"], is_replaced=True)
        return Treatment(held="" if said["treatment"] == AS_IT_IS else said["treatment"])


class BackForm(RecordForm):
    """What is to be changed before the copy goes out."""

    why = reason_field("What is to be changed?", "Whoever read it through reads this.")


class GivenForm(RecordForm):
    """How the copy reached whoever asked."""

    how = forms.CharField(
        label="How did they get it?",
        max_length=120,
        help_text="For example: handed over at the office, recorded post, the council’s secure mail.",
    )


class ReleaseForm(PlainForm):
    """Whether a service's restricted note goes out."""

    held = forms.ChoiceField(choices=Entry.Held, required=False)


class LimitForm(RecordForm):
    """Why a record is kept and not used."""

    why = forms.ChoiceField(label="Why is it not used?", choices=UseLimited.Why, widget=forms.RadioSelect)


class UseAgainForm(RecordForm):
    """Why a record is used again."""

    why = reason_field("Why may it be used again?", "They have been told before.")


class LookIntoForm(RecordForm):
    """What came of looking into an emergency."""

    found = forms.ChoiceField(label="What did you find?", choices=LookedInto.Found, widget=forms.RadioSelect)
    words = long_text("What you found and did", most=500)


class LookIntoReadingForm(RecordForm):
    """What came of looking into many records that somebody opened."""

    found = forms.ChoiceField(
        label="What did you find?", choices=UnusualReading.Found, widget=forms.RadioSelect
    )
    words = long_text("What you found and did", most=500)


class RequestFilter(PlainForm):
    """Which requests."""

    state = forms.ChoiceField(label="How they stand", choices=STATES, required=False)
    kind = forms.ChoiceField(
        label="What they ask", choices=[("", "Anything"), *RightsRequest.Kind.choices], required=False
    )

    def wanted(self) -> Wanted:
        asked = self.cleaned_data if self.is_valid() else {}
        return Wanted(asked.get("state") or OPEN, asked.get("kind") or "")


class PartFilter(PlainForm):
    """Which parts of a copy."""

    part = forms.ChoiceField(label="Which parts", choices=PARTS, required=False)

    def wanted(self) -> str:
        return self.cleaned_data["part"] if self.is_valid() else ALL
