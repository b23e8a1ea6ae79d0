"""What somebody wants regularly."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from caseload.delivery.models import Subscription
from caseload.delivery.rules import LAST_DAY, WEEKDAYS
from caseload.delivery.statements import Regularly
from caseload.reports.catalogue import REPORTS
from caseload.reports.queries.places import Whom
from neet.ui.forms import PlainForm, offer
from tracking.exploring.models import SavedCut


class SubscribeForm(PlainForm):
    """A report of a place or a kept cut, and when it comes."""

    what = forms.ChoiceField(label="What do you want regularly?")
    of = forms.ChoiceField(
        label="Of whom", required=False, help_text="For a report. A kept cut says so itself."
    )
    every = forms.ChoiceField(label="When?", choices=Subscription.Every.choices, widget=forms.RadioSelect)
    weekday = forms.ChoiceField(
        label="On which weekday?", required=False,
        choices=[("", "Choose"), *((str(number), words) for number, words in enumerate(WEEKDAYS, start=1))],
    )  # fmt: skip
    day = forms.IntegerField(
        label="On which day of the month?", required=False, min_value=1, max_value=LAST_DAY,
        help_text=f"From 1 to {LAST_DAY}.", widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, places: Sequence[Whom], cuts: Sequence[SavedCut]) -> None:
        super().__init__(data)
        self.places: Mapping[str, Whom] = {each.slug: each for each in places}
        self.cuts: Mapping[str, SavedCut] = {f"cut-{each.pk}": each for each in cuts}
        reports = [(each.slug, each.words) for each in REPORTS.values()] if places else []
        offer(self, "what", [
            *((("Reports", reports),) if reports else ()),
            *((("Kept cuts", [(key, each.name) for key, each in self.cuts.items()]),) if self.cuts else ()),
        ])  # fmt: skip
        offer(self, "of", [(each.slug, each.words) for each in places])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        every = said.get("every")
        if every == Subscription.Every.WEEK and not said.get("weekday"):
            self.add_error("weekday", "Select a weekday")
        if every == Subscription.Every.DAY and not said.get("day") and "day" not in self.errors:
            self.add_error("day", "Enter a day of the month")
        if said.get("what") in REPORTS and not said.get("of") and "of" not in self.errors:
            self.add_error("of", "Select of whom")
        return said

    def regularly(self) -> Regularly:
        """What was chosen, once it is valid."""
        said = self.cleaned_data
        days = {Subscription.Every.WEEK: said["weekday"], Subscription.Every.DAY: said["day"]}
        on_day = int(days[said["every"]]) if said["every"] in days else None
        if cut := self.cuts.get(said["what"]):
            return Regularly(cut=cut, every=said["every"], on_day=on_day)
        return Regularly(said["what"], self.places[said["of"]], None, said["every"], on_day)
