"""Who a young person is, and what is planned for them."""

from collections.abc import Collection
from typing import Any

from django import forms

from neet import clock
from neet.ui.fields import DayField
from neet.ui.forms import offer
from tracking.register.fields import changes
from tracking.register.forms.editing import NOT_RECORDED, WIDTH_20, RecordForm, coded, reason_field
from tracking.register.models import YoungPerson
from tracking.register.statements import NewPerson
from tracking.rules.codes import AreaKind, CohortKind
from tracking.rules.identifiers import uln_warning, upn_warning
from tracking.rules.ruleset import RuleSet

HIDDEN_UNDER_OBJECTION = ("upn", "uln")


def text(label: str, length: int, *, required: bool = False, hint: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs={**WIDTH_20, "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(max_length=length, label=label, required=required, help_text=hint, widget=widget)


class _PersonForm(RecordForm):
    """Shows only the questions whose answers the person's roles may change, and that are not hidden from them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        person: YoungPerson,
        roles: Collection[str],
        hidden: Collection[str] = (),
        **options: Any,
    ) -> None:
        first = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(*args, initial=first, **options)
        for name in set(self.fields) - {"version"}:
            if name in hidden or not changes(roles, f"youngperson.{name}"):
                del self.fields[name]

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class DetailsForm(_PersonForm):
    """Names, date of birth, gender, ethnicity and numbers."""

    given_name = text("First name", 100, required=True)
    middle_name = text("Middle names", 100)
    family_name = text("Last name", 100, required=True)
    known_as = text("Known as", 100, hint="If they go by another name.")
    date_of_birth = DayField(label="Date of birth", must="past")
    gender = forms.ChoiceField(required=False, widget=forms.RadioSelect, label="Gender")
    ethnicity = forms.ChoiceField(required=False, label="Ethnicity")
    upn = text("UPN", 13, hint="Unique pupil number: a letter and twelve more characters.")
    uln = text("ULN", 10, hint="Unique learner number: ten digits.")

    def __init__(self, *args: Any, rules: RuleSet, **options: Any) -> None:
        super().__init__(*args, **options)
        fill(self, "gender", coded(rules.genders.values()))
        fill(self, "ethnicity", coded(rules.ethnicities.values(), empty=True))

    def clean_upn(self) -> str:
        return self.cleaned_data["upn"].upper()

    def warnings(self) -> list[str]:
        """What looks wrong about a number that is kept all the same."""
        return number_warnings(self.cleaned_data)


def number_warnings(said: dict[str, Any]) -> list[str]:
    found = (upn_warning(said.get("upn", "")), uln_warning(said.get("uln", "")))
    return [words for words in found if words]


def fill(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    if name in form.fields:
        offer(form, name, choices)


class PlansForm(_PersonForm):
    """Where they are educated, how much help they need, and what they mean to do after Year 11."""

    level_of_need = forms.ChoiceField(
        required=False, widget=forms.RadioSelect, label="How much help do they need?"
    )
    intended_destination = forms.ChoiceField(required=False, label="What do they mean to do after Year 11?")
    educated_la = forms.ChoiceField(required=False, label="Council where they are educated")
    la_at_year_11 = forms.ChoiceField(required=False, label="Council where they were in Year 11")
    corporate_parent_la = forms.ChoiceField(
        required=False,
        label="Council that looks after them",
        help_text="For somebody in care or a care leaver. Leave empty where nobody does, or where it is this council.",
    )

    def __init__(self, *args: Any, rules: RuleSet, **options: Any) -> None:
        super().__init__(*args, **options)
        areas = coded(sorted(rules.areas.values(), key=lambda area: area.plain_words), empty=True)
        fill(self, "level_of_need", coded(rules.levels_of_need.values()))
        fill(self, "intended_destination", coded(rules.intended_destinations.values(), empty=True))
        fill(self, "educated_la", areas)
        fill(self, "la_at_year_11", areas)
        fill(self, "corporate_parent_la", areas)


class NewPersonForm(RecordForm):
    """Who is to be added; the register is searched for them before anything is written."""

    given_name = text("First name", 100, required=True)
    middle_name = text("Middle names", 100)
    family_name = text("Last name", 100, required=True)
    date_of_birth = DayField(label="Date of birth", must="past")
    gender = forms.ChoiceField(widget=forms.RadioSelect, label="Gender")
    upn = text("UPN", 13, hint="If you have it.")
    uln = text("ULN", 10, hint="If you have it.")

    def __init__(self, *args: Any, rules: RuleSet, **options: Any) -> None:
        super().__init__(*args, **options)
        fill(self, "gender", coded(rules.genders.values()))

    def clean_upn(self) -> str:
        return self.cleaned_data["upn"].upper()

    def new(self) -> NewPerson:
        return NewPerson(**self.cleaned_data)

    def warnings(self) -> list[str]:
        return number_warnings(self.cleaned_data)


class CohortForm(RecordForm):
    """Why somebody is or is no longer in the cohort."""

    asked_as = {"cohort_status": "status", "cohort_status_on": "on", "transferred_to_la": "to_la"}
    status = forms.ChoiceField(widget=forms.RadioSelect, label="What has happened?")
    on = DayField(label="Since when?", must="past or today", today=clock.today)
    to_la = forms.ChoiceField(
        required=False,
        label="Where did they move to?",
        help_text="Only for a move to another council or out of England.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rules: RuleSet, own: str, **options: Any) -> None:
        super().__init__(*args, **options)
        statuses = [each for each in rules.cohort_statuses.values() if each.kind is not CohortKind.MERGED]
        self.fields["status"].choices = coded(statuses)
        areas = [
            each for each in rules.areas.values() if each.kind is not AreaKind.UNKNOWN and each.code != own
        ]
        named = sorted(areas, key=lambda area: (area.kind is not AreaKind.OUTSIDE_ENGLAND, area.plain_words))
        self.fields["to_la"].choices = [("", "Nowhere to name"), *coded(named)]


class ReasonForm(RecordForm):
    """A reason, for what needs one."""

    why = reason_field()


__all__ = ["NOT_RECORDED", "CohortForm", "DetailsForm", "NewPersonForm", "PlansForm", "ReasonForm"]
