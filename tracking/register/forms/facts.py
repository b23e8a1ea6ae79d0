"""Characteristics, special educational needs, the guarantee and objections."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from neet.ui.fields import DayField, Option
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm, coded, reason_field
from tracking.register.models import Characteristic, Guarantee, Objection
from tracking.register.statements import Offer
from tracking.rules.ruleset import RuleSet

NEEDS = (
    (Characteristic.EHCP, "EHC plan"),
    (Characteristic.SEN_SUPPORT, "SEN support"),
    (Characteristic.UNACCOMPANIED, "Unaccompanied asylum-seeking child"),
)


def characteristic_choices(rules: RuleSet, codes: Collection[str]) -> list[tuple[str, str]]:
    """Needs first, then the DfE's characteristics; only those the person's roles may record."""
    needs = [(code, Option(words)) for code, words in NEEDS if code in codes]
    return needs + coded(each for each in rules.characteristics.values() if each.code in codes)


class CharacteristicForm(RecordForm):
    """Something that holds for them, since when, and who said so."""

    code = forms.ChoiceField(widget=forms.RadioSelect, label="What do you know?")
    starts_on = DayField(
        label="Since when? (optional)",
        help_text="Leave empty if it was so before we knew.",
        must="past or today",
        required=False,
    )
    source = text("Who told us? (optional)", 40)

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = list(choices)


class EndForm(RecordForm):
    """The last day of something."""

    ends_on = DayField(label="What was the last day?", must="past or today")


class GuaranteeForm(RecordForm):
    """How the September Guarantee stands for one year group's end."""

    status = forms.ChoiceField(widget=forms.RadioSelect, label="How does the offer stand?")
    status_on = DayField(label="Since when?", must="past or today")
    la_code = forms.ChoiceField(required=False, label="Council that led")
    reason = text("Anything to add? (optional)", 200)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, rules: RuleSet, year_group: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.year_group = year_group
        fitting = [
            each
            for each in rules.guarantee_statuses.values()
            if (each.valid_year_11 if year_group == Guarantee.YearGroup.YEAR_11 else each.valid_year_12)
        ]
        self.fields["status"].choices = coded(fitting)
        councils = [each for each in rules.areas.values() if each.code in rules.authorities]
        self.fields["la_code"].choices = coded(
            sorted(councils, key=lambda area: area.plain_words), empty=True
        )

    def offer(self) -> Offer:
        asked = {name: value for name, value in self.cleaned_data.items() if name != "was"}
        return Offer(year_group=self.year_group, **asked)


class ObjectionForm(RecordForm):
    """Who objects, when they told us, and how."""

    made_by = forms.ChoiceField(
        choices=Objection.MadeBy.choices,
        widget=forms.RadioSelect,
        label="Who objects?",
        help_text="Until the 16th birthday a parent or carer decides, from then on the young person.",
    )
    made_on = DayField(label="When did they tell us?", must="past or today")
    channel = text("How did they tell us?", 40, hint="A letter, an e-mail, by telephone.")


class AnswerAt16Form(RecordForm):
    """What the young person says of the objection a parent made."""

    keeps = forms.TypedChoiceField(
        choices=[("yes", "Yes, the objection stands"), ("no", "No, it no longer stands")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        label="Does the young person keep the objection?",
    )
    on = DayField(label="When did they tell us?", must="past or today")
    channel = text("How did they tell us?", 40)


class WithdrawForm(RecordForm):
    """From when an objection no longer stands."""

    on = DayField(label="From what day does it no longer stand?", must="past or today")


class RestrictForm(RecordForm):
    """Why a record is hidden, shown again, or opened to one more colleague."""

    why = reason_field("Why?", "Kept with the record. Only information governance reads it.")
