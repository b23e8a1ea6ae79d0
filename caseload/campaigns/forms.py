"""Opening a campaign, narrowing its list, sharing it out."""

from typing import Any

from django import forms

from caseload.campaigns.models import Campaign
from caseload.campaigns.queries import people
from caseload.campaigns.queries.people import Owned, Wanted, who_may_own
from caseload.campaigns.rules import WHY
from caseload.campaigns.statements import CampaignTold
from caseload.messaging.forms import wording_choices
from caseload.messaging.queries.choosing import NAMED
from caseload.messaging.rules import MOST
from caseload.messaging.statements import Wanted as MessageWanted
from neet import clock
from neet.accounts.models import User
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, offer
from schools.models import Authority, Service
from tracking.register.forms.editing import RecordForm
from tracking.rules.council_year import CampaignKind

# The name of this room's list among the audiences of messages.
AUDIENCE = "campaign"
STATES = [
    (people.TO_DO, "Still to contact"),
    (people.DONE, "Contacted"),
    (people.LEFT, "No longer on the list"),
    (people.EVERYBODY, "Everybody"),
]


class OpenForm(RecordForm):
    """Which campaign, between which days, whose it is."""

    kind = forms.ChoiceField(label="Which campaign?", widget=forms.Select)
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day", must="today or later")
    service = forms.ModelChoiceField(
        Service.objects.none(),
        required=False,
        label="Which service? (optional)",
        empty_label="No one service",
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), required=False, label="Who leads it? (optional)", empty_label="Nobody yet"
    )

    def __init__(self, *args: Any, authority: Authority, kinds: list[CampaignKind], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", [(each.code, each.words) for each in kinds])
        offer(self, "service", Service.objects.filter(authority=authority))
        may = who_may_own(authority.pk, clock.today())
        offer(self, "owner", User.objects.filter(may).order_by("name", "pk"))

    def told(self) -> CampaignTold:
        return CampaignTold(**self.cleaned_data)


class ListFilter(PlainForm):
    """Whom of the list."""

    state = forms.ChoiceField(label="Show", choices=STATES, required=False)
    owner = forms.ChoiceField(label="Whose", required=False)
    why = forms.ChoiceField(label="Why", required=False, choices=[("", "Any reason"), *WHY.items()])

    def __init__(self, data: Any, *, owned: tuple[Owned, ...]) -> None:
        super().__init__(data)
        named = [(str(each.owner_id), each.name) for each in owned if each.owner_id]
        offer(self, "owner", [("", "Anybody’s"), ("me", "Mine"), ("nobody", "Nobody’s yet"), *named])

    def wanted(self) -> Wanted:
        asked = self.cleaned_data if self.is_valid() else {}
        return Wanted(asked.get("state") or people.TO_DO, asked.get("owner", ""), asked.get("why", ""))


class ShareForm(RecordForm):
    """Among whom a list is shared."""

    owners = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Among whom?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one colleague"},
    )
    anew = forms.BooleanField(
        required=False,
        label="Also share those anew that somebody has already",
        help_text="Otherwise only those that nobody has yet.",
    )

    def __init__(self, *args: Any, campaign: Campaign, **options: Any) -> None:
        super().__init__(*args, **options)
        may = who_may_own(campaign.authority_id, clock.today())
        offer(self, "owners", User.objects.filter(may).order_by("name", "pk"))


class WriteForm(RecordForm):
    """Which message goes to those still to be contacted, and to at most how many."""

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

    def __init__(self, *args: Any, campaign: Campaign, **options: Any) -> None:
        super().__init__(*args, **options)
        self.campaign = campaign
        offer(self, "wording", wording_choices(campaign.authority))

    def wanted(self) -> MessageWanted:
        said, held = self.cleaned_data, self.campaign
        narrowed = {"campaign": held.pk, NAMED: held.words}
        cause = f"campaign {held.pk}"
        return MessageWanted(held.authority, said["wording"], AUDIENCE, narrowed, said["most"], cause)
