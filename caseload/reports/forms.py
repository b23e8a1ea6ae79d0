"""Choosing a report: which, of which month, of whom; and putting sheets out for schools."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from caseload.reports.catalogue import REPORTS
from caseload.reports.queries.places import Whom
from caseload.reports.statements import Wanted
from neet import clock
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, offer
from schools.models import Authority
from tracking.rules.months import ReportingMonth

LIES_FOR = timedelta(days=56)


class ReportForm(PlainForm):
    """Only what there is, and what this person may have, can be chosen."""

    report = forms.ChoiceField(label="Report")
    month = forms.ChoiceField(label="Month")
    of = forms.ChoiceField(label="Of whom")

    def __init__(
        self,
        data: Any = None,
        *,
        authority: Authority,
        months: Sequence[ReportingMonth],
        places: Sequence[Whom],
        of_schools: bool = False,
    ) -> None:
        super().__init__(data, prefix=None, auto_id="school_%s" if of_schools else "id_%s")
        self.authority, self.places = authority, {each.slug: each for each in places}
        running = [(each.slug, f"{each.words}, so far") for each in months[:1]]
        found = [(each.slug, each.words) for each in REPORTS.values() if each.of_a_school == of_schools]
        offer(self, "report", found)
        offer(self, "month", [*((each.slug, each.words) for each in months[1:]), *running])
        offer(self, "of", [(each.slug, each.words) for each in places])
        if of_schools:
            self.fields["of"].label = "School or college"
            self.fields["report"].widget = forms.HiddenInput()
            self.initial["report"] = found[0][0]

    def wanted(self) -> Wanted:
        """What was chosen, once it is valid."""
        said = self.cleaned_data
        month, whom = ReportingMonth.read(said["month"]), self.places[said["of"]]
        return Wanted(REPORTS[said["report"]], self.authority, month, whom)


def _in_eight_weeks() -> date:
    return clock.today() + LIES_FOR


class SheetsForm(PlainForm):
    """Of which month sheets are put out for schools, and until when they lie there."""

    of_month = forms.ChoiceField(label="Month")
    ends_on = DayField(label="There until", must="today or later", initial=_in_eight_weeks)

    def __init__(self, data: Any = None, *, months: Sequence[ReportingMonth]) -> None:
        super().__init__(data)
        offer(self, "of_month", [(each.slug, each.words) for each in months])
        if len(months) == 1:
            self.fields["of_month"].widget = forms.HiddenInput()
            self.initial["of_month"] = months[0].slug

    def month(self) -> ReportingMonth:
        """The month, once it is valid."""
        return ReportingMonth.read(self.cleaned_data["of_month"])
