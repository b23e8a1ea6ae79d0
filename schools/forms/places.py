"""Forms about establishments, contacts, districts and services."""

from typing import Any

from django import forms

from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, PlainModelForm
from schools.models import Contact, District, Establishment, Service

SHORT = {"class": "govuk-input--width-10"}


class EstablishmentFilter(PlainForm):
    """Which establishments the list shows."""

    words = forms.CharField(
        label="Name, town or number", required=False, max_length=80, help_text="DfE number, URN or UKPRN."
    )
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Any kind"), *Establishment.Kind.choices]
    )
    area = forms.ChoiceField(
        label="Area", required=False, choices=[("ours", "In our area"), ("all", "Anywhere")]
    )
    closed = forms.ChoiceField(
        label="Open or closed", required=False, choices=[("", "Open"), ("yes", "Closed")]
    )


class EstablishmentForm(PlainModelForm):
    """A school, college or provider."""

    closed_on = DayField(label="Closed on", required=False)
    number = forms.RegexField(
        r"^\d{7}$", label="DfE number", required=False, help_text="7 digits: the council's 3 and the school's 4.",
        widget=forms.TextInput(attrs={**SHORT, "inputmode": "numeric"}),
        error_messages={"invalid": "DfE number must have 7 digits"},
    )  # fmt: skip
    urn = forms.RegexField(
        r"^\d{6}$", label="URN", required=False, help_text="6 digits, as in the national register.",
        widget=forms.TextInput(attrs={**SHORT, "inputmode": "numeric"}),
        error_messages={"invalid": "URN must have 6 digits"},
    )  # fmt: skip
    ukprn = forms.RegexField(
        r"^1\d{7}$", label="UKPRN", required=False, help_text="8 digits beginning with 1.",
        widget=forms.TextInput(attrs={**SHORT, "inputmode": "numeric"}),
        error_messages={"invalid": "UKPRN must have 8 digits and begin with 1"},
    )  # fmt: skip
    la_code = forms.RegexField(
        r"^\d{3}$", label="Its council's DfE number", widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={"invalid": "The council's DfE number must have 3 digits"},
    )  # fmt: skip

    class Meta:
        model = Establishment
        fields = [
            "name", "kind", "la_code", "number", "urn", "ukprn", "short_code", "town", "postcode",
            "highest_year_group", "closed_on",
        ]  # fmt: skip


class ContactForm(PlainModelForm):
    """Whom to ask at an establishment, and about what."""

    class Meta:
        model = Contact
        fields = ["purpose", "name", "email", "telephone"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("email") and not typed.get("telephone") and not self.errors:
            self.add_error("email", "Enter an e-mail address or a telephone number")
        return typed


class DistrictForm(PlainModelForm):
    class Meta:
        model = District
        fields = ["name"]


class ServiceForm(PlainModelForm):
    class Meta:
        model = Service
        fields = ["name", "short_name"]
