"""Which month is shown."""

from typing import Any

from django import forms

from neet.ui.forms import PlainForm, offer
from tracking.figures.models import Freeze
from tracking.rules.months import ReportingMonth


class MonthFilter(PlainForm):
    """One of the months that have tables; without one, the newest."""

    month = forms.ChoiceField(required=False)

    def __init__(self, data: Any, *, months: list[Freeze]) -> None:
        super().__init__(data)
        self.months = {ReportingMonth(each.month).slug: each for each in months}
        offer(self, "month", [(slug, ReportingMonth.read(slug).words) for slug in self.months])

    def wanted(self) -> Freeze | None:
        """The month asked for, the newest where none was; None where there is none of that name."""
        if not self.is_valid():
            return None
        newest = next(iter(self.months), "")
        return self.months.get(self.cleaned_data["month"] or newest)
