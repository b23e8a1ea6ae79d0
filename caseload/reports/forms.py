"""Choosing a report: which, of which month, of whom."""

from collections.abc import Sequence
from typing import Any

from django import forms

from caseload.reports.catalogue import REPORTS
from caseload.reports.queries.places import Whom
from caseload.reports.statements import Wanted
from neet.ui.forms import PlainForm, offer
from schools.models import Authority
from tracking.rules.months import ReportingMonth


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
    ) -> None:
        super().__init__(data)
        self.authority, self.places = authority, {each.slug: each for each in places}
        running = [(each.slug, f"{each.words}, so far") for each in months[:1]]
        offer(self, "report", [(each.slug, each.words) for each in REPORTS.values()])
        offer(self, "month", [*((each.slug, each.words) for each in months[1:]), *running])
        offer(self, "of", [(each.slug, each.words) for each in places])

    def wanted(self) -> Wanted:
        """What was chosen, once it is valid."""
        said = self.cleaned_data
        month, whom = ReportingMonth.read(said["month"]), self.places[said["of"]]
        return Wanted(REPORTS[said["report"]], self.authority, month, whom)
