"""A place somebody applied for or was offered, and what a school worries about."""

from typing import Any

from django import forms

from neet import clock
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, offer
from schools.models import Establishment
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm, source_field
from tracking.register.models import Offer
from tracking.register.models.activity import Source
from tracking.register.statements import PlaceSaid
from tracking.rules.offers import NO_STAGES_OF_AN_OFFER
from tracking.rules.ruleset import RuleSet

HIGHEST_CHOICE = 9


def stages_of(rules: RuleSet) -> list[tuple[str, str]]:
    """How an application may stand, what weighs most first."""
    ordered = sorted(rules.offer_stages.values(), key=lambda stage: (stage.order, stage.code))
    return [(each.code, each.words) for each in ordered if each.code not in NO_STAGES_OF_AN_OFFER]


class PlaceForm(RecordForm):
    """An application or offer as an officer heard of it."""

    place = text("Where?", 160, required=True, hint="The college, school or provider, by its name or number.")
    course = text("Course (optional)", 160)
    stage = forms.ChoiceField(widget=forms.RadioSelect, label="How does it stand?")
    said_on = DayField(label="When did you hear of it?", must="past or today")
    starts_on = DayField(
        label="When does it begin? (optional)",
        required=False,
        help_text="An offer counts for the September Guarantee that begins by the beginning of the January term.",
    )
    conditions = text("On what conditions? (optional)", 200)
    preference = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        label="Which choice of theirs? (optional)",
        choices=[("", "Not known"), *((number, str(number)) for number in range(1, HIGHEST_CHOICE + 1))],
    )
    source = source_field()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, rules: RuleSet, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "stage", stages_of(rules))

    def place_said(self) -> PlaceSaid:
        asked = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return PlaceSaid(**asked)


class PupilsPlaceForm(PlainForm):
    """One place of a pupil on the school's own page. `told_by` is the school."""

    place = forms.CharField(max_length=160, label="Where")
    course = forms.CharField(max_length=160, required=False, label="Course (optional)")
    stage = forms.ChoiceField(label="How it stands")

    def __init__(self, *args: Any, rules: RuleSet, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "stage", [("", "Choose"), *stages_of(rules)])

    def said(self, school: Establishment) -> PlaceSaid:
        asked = {name: self.cleaned_data[name] for name in ("place", "course", "stage")}
        return PlaceSaid(**asked, said_on=clock.today(), source=Source.PROVIDER, told_by=school)


class StageForm(PlainForm):
    """How one place stands now, chosen on the page."""

    stage = forms.ChoiceField(label="How it stands")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rules: RuleSet, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "stage", stages_of(rules))

    def said(self, held: Offer, school: Establishment) -> PlaceSaid:
        kept = {
            name: getattr(held, name) for name in ("place", "course", "preference", "starts_on", "conditions")
        }
        stage = self.cleaned_data["stage"]
        return PlaceSaid(**kept, stage=stage, said_on=clock.today(), source=Source.PROVIDER, told_by=school)


class ConcernForm(PlainForm):
    """What worries the school about a pupil; empty where it is over, or where there is nothing."""

    words = forms.CharField(
        max_length=300,
        required=False,
        label="What worries you",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class Year11Filter(PlainForm):
    """Whom of Year 11 to show."""

    show = forms.ChoiceField(
        required=False,
        label="Show",
        choices=[
            ("", "Everybody"),
            ("no_offer", "No offer yet"),
            ("no_application", "No application yet"),
            ("concern", "You worry about them"),
        ],
    )

    def wanted(self) -> str:
        return str(self.cleaned_data.get("show", "")) if self.is_valid() else ""
