"""Which year, beside whom; and a file of published figures."""

from typing import Any

from django import forms

from neet.ui.forms import PlainForm

REGION = ("", "Authorities of the region")


class AgainstForm(PlainForm):
    """Whatever is not among the choices counts as not said."""

    year = forms.ChoiceField(required=False, label="Year")
    beside = forms.ChoiceField(required=False, label="Beside")

    def __init__(self, data: Any, *, years: list[int], sets: list[str]) -> None:
        super().__init__(data)
        self.fields["year"].choices = [(str(each), str(each)) for each in years]
        self.fields["beside"].choices = [REGION, *((each, each) for each in sets)]


class FileForm(PlainForm):
    """A file of published figures, or of neighbours."""

    file = forms.FileField(
        label="File (CSV)",
        help_text="The scorecard's underlying data, the series of the local authority interactive tool, or sets of "
        "neighbours with the columns set, la_code, neighbour and place.",
    )
