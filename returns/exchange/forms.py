"""What is typed about files that are put out."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import forms

from neet import clock
from neet.ui.fields import DayField, SeveralField
from neet.ui.forms import PlainForm, offer
from returns.calendar.models import Collection
from schools.models import Establishment

USUALLY = timedelta(days=28)
KINDS = Establishment.Kind.choices


def _in_four_weeks() -> Any:
    return clock.today() + USUALLY


class PutOutForm(PlainForm):
    """A file of the council's own for one, many or all establishments."""

    title = forms.CharField(
        label="What is it?", max_length=120, help_text="They read this in our message and on the page."
    )
    about = forms.CharField(
        label="What should they do with it? (optional)", max_length=300, required=False,
        help_text="Name no young person here.",
    )  # fmt: skip
    file = forms.FileField(
        label="The file",
        help_text="Excel, OpenDocument, CSV or PDF. The same file lies there for everybody you choose.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.pdf"}),
        error_messages={"required": "Select a file", "empty": "The selected file is empty"},
    )
    establishment = forms.ModelChoiceField(
        Establishment.objects.none(), label="For one school, college or provider", required=False,
        empty_label="Nobody alone",
    )  # fmt: skip
    kinds = SeveralField(
        label="Or for all of a kind", choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Those of our area that are open.",
    )  # fmt: skip
    ends_on = DayField(label="There until", must="today or later", initial=_in_four_weeks)

    def __init__(self, *args: Any, ours: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ours = ours
        self.fields["establishment"].queryset = ours

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("establishment") and not typed.get("kinds") and "establishment" not in self.errors:
            self.add_error("establishment", "Select whom it is for")
        return typed

    def chosen(self) -> list[Establishment]:
        """For whom it is."""
        one = self.cleaned_data["establishment"]
        many = list(self.ours.filter(kind__in=self.cleaned_data["kinds"]))
        return many if one is None or one in many else [one, *many]


class MakeForm(PlainForm):
    """Files to fill in, made for everybody whom a collection asks."""

    collection = forms.ModelChoiceField(
        Collection.objects.none(), label="For which return?", widget=forms.RadioSelect, empty_label=None
    )
    ends_on = DayField(label="There until", must="today or later", initial=_in_four_weeks)

    def __init__(self, *args: Any, running: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["collection"].queryset = running


class FeedbackForm(PlainForm):
    """What schools and colleges are told of those who left them."""

    kind = forms.ChoiceField(label="What are they told?", widget=forms.RadioSelect)
    ends_on = DayField(label="There until", must="today or later", initial=_in_four_weeks)

    def __init__(self, *args: Any, kinds: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", list(kinds.items()))


class WithdrawForm(PlainForm):
    """Why what was put out goes away again."""

    why = forms.CharField(label="Why?", max_length=200, help_text="This stays in the trail. Name nobody.")


class AnswerForm(PlainForm):
    """What a school or college says to a file."""

    words = forms.CharField(
        label="What should we know?", max_length=1000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Name no young person here: tell us of them under Returns.",
    )  # fmt: skip


class LinkForm(PlainForm):
    """For whom a link is made, and until when it works."""

    email = forms.EmailField(
        label="Send it to this e-mail address (optional)", required=False,
        help_text="Without one you see the link once and send it yourself.",
        error_messages={"invalid": "Enter an e-mail address like name@example.org"},
    )  # fmt: skip
    expires_on = DayField(label="It works until", must="today or later", initial=_in_four_weeks)


def ids_of(posted: Iterable[str]) -> list[str]:
    """The numbers ticked on a list that are numbers."""
    return [each for each in posted if each.isdecimal()]
