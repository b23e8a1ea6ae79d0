"""A review in one page, the same for many, who receives lists, and what a file is for."""

from typing import Any

from django import forms

from caseload.reviews.models import Review
from caseload.reviews.queries import lists
from caseload.reviews.queries.lists import Wanted, workers_of
from caseload.reviews.statements import Named, ReviewTold
from neet.accounts.models import User
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, offer
from schools.models import District, Service
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm, reason_field

STATES = [
    (lists.EVERYBODY, "Everybody on the list"),
    (lists.TO_REVIEW, "Still to review"),
    (lists.REVIEWED, "Reviewed this month"),
]


class OutcomeForm(RecordForm):
    """What came of it, and the line every service reads."""

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=Review.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what came of it"},
    )
    words = text("In one line (optional)", 240, hint="Every service that works with them reads this line.")
    recorded_for = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Who did the work? (optional)",
        empty_label="I did",
    )

    def __init__(self, *args: Any, colleagues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if colleagues is None:
            del self.fields["recorded_for"]
        else:
            offer(self, "recorded_for", colleagues)

    def told(self) -> ReviewTold:
        asked = self.cleaned_data
        return ReviewTold(
            outcome=asked["outcome"],
            words=asked["words"],
            next_step=asked.get("next_step", ""),
            next_on=asked.get("next_on"),
            note=asked.get("note", ""),
            recorded_for=asked.get("recorded_for"),
        )


class ReviewForm(OutcomeForm):
    """One case: also the next step with its day, and a note for one's own service."""

    next_step = text("Next step (optional)", 160, hint="Becomes a task.")
    next_on = DayField(label="By when? (optional)", must="today or later", required=False)
    note = forms.CharField(
        label="Note for my service only (optional)",
        required=False,
        help_text="No other service reads it.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ["outcome", "words", "next_step", "next_on", "note", "recorded_for"]

    def __init__(self, *args: Any, in_service: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not in_service:
            del self.fields["note"]


class ManyForm(OutcomeForm):
    """The same outcome for several: without those of which more has to be written down."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(
            self,
            "outcome",
            [(value, words) for value, words in Review.Outcome.choices if value not in Review.ONE_BY_ONE],
        )


class CasesFilter(PlainForm):
    """Which of the list."""

    state = forms.ChoiceField(label="Show", choices=STATES, required=False)
    service = forms.TypedChoiceField(label="Service", required=False, coerce=int, empty_value=None)
    mine = forms.BooleanField(label="Only those I work with", required=False)
    plan = forms.BooleanField(label="Only those with an EHC plan", required=False)

    def __init__(self, *args: Any, services: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        shown = list(services)
        choices = [("", "All services"), *((each.pk, each.name) for each in shown)]
        offer(self, "service", choices)
        if len(shown) < 2:
            del self.fields["service"]

    def wanted(self) -> Wanted:
        asked = self.cleaned_data if self.is_valid() else {}
        return Wanted(
            asked.get("state") or lists.EVERYBODY,
            asked.get("service"),
            asked.get("mine", False),
            asked.get("plan", False),
        )


class ContactForm(RecordForm):
    """Who receives a service's list, and who stands in for them."""

    service = forms.ModelChoiceField(Service.objects.none(), label="Service", empty_label="Select a service")
    user = forms.ModelChoiceField(
        User.objects.none(), label="Who receives the list?", empty_label="Select a colleague"
    )
    deputy = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Who stands in? (optional)",
        empty_label="Nobody",
    )
    district = forms.ModelChoiceField(
        District.objects.none(),
        required=False,
        label="For which part? (optional)",
        empty_label="The whole council",
    )

    def __init__(self, *args: Any, authority_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        services = Service.objects.filter(authority=authority_id)
        workers = workers_of(services.values_list("pk", flat=True))
        known = {
            "service": services,
            "user": workers,
            "deputy": workers,
            "district": District.objects.filter(authority=authority_id),
        }
        for name, rows in known.items():
            offer(self, name, rows)

    def named(self) -> Named:
        asked = self.cleaned_data
        return Named(asked["service"], asked["user"], asked["district"], asked["deputy"])


class FileForm(RecordForm):
    """Why a list leaves the system."""

    why = reason_field("What is the file for?", "It is written down with your name.")
