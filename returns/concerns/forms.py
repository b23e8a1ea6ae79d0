"""What is asked of a pupil somebody worries about."""

from typing import Any

from django import forms

from neet.ui.fields import SeveralField
from neet.ui.forms import offer
from returns.concerns.statements import Worry
from returns.intake.layouts.potential_neet import ASK_AT_SCHOOL, CONCERN, PLANNED, said_reasons
from returns.leavers.forms import OneOfOursForm
from tracking.rules.ruleset import RuleSet


class WorryForm(OneOfOursForm):
    """One pupil: who, why, and what is planned."""

    person = forms.ChoiceField(
        label="Whom do you worry about?",
        help_text="By last name",
        error_messages={"required": "Select whom you worry about"},
    )
    reasons = SeveralField(
        label="Why?",
        help_text="Tick all that are so.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    concern = forms.CharField(
        label="What worries you, in your own words",
        help_text="In one line: why they may not go on to learning or work.",
        max_length=CONCERN.length,
        required=False,
    )
    planned = forms.CharField(
        label="What do they mean to do after the summer, if you know?",
        max_length=PLANNED.length,
        required=False,
    )
    ask = forms.CharField(
        label="Whom at school may we ask?",
        help_text="A name, not a team.",
        max_length=ASK_AT_SCHOOL.length,
        required=False,
    )

    def __init__(self, *args: Any, rules: RuleSet, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "reasons", list(said_reasons(rules).items()))

    def clean(self) -> dict[str, Any]:
        """A name alone helps nobody."""
        said = super().clean() or {}
        if not said.get("reasons") and not said.get("concern") and "reasons" not in self.errors:
            self.add_error("reasons", "Tick a reason, or say in your own words what worries you")
        return said

    def worry(self) -> Worry:
        """What was said, to be taken over."""
        said = self.cleaned_data
        person, establishment = self.chosen()
        return Worry(
            person, establishment, tuple(said["reasons"]), said["concern"], said["planned"], said["ask"]
        )
