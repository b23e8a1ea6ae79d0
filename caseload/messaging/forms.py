"""A new list of messages, whom of it to show, how the council writes, and that somebody wants none."""

from typing import Any

from django import forms

from caseload.chase.models import Attempt
from caseload.messaging.models import MessageSettings
from caseload.messaging.queries.batches import SHOW, WantedLines, offered_audiences, wordings
from caseload.messaging.queries.choosing import DISTRICT, YEAR_GROUP
from caseload.messaging.rules import MOST, SAID_BY
from caseload.messaging.statements import Wanted
from neet import clock
from neet.accounts.models import User
from neet.ui.fields import Option
from neet.ui.forms import PlainForm, offer
from schools.models import Authority, District
from tracking.bulk.models import BulkChange
from tracking.register.forms.editing import RecordForm

YEARS = (11, 12, 13, 14)
ANYWHERE, ANY_YEAR = ("", "The whole council"), ("", "Every year group")


class NewForm(RecordForm):
    """Who gets which message, and at most how many."""

    audience = forms.ChoiceField(
        label="Who gets the message?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select who gets the message"},
    )
    district = forms.ChoiceField(label="Only who lives in", required=False)
    year_group = forms.ChoiceField(
        label="Only the year group",
        required=False,
        choices=[ANY_YEAR, *((str(year), f"Year {year}") for year in YEARS)],
    )
    wording = forms.ChoiceField(
        label="Which message?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select a message"},
    )
    most = forms.IntegerField(
        label="At most how many?",
        help_text="Those written to longest ago come first.",
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"required": "Enter how many at most"},
    )

    def __init__(self, *args: Any, authority: Authority, **options: Any) -> None:
        super().__init__(*args, **options)
        self.authority = authority
        districts = District.objects.filter(authority=authority).order_by("name")
        offer(self, "audience", [(name, Option(words)) for name, words in offered_audiences()])
        offer(self, "district", [ANYWHERE, *((str(each.pk), each.name) for each in districts)])
        offer(self, "wording", wording_choices(authority))

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        narrowed = {name: int(said[name]) for name in (DISTRICT, YEAR_GROUP) if said[name]}
        return Wanted(self.authority, said["wording"], said["audience"], narrowed, said["most"])


def wording_choices(authority: Authority) -> list[tuple[str, Option]]:
    """The messages of the day, each with its first words."""
    facts = {"first_name": "Ada", "council": authority.name, "telephone": authority.contact_telephone}
    found = wordings(authority, clock.today())
    return [
        (each.code, Option(each.plain_words, hint=each.said({**facts, "link": "(link)"})[1]))
        for each in found
    ]


class ToChosenForm(RecordForm):
    """Which message those chosen in the register get."""

    wording = forms.ChoiceField(
        label="Which message?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select a message"},
    )

    def __init__(self, *args: Any, change: BulkChange, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "wording", wording_choices(change.authority))

    def answers(self) -> dict[str, Any]:
        return {"wording": self.cleaned_data["wording"]}


class LinesFilter(PlainForm):
    """Whom of a batch to show."""

    show = forms.ChoiceField(label="Show", choices=SHOW, required=False)

    def wanted(self) -> WantedLines:
        return WantedLines(self.cleaned_data["show"] if self.is_valid() else "")


class SettingsForm(RecordForm):
    """How a council writes to many."""

    automatic = forms.ChoiceField(
        label="What happens by itself to those not known?",
        choices=[(key, Option(words)) for key, words in MessageSettings.Automatic.choices],
        widget=forms.RadioSelect,
    )
    wording = forms.ChoiceField(label="With which message?", widget=forms.RadioSelect)
    most = forms.IntegerField(
        label="At most how many a week?",
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )
    quiet_days = forms.IntegerField(
        label="For how many days does nobody get a second message?",
        help_text="Holds for every list.",
        min_value=1,
        max_value=90,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )

    def __init__(self, *args: Any, authority: Authority, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "wording", wording_choices(authority))

    def council(self) -> MessageSettings:
        return MessageSettings(**self.cleaned_data)


class NoMessagesForm(RecordForm):
    """They want no messages of one way, or none at all, and who said so."""

    channel = forms.ChoiceField(
        label="Which messages do they not want?",
        required=False,
        choices=[
            ("", Option("No messages at all", hint="Calls and letters go on")),
            (Attempt.Channel.TEXT, Option("No text messages")),
            (Attempt.Channel.EMAIL, Option("No e-mails")),
        ],
        widget=forms.RadioSelect,
        initial="",
    )
    said_by = forms.ChoiceField(
        label="Who said so?",
        choices=[(key, Option(words)) for key, words in SAID_BY],
        widget=forms.RadioSelect,
        error_messages={"required": "Select who said so"},
    )
