"""The filters beside the month's cases, a person's decision, the days of a stage, what the council is like."""

from typing import Any

from django import forms

from caseload.allocation.models import Case, CaseSettings, MonthRun, Stage
from caseload.allocation.queries.listing import GOING_ON, UNDECIDED
from caseload.allocation.rules import Planned
from caseload.allocation.statements import Council
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, offer
from schools.models import Authority, District, Membership, Service
from tracking.register.forms.editing import RecordForm
from tracking.rules.months import ReportingMonth

ANY = ("", "Any")
STATES = (
    (GOING_ON, "On the list"),
    (UNDECIDED, "To be decided"),
    (Case.State.MOVED_ON, "No longer NEET"),
    (Case.State.HANDED_BACK, "Handed back to tracking"),
    ("all", "All"),
)
STAGES = 7


class CaseFilter(PlainForm):
    """What the list of a month's cases may be narrowed to."""

    month = forms.ChoiceField(required=False, label="Month")
    service = forms.ChoiceField(required=False, label="Service")
    state = forms.ChoiceField(required=False, label="How it stands", choices=STATES, initial=GOING_ON)
    offer = forms.ChoiceField(required=False, label="Support", choices=[ANY, *Case.Offer.choices])
    worker = forms.ChoiceField(
        required=False, label="Worker", choices=[ANY, ("me", "Me"), ("none", "Nobody yet")]
    )
    district = forms.ChoiceField(required=False, label="District")
    reviewed = forms.ChoiceField(
        required=False, label="Reviewed this month", choices=[ANY, ("no", "Not yet"), ("yes", "Yes")]
    )
    late = forms.ChoiceField(
        required=False, label="Came onto the list", choices=[ANY, ("yes", "As an earlier notification")]
    )

    def __init__(self, data: Any, *, authority: Authority, months: list[MonthRun]) -> None:
        super().__init__(data)
        found = [ReportingMonth(run.month) for run in months]
        choices = {
            "month": [(each.slug, each.words) for each in found],
            "service": [ANY, *_pairs(Service.objects.filter(authority=authority))],
            "district": [ANY, *_pairs(District.objects.filter(authority=authority))],
        }
        for name, pairs in choices.items():
            offer(self, name, pairs)


class DecideForm(RecordForm):
    """Which service answers after all, how much support, and why."""

    service = forms.ModelChoiceField(
        queryset=Service.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        label="Which service answers for them?",
    )
    offer = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        label="How much support do they get?",
        choices=[("", "As the rules say"), *Case.Offer.choices],
    )
    why = forms.CharField(
        max_length=240,
        label="Why?",
        help_text="Everybody who works with them reads this.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter why"},
    )

    def __init__(self, *args: Any, authority_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "service", Service.objects.filter(authority=authority_id))


class StageForm(RecordForm):
    """Other days for a stage of one month."""

    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day")


class AssignForm(PlainForm):
    """To whom the ticked go."""

    give_to = forms.ChoiceField(label="Give the ticked to", required=False)

    def __init__(self, *args: Any, service: int | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found = {str(each.pk): each for each in workers_of(service)} if service else {}
        named = [(pk, each.name or each.email) for pk, each in self.found.items()]
        offer(self, "give_to", [("", "Nobody yet"), *named])

    @property
    def chosen(self) -> User | None:
        return self.found.get(self.cleaned_data["give_to"])


class CouncilForm(RecordForm):
    """What the council is like."""

    shape = forms.ChoiceField(
        widget=forms.RadioSelect,
        label="How does your council work with young people who are NEET?",
        choices=CaseSettings.Shape.choices,
    )
    default_service = forms.ModelChoiceField(
        queryset=Service.objects.none(),
        required=False,
        empty_label="A person decides",
        label="Who answers where no rule names a service?",
        help_text="With one service this is the service.",
    )
    warn_days = forms.IntegerField(
        min_value=1,
        max_value=60,
        label="Days of warning before support ends",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    referral_days = forms.IntegerField(
        min_value=1,
        max_value=60,
        label="Working days to answer a referral",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, authority: Authority, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "default_service", Service.objects.filter(authority=authority))

    def council(self, stages: list[Planned]) -> Council:
        return Council(**self.cleaned_data, stages=stages)


def _number(label: str, **limits: Any) -> forms.IntegerField:
    narrow = forms.TextInput(attrs={"class": "govuk-input--width-2"})
    return forms.IntegerField(label=label, required=False, widget=narrow, **limits)


class PlannedForm(PlainForm):
    """One stage of every month; without words there is none."""

    words = forms.CharField(
        label="Stage",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    first_working_day = _number("From working day", min_value=-23, max_value=23)
    last_working_day = _number("To working day", min_value=-23, max_value=23)
    every_months = _number("Every how many months", min_value=1, max_value=12)
    months_before = _number("Months before", min_value=0, max_value=2)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("words"):
            for name in ("first_working_day", "last_working_day"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, "Enter a working day, such as 1, or -1 for the last of the month")
        return said

    @property
    def planned(self) -> Planned | None:
        said = self.cleaned_data
        if not said.get("words"):
            return None
        return Planned(
            said["words"],
            said["first_working_day"],
            said["last_working_day"],
            said["every_months"] or 1,
            said["months_before"] or 0,
        )


PlannedFormSet = forms.formset_factory(PlannedForm, extra=0)


def stage_first(stage: Stage) -> dict[str, Any]:
    return {"starts_on": stage.starts_on, "ends_on": stage.ends_on}


def workers_of(service: int) -> list[User]:
    """Who works on cases in a service today."""
    roles = [slug for slug, role in ROLES.items() if Permission.CASE_WORK in role.permissions]
    held = Membership.objects.running(clock.today()).filter(service=service, role__in=roles)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk"))


def _pairs(rows: Any) -> list[tuple[str, str]]:
    return [(str(each.pk), str(each)) for each in rows]
