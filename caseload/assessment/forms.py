"""What is asked about a line of the self-assessment, and about beginning one."""

from datetime import date
from typing import Any

from django import forms

from caseload.assessment.models import LineAnswer
from caseload.assessment.queries.people import colleagues
from caseload.assessment.statements import Said
from neet.accounts.models import User
from neet.ui.fields import DayField
from neet.ui.forms import offer
from schools.models import Authority
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm


class LineForm(RecordForm):
    """How a line stands, what shows it, and what is to be done."""

    rating = forms.ChoiceField(
        label="How does it stand?", choices=LineAnswer.Rating.choices, widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label="What shows it? (optional)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    action = text("What is to be done? (optional)", 200, required=False)
    owner = forms.ModelChoiceField(
        User.objects.none(), required=False, label="Who does it? (optional)", empty_label="Nobody yet"
    )
    due_on = DayField(label="By when? (where something is to be done)", required=False)
    is_done = forms.BooleanField(required=False, label="It has been done")

    def __init__(self, *args: Any, authority: Authority, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", colleagues(authority, on))

    def told(self) -> Said:
        return Said(**{name: self.cleaned_data[name] for name in Said.__dataclass_fields__})
