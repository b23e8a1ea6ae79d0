"""Where a young person lives and how they are reached."""

from typing import Any

from django import forms

from neet import clock
from neet.ui.fields import DayField
from schools.models import District
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm
from tracking.register.models import ContactPoint, Residence
from tracking.register.statements import ADDRESS_LINES, Address, Reach
from tracking.rules.identifiers import normal_postcode, postcode_warning
from tracking.rules.ruleset import RuleSet

MOVED, WRONG = "moved", "wrong"


class AddressForm(RecordForm):
    """An address. Where there is one already, the form asks whether they moved or it was written down wrongly."""

    change = forms.ChoiceField(
        choices=[(MOVED, "They have moved"), (WRONG, "They have not moved: it was written down wrongly")],
        widget=forms.RadioSelect,
        label="What is the change?",
    )
    line_1 = text("Address line 1", 100, required=True)
    line_2 = text("Address line 2", 100)
    line_3 = text("Address line 3", 100)
    town = text("Town or city", 60)
    postcode = text("Postcode", 8)
    district = forms.ModelChoiceField(District.objects.none(), required=False, empty_label="Not recorded")
    starts_on = DayField(label="Living there since", must="past or today", required=False)
    seen_id = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, authority_id: int, present: Residence | None, **options: Any) -> None:
        super().__init__(*args, initial=self.first(present), **options)
        self.fields["district"].queryset = District.objects.filter(authority=authority_id)
        if present is None:
            del self.fields["change"]

    @staticmethod
    def first(present: Residence | None) -> dict[str, Any]:
        if present is None:
            return {"starts_on": clock.today()}
        return {**{name: getattr(present, name) for name in ADDRESS_LINES}, "district": present.district_id,
                "starts_on": present.starts_on, "seen_id": present.pk}  # fmt: skip

    def clean_postcode(self) -> str:
        return normal_postcode(self.cleaned_data["postcode"])

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        if self.is_move and not asked.get("starts_on") and "starts_on" not in self.errors:
            self.add_error("starts_on", "Enter the day they have lived there since")
        return asked

    @property
    def is_move(self) -> bool:
        return self.cleaned_data.get("change", MOVED) == MOVED

    def address(self) -> Address:
        names = ("line_1", "line_2", "line_3", "town", "postcode", "district", "starts_on")
        return Address(**{name: self.cleaned_data[name] for name in names})

    def warnings(self, rules: RuleSet) -> list[str]:
        found = postcode_warning(self.cleaned_data["postcode"], rules)
        return [found] if found else []


class ContactForm(RecordForm):
    """A number or address that reaches them or somebody close to them."""

    kind = forms.ChoiceField(choices=ContactPoint.Kind.choices, widget=forms.RadioSelect, label="What is it?")
    value = text("Number or address", 120, required=True)
    whose = forms.ChoiceField(
        choices=ContactPoint.Whose.choices, widget=forms.RadioSelect, label="Whose is it?"
    )
    name = text("Their name", 120, hint="If it is not the young person’s own.")
    from_institution = forms.BooleanField(required=False, label="A school or college gave it to us")

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        value = asked.get("value", "")
        if asked.get("kind") == ContactPoint.Kind.EMAIL and "@" not in value and value:
            self.add_error("value", "Enter an e-mail address, like name@example.com")
        elif (
            asked.get("kind") in {"mobile", "telephone"}
            and value
            and sum(each.isdigit() for each in value) < 6
        ):
            self.add_error("value", "Enter a telephone number, like 07700 900123")
        return asked

    def reach(self) -> Reach:
        return Reach(**self.cleaned_data)
