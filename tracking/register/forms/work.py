"""Notes, tasks, who is responsible, and who is named for a restricted record."""

from collections.abc import Collection
from typing import Any

from django import forms

from neet.accounts.models import User
from neet.ui.fields import DayField
from schools.models import Service
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm, reason_field
from tracking.register.models import Responsibility
from tracking.register.statements import Charge, ToDo


class NoteForm(RecordForm):
    """A note, for everyone who sees the record or for one service only."""

    text = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 6}))
    service = forms.ModelChoiceField(
        Service.objects.none(),
        required=False,
        label="Who may read it?",
        empty_label="Everyone who works with this young person",
    )

    def __init__(self, *args: Any, services: Collection[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["service"].queryset = Service.objects.filter(pk__in=services)
        self.fields["service"].label_from_instance = lambda service: f"Only {service.name}"
        if not services:
            del self.fields["service"]


class TaskForm(RecordForm):
    """What is to be done, by when, by whom."""

    words = text("What is to be done?", 240, required=True)
    due_on = DayField(label="By when? (optional)", must="today or later", required=False)
    mine = forms.BooleanField(required=False, label="I will do it")
    service = forms.ModelChoiceField(
        Service.objects.none(),
        required=False,
        label="For which service? (optional)",
        empty_label="Not for one service",
    )

    def __init__(self, *args: Any, authority_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["service"].queryset = Service.objects.filter(authority=authority_id)

    def to_do(self, user: User) -> ToDo:
        asked = self.cleaned_data
        return ToDo(asked["words"], asked["due_on"], user if asked["mine"] else None, asked["service"])


class CloseTaskForm(RecordForm):
    """What came of it."""

    outcome = text("What came of it?", 240, required=True)


class ChargeForm(RecordForm):
    """Which service or worker answers for the young person, and since when."""

    kind = forms.ChoiceField(
        choices=Responsibility.Kind.choices, widget=forms.RadioSelect, label="In what way?"
    )
    service = forms.ModelChoiceField(Service.objects.none(), required=False, empty_label="No service")
    user = forms.ModelChoiceField(
        User.objects.none(), required=False, label="Worker", empty_label="No one person"
    )
    starts_on = DayField(label="Since when?")

    def __init__(self, *args: Any, authority_id: int, colleagues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["service"].queryset = Service.objects.filter(authority=authority_id)
        self.fields["user"].queryset = colleagues

    def charge(self) -> Charge:
        return Charge(**self.cleaned_data)


class NameUserForm(RecordForm):
    """Which colleague may open the restricted record, and why."""

    user = forms.ModelChoiceField(User.objects.none(), label="Colleague", empty_label="Select a colleague")
    why = reason_field("Why may they open it?")

    def __init__(self, *args: Any, colleagues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = colleagues


class EmergencyForm(RecordForm):
    """Which hidden record is to be opened, and why it cannot wait."""

    young_person_id = text(
        "CCIS number or UPN", 13, required=True, hint="All of it, as on a letter or in a list."
    )
    date_of_birth = DayField(label="Date of birth", must="past")
    why = reason_field("Why can it not wait?")
