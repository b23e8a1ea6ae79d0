"""Forms about who works where."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import ROLES
from neet.accounts.scope import Place
from neet.ui.fields import DayField, Option
from neet.ui.forms import PlainForm, offer
from schools.models import Authority, District, Establishment, Service
from schools.rules.placing import LONGEST_DAYS, TERMS, Terms

STATES = [("working", "Working here now"), ("left", "Not working here now"), ("all", "Everybody")]


class ColleagueFilter(PlainForm):
    """Which people the list shows. Names are never put into the address."""

    role = forms.ChoiceField(
        label="Role",
        required=False,
        choices=[("", "Any role"), *((slug, role.words) for slug, role in ROLES.items())],
    )
    state = forms.ChoiceField(label="Who", required=False, choices=STATES, initial="working")


class PlaceForm(PlainForm):
    """A role and where it is held. Only what the role asks for is taken; the rest is ignored."""

    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    authority = forms.ModelChoiceField(Authority.objects.none(), label="Council", required=False)
    establishment = forms.ModelChoiceField(
        Establishment.objects.none(), label="School, college or provider", required=False,
        help_text="For somebody who works at a school, a college or a provider.",
    )  # fmt: skip
    establishment_number = forms.CharField(
        label="Or its DfE number", required=False, max_length=7,
        help_text="For one in another council's area. The DfE number has 7 digits.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"}),
    )  # fmt: skip
    district = forms.ModelChoiceField(
        District.objects.none(), label="District", required=False, help_text="For a district lead."
    )
    service = forms.ModelChoiceField(
        Service.objects.none(), label="Service", required=False,
        help_text="For caseworkers, service leads, contractors and hub workers.",
    )  # fmt: skip

    def __init__(self, *args: Any, roles: Iterable[str], authorities: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        codes = authorities.values("code")
        offer(self, "role", [(slug, Option(ROLES[slug].words, hint=ROLES[slug].about)) for slug in roles])
        known = {
            "authority": authorities,
            "establishment": Establishment.objects.filter(la_code__in=codes, closed_on=None),
            "district": District.objects.filter(authority__in=authorities),
            "service": Service.objects.filter(authority__in=authorities),
        }
        for name, rows in known.items():
            offer(self, name, rows)
        self.only_authority = authorities.first() if authorities.count() == 1 else None
        if self.only_authority:
            del self.fields["authority"]

    def clean_establishment_number(self) -> Establishment | None:
        number = self.cleaned_data["establishment_number"].strip()
        if not number:
            return None
        found = Establishment.objects.filter(number=number).first()
        if found is None:
            raise ValidationError("There is no school or college with this DfE number")
        return found

    def place(self) -> Place:
        """The place as typed. Whether it may be given is for the action to say."""
        typed = self.cleaned_data
        establishment = typed["establishment"] or typed["establishment_number"]
        authority = self.only_authority or typed["authority"]
        return Place(
            role=typed["role"],
            authority_id=authority.pk if authority else None,
            establishment_id=establishment.pk if establishment else None,
            district_id=typed["district"].pk if typed["district"] else None,
            service_id=typed["service"].pk if typed["service"] else None,
            can_submit=typed.get("can_submit", True),
        )


class InviteForm(PlaceForm):
    """Whom to invite, and to which place."""

    name = forms.CharField(label="Full name", max_length=120)
    email = forms.EmailField(
        label="E-mail address", help_text="Their own address at work, not a shared one.",
        error_messages={"invalid": "Enter an e-mail address like name@example.org"},
    )  # fmt: skip
    field_order = ["name", "email", "role", "authority"]


class TokenForm(PlaceForm):
    """A program that reads: what it is called, from which place, and for how long."""

    name = forms.CharField(
        label="What is the program called?",
        max_length=120,
        help_text="For example the council's data warehouse.",
    )
    days = forms.IntegerField(
        label="For how many days?", min_value=1, max_value=LONGEST_DAYS, initial=30,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        help_text=f"At most {LONGEST_DAYS}. Make a new token before it runs out.",
    )  # fmt: skip
    can_submit = forms.BooleanField(
        label="It may send returns to the council", required=False,
        help_text="Without this it may bring a return, and somebody sends it.",
    )  # fmt: skip
    field_order = ["name", "days", "role", "authority"]


class TermsForm(PlainForm):
    """From when to when a place is held."""

    starts_on = DayField(label="First day", error_messages={"asked": "Enter the first day"})
    ends_on = DayField(
        label="Last day",
        required=False,
        help_text="Leave empty where no end is known. A deputy's place has one.",
    )
    can_submit = forms.BooleanField(
        label="May send returns to the council", required=False,
        help_text="Without this they prepare returns for a colleague to send.",
    )  # fmt: skip
    records_for_others = forms.BooleanField(
        label="Records for others", required=False,
        help_text="Business support of a service: a caseworker who writes down what colleagues did, in their names.",
    )  # fmt: skip
    supervises = forms.BooleanField(
        label="Shares the calls out", required=False,
        help_text="Supervises tracking: a tracking officer who gives the calls to colleagues.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("starts_on") and typed.get("ends_on") and typed["ends_on"] < typed["starts_on"]:
            self.add_error("ends_on", "The last day must be on or after the first day")
        return typed

    def terms(self) -> Terms:
        typed = self.cleaned_data
        return Terms(**{name: typed[name] for name in TERMS})


class GivePlaceForm(PlaceForm, TermsForm):
    """A further place for somebody who has an account, from a day and perhaps to another."""

    field_order = ["role", "authority", "establishment", "establishment_number", "district", "service"]


class EndPlaceForm(PlainForm):
    """The last day somebody works in a place."""

    ends_on = DayField(
        label="Last day", initial=clock.today, help_text="They can work until the end of this day.",
        error_messages={"asked": "Enter the last day"},
    )  # fmt: skip


class ReasonForm(PlainForm):
    """Why an account is closed or opened again."""

    why = forms.CharField(label="Reason", max_length=200, error_messages={"required": "Give a reason"})


class KnownForm(ReasonForm):
    """Who asks for a new second step, and how it was made sure that it is them."""

    why = forms.CharField(
        label="Who asked, and how did you know it was them?",
        help_text="See them in person, or ring a number you had before; never one given in the request",
        max_length=200,
        error_messages={"required": "Say who asked and how you knew it was them"},
    )


class AcceptForm(PlainForm):
    """A new account: the name is offered, the password chosen, everything else comes from the invitation."""

    name = forms.CharField(label="Full name", max_length=120)
    password = forms.CharField(
        label="Password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choose a password"},
    )

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email
        self.fields["password"].help_text = " ".join(each for each in password_validators_help_texts()[:1])

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password
