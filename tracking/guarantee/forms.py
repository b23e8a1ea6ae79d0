"""What people choose and type about a cohort: what a board or list shows, and the reasons that are kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from neet.ui.forms import PlainForm
from tracking.guarantee.models import ResidencyCheck
from tracking.guarantee.queries.before import GROUPS as WORK
from tracking.guarantee.queries.board import AGE, PARTS
from tracking.guarantee.statements import Group
from tracking.register.forms.editing import RecordForm
from tracking.rules.guarantee import GROUPS, Stand

REASON = forms.Textarea(attrs={"rows": 2})
ANY = ("", "Any")
ADDRESS = ("year", "by", "of")


class BoardFilter(PlainForm):
    """Which September, and what it is compared by."""

    year = forms.ChoiceField(required=False, label="September of")
    by = forms.ChoiceField(
        required=False,
        label="Compare by",
        choices=[("", "Year group only"), *((key, part[0]) for key, part in PARTS.items() if key != AGE)],
    )

    def __init__(self, data: Any, *, years: Sequence[int], first: int) -> None:
        super().__init__(data)
        self.first = first
        self.fields["year"].choices = [(str(year), str(year)) for year in years]

    def wanted(self) -> tuple[int, str]:
        """The year and the part asked for; what nobody offers counts as not said."""
        self.is_valid()
        return int(self.cleaned_data.get("year") or self.first), self.cleaned_data.get("by") or AGE


class PeopleFilter(PlainForm):
    """Whom of a cohort a list shows; whose cohort and which list go along unseen."""

    year = forms.CharField(required=False, widget=forms.HiddenInput)
    by = forms.CharField(required=False, widget=forms.HiddenInput)
    of = forms.CharField(required=False, widget=forms.HiddenInput)
    stand = forms.ChoiceField(
        required=False, label="How it stands", choices=[ANY, *((each.value, each.words) for each in Stand)]
    )
    group = forms.ChoiceField(
        required=False,
        label="Year group",
        choices=[ANY, *((str(group), f"Year {group}") for group in sorted(GROUPS))],
    )
    part = forms.ChoiceField(required=False)
    status = forms.ChoiceField(required=False)

    def __init__(
        self, data: Any, *, parts: Mapping[str, str], part_words: str, statuses: Mapping[str, str]
    ) -> None:
        super().__init__(data)
        self.fields["status"].choices = [ANY, *statuses.items()]
        if parts:
            self.fields["part"].label = part_words
            self.fields["part"].choices = [ANY, *parts.items()]
        else:
            del self.fields["part"]

    def wanted(self) -> dict[str, str]:
        """What is asked for, by the names `people_where` takes."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value and name not in ADDRESS}


class BeforeFilter(PlainForm):
    """Which group of the list before the freeze is shown."""

    group = forms.ChoiceField(
        required=False, label="Show", choices=[(group.value, WORK[group].title) for group in Group]
    )

    def wanted(self) -> Group | None:
        """The group asked for; None shows all numbers."""
        self.is_valid()
        found = self.cleaned_data.get("group")
        return Group(found) if found else None


class ProposeForm(PlainForm):
    """Looked through, and right to set."""

    seen = forms.BooleanField(
        label="I have worked through the list before the freeze, and these numbers are right",
        error_messages={"required": "Confirm that you have worked through the list"},
    )


class ApproveForm(PlainForm):
    """Looked at; and by whoever proposed it, why nobody else does it."""

    seen = forms.BooleanField(
        label="I have looked at the numbers, and this is the cohort",
        error_messages={"required": "Confirm that you have looked at the numbers"},
    )
    why = forms.CharField(
        label="Why do you approve your own proposal?",
        max_length=240,
        widget=REASON,
        error_messages={"required": "Enter why you approve your own proposal"},
    )

    def __init__(self, data: Any = None, *, own_work: bool) -> None:
        super().__init__(data)
        if not own_work:
            del self.fields["why"]


class ReasonForm(PlainForm):
    """Why it is done."""

    why = forms.CharField(
        label="Why?", max_length=240, widget=REASON, error_messages={"required": "Enter the reason"}
    )


class ResidencyForm(RecordForm):
    """What was found of somebody taught at home, and how that is known."""

    outcome = forms.ChoiceField(
        label="Do they still live here?", choices=ResidencyCheck.Outcome.choices, widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label="How is that known?",
        max_length=240,
        widget=REASON,
        help_text="For example: seen at the home visit on 12 May; council tax; the other council confirmed.",
    )
