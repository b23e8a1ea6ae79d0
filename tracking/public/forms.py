"""What is typed about public figures."""

from datetime import timedelta
from typing import Any

from django import forms

from neet import clock
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, offer
from tracking.figures.models import Freeze
from tracking.public.models import PublicFigures
from tracking.rules.months import ReportingMonth

A_YEAR = timedelta(days=365)
WHY = forms.Textarea(attrs={"rows": 3})


class ProposeForm(PlainForm):
    """Which month is put forward."""

    month = forms.ChoiceField(label="Month")

    def __init__(self, data: Any = None, *, months: list[Freeze]) -> None:
        super().__init__(data)
        self.months = {str(each.pk): each for each in months}
        offer(self, "month", [(key, ReportingMonth(each.month).words) for key, each in self.months.items()])

    def freeze(self) -> Freeze:
        """The month chosen, once it is valid."""
        return self.months[self.cleaned_data["month"]]


class SignForm(PlainForm):
    """That the files were looked at; of one's own work, why nobody else does it."""

    seen = forms.BooleanField(label="I have looked at the tables and the files")
    why = forms.CharField(label="Why do you sign off your own work?", max_length=240, widget=WHY)

    def __init__(self, data: Any = None, *, own_work: bool) -> None:
        super().__init__(data)
        self.fields["seen"].error_messages["required"] = (
            "Look at the tables and the files before you sign off"
        )
        if not own_work:
            del self.fields["why"]


class WithdrawReleaseForm(PlainForm):
    """Why a month is taken back."""

    why = forms.CharField(
        label="Why is it taken back?",
        max_length=240,
        widget=WHY,
        help_text="This stays in the trail. Name nobody.",
    )


class OpenForm(PlainForm):
    """To whom public months are open."""

    open_to = forms.ChoiceField(
        label="Who sees months that are signed off?",
        choices=PublicFigures.OpenTo.choices,
        widget=forms.RadioSelect,
    )
    needs_other = forms.BooleanField(
        required=False,
        label="Somebody else signs off, not whoever put the month forward",
        help_text="Leave this empty only where one person does all of it; they then say why each time.",
    )


def _in_a_year() -> Any:
    return clock.today() + A_YEAR


class ReaderForm(PlainForm):
    """Somebody who may read without an account."""

    name = forms.CharField(label="Name and organisation", max_length=120)
    email = forms.EmailField(
        label="E-mail address", help_text="Their link goes here. It shows what is public and nothing else.",
        error_messages={"invalid": "Enter an e-mail address like name@example.org"},
    )  # fmt: skip
    until_on = DayField(label="The link works until", must="today or later", initial=_in_a_year)
