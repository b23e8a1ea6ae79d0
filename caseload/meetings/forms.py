"""What is typed about meetings."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms

from caseload.meetings.models import AgendaItem, Meeting, MeetingType
from caseload.meetings.queries.gaps import WantedGaps
from caseload.meetings.statements import Decided, GapTold, MeetingTold, Outsider, TypeTold
from neet.accounts.models import User
from neet.ui.fields import DayField, Option
from neet.ui.forms import PlainForm, offer
from schools.models import Authority, District, Service
from tracking.register.forms.seeking import choices_of
from tracking.rules.ruleset import RuleSet

SHORT = forms.TextInput(attrs={"class": "govuk-input--width-3"})
SCOPES = MeetingType.Scope.choices
ABOUT = [
    ("neet", Option("Young people who are NEET", hint="Its agenda is proposed from the month’s cases.")),
    ("ehcp", Option("Those of them with an EHC plan", hint="Proposed in the same way.")),
    ("nominated", Option("Only those who were named for it")),
    ("nobody", Option("No young people", hint="Plans and progress: nobody can be put on its agenda.")),
]


class AboutForm(PlainForm):
    """A form whose fields are the fields of one statement."""

    def kept(self, kind: Any) -> Any:
        return kind(**{name: self.cleaned_data[name] for name in kind.__dataclass_fields__})


class TypeForm(AboutForm):
    """A kind of meeting."""

    words = forms.CharField(label="What it is called", max_length=80)
    scope = forms.ChoiceField(label="Where is it held?", choices=SCOPES, widget=forms.RadioSelect)
    about = forms.ChoiceField(label="Who is it about?", choices=ABOUT, widget=forms.RadioSelect)
    service = forms.ModelChoiceField(
        Service.objects.none(), label="For which service? (optional)", required=False, empty_label="All of them",
        help_text="Its own cases only; for an EHC plan meeting, the service that prepares it.",
    )  # fmt: skip
    every_months = forms.IntegerField(
        label="Every how many months?", min_value=1, max_value=24, initial=1, widget=SHORT
    )
    months = forms.CharField(
        label="Only in these months (optional)", required=False, max_length=24,
        help_text="Numbers with commas. 9, 12, 3, 6 is September, December, March and June.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip
    working_day = forms.IntegerField(
        label="Usual working day of the month", min_value=-23, max_value=23, initial=-5, widget=SHORT,
        help_text="1 is the first. Below zero counts from the end: -1 is the last.",
    )  # fmt: skip
    minutes = forms.IntegerField(
        label="How long, in minutes?", min_value=15, max_value=480, initial=120, widget=SHORT
    )
    name_by_working_days = forms.IntegerField(
        label="Young people are named this many working days before", min_value=0, max_value=20, initial=5,
        widget=SHORT,
    )  # fmt: skip
    has_outsiders = forms.BooleanField(label="People from outside the council attend", required=False)

    def __init__(self, *args: Any, authority: Authority, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["service"].queryset = authority.services.order_by("name")

    def told(self) -> TypeTold:
        return self.kept(TypeTold)


class MeetingForm(PlainForm):
    """When and where, and who leads it."""

    held_on = DayField(label="Day")
    starts_at = forms.TimeField(
        label="Begins at", input_formats=["%H:%M", "%H.%M", "%I:%M%p", "%I%p"], required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
        help_text="For example 10:00. Nobody said: 10:00 is reckoned with.",
        error_messages={"invalid": "The time must be like 10:00"},
    )  # fmt: skip
    place = forms.CharField(label="Where (optional)", max_length=120, required=False)
    chair = forms.ModelChoiceField(
        User.objects.none(), label="Who leads it?", empty_label="Select a colleague"
    )

    def __init__(self, *args: Any, colleagues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chair"].queryset = colleagues

    def told(self, district: District | None) -> MeetingTold:
        return MeetingTold(district=district, **{name: self.cleaned_data[name] for name in
                           ("held_on", "starts_at", "place", "chair")})  # fmt: skip


class NewMeetingForm(MeetingForm):
    """A meeting outside the usual days."""

    type = forms.ModelChoiceField(
        MeetingType.objects.none(), label="Which meeting?", empty_label="Select one"
    )
    district = forms.ModelChoiceField(
        District.objects.none(), label="District", required=False, empty_label="Not in one district"
    )
    field_order = ("type", "district", "held_on", "starts_at", "place", "chair")

    def __init__(self, *args: Any, types: Any, districts: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["type"].queryset = types
        self.fields["district"].queryset = districts


class ColleagueForm(PlainForm):
    """Which colleague comes, and for which part."""

    user = forms.ModelChoiceField(User.objects.none(), label="Colleague", empty_label="Select a colleague")
    service = forms.ModelChoiceField(
        Service.objects.none(), label="For which part?", required=False, empty_label="The whole meeting"
    )

    def __init__(self, *args: Any, colleagues: Any, authority: Authority, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = colleagues
        self.fields["service"].queryset = authority.services.order_by("name")


class OutsiderForm(AboutForm):
    """Somebody from outside."""

    organisation = forms.CharField(label="Organisation", max_length=120)
    name = forms.CharField(label="Name (optional)", max_length=120, required=False)

    def told(self) -> Outsider:
        return self.kept(Outsider)


class DeputyForm(PlainForm):
    """Who comes instead."""

    user = forms.ModelChoiceField(
        User.objects.none(), label="Who comes instead?", empty_label="Select a colleague"
    )

    def __init__(self, *args: Any, colleagues: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = colleagues


class NameForm(PlainForm):
    """For which meeting somebody is named, and why."""

    meeting = forms.ChoiceField(label="Which meeting?", widget=forms.RadioSelect)
    why = forms.CharField(
        label="Why are they to be talked about?", max_length=240,
        help_text="Everybody at the meeting who works with them reads it.",
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["meeting"].choices = list(meetings)


class PartForm(PlainForm):
    """In whose part somebody is talked about."""

    service = forms.ModelChoiceField(
        Service.objects.none(),
        label="In whose part of the meeting?",
        required=False,
        empty_label="Everybody’s",
    )

    def __init__(self, *args: Any, authority: Authority, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["service"].queryset = authority.services.order_by("name")


class OutcomeForm(PlainForm):
    """The outcome in one line; `version` says what it was written over."""

    outcome = forms.CharField(label="Outcome, in one line", max_length=240, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, item: AgendaItem, outcome: str | None = None) -> "OutcomeForm":
        said = item.outcome if outcome is None else outcome
        return cls(initial={"outcome": said, "version": item.version})


class DecisionForm(PlainForm):
    """What is to be done, by whom, until when."""

    words = forms.CharField(label="Decided: what is to be done?", max_length=240)
    owner = forms.ChoiceField(label="By whom?")
    due_on = forms.ChoiceField(label="Until when?", required=False)

    def __init__(self, *args: Any, owners: list[tuple[str, str]], held_on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = [("", "Select who does it"), *owners]
        self.fields["due_on"].choices = due_days(held_on)
        self.fields["due_on"].initial = due_days(held_on)[0][0]

    def told(self) -> Decided:
        kind, _, number = self.cleaned_data["owner"].partition("-")
        due = self.cleaned_data["due_on"]
        return Decided(
            words=self.cleaned_data["words"],
            owner=User.objects.filter(pk=number).first() if kind == "user" else None,
            service=Service.objects.filter(pk=number).first() if kind == "service" else None,
            due_on=date.fromisoformat(due) if due else None,
        )


def due_days(held_on: date) -> list[tuple[str, str]]:
    weeks = ((2, "In two weeks"), (1, "In one week"), (4, "In four weeks"))
    return [
        *(((held_on + timedelta(weeks=number)).isoformat(), words) for number, words in weeks),
        ("", "No day set"),
    ]


class DecisionFilter(PlainForm):
    """Which decisions are listed."""

    state = forms.ChoiceField(
        label="How it stands", required=False, choices=[("open", "To do"), ("done", "Done"), ("all", "All")]
    )
    whose = forms.ChoiceField(label="Whose", required=False, choices=[("", "Anybody’s"), ("mine", "Mine")])


class GapForm(AboutForm):
    """Something young people wait for that is not there."""

    sector = forms.ChoiceField(label="What is missing?")
    level = forms.CharField(label="Level (optional)", max_length=40, required=False)
    area = forms.CharField(label="Where? (optional)", max_length=120, required=False)
    district = forms.ModelChoiceField(
        District.objects.none(), label="District (optional)", required=False, empty_label="No one district"
    )
    wanted_from = DayField(label="From when? (optional)", required=False)
    need = forms.CharField(
        label="What would it have to offer? (optional)", max_length=240, required=False,
        help_text="Nothing about any one young person.",
    )  # fmt: skip
    waiting = forms.IntegerField(
        label="How many young people wait for it?", min_value=1, max_value=9999, initial=1, widget=SHORT
    )

    def __init__(self, *args: Any, authority: Authority, rules: RuleSet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["district"].queryset = authority.districts.order_by("name")
        listed = choices_of(rules.sought_sectors.values())
        written = self.initial.get("sector", "")
        if (
            written and written not in rules.sought_sectors
        ):  # in words, before sectors were chosen from a list
            listed.insert(0, (written, written))
        offer(self, "sector", [("", "Choose"), *listed])

    def told(self) -> GapTold:
        return self.kept(GapTold)


class CloseGapForm(PlainForm):
    """What became of it."""

    how_closed = forms.CharField(label="What became of it?", max_length=240)


class GapFilter(PlainForm):
    """Which gaps are listed."""

    state = forms.ChoiceField(
        label="How it stands",
        required=False,
        choices=[("", "Missing now"), ("closed", "Closed"), ("all", "All")],
    )
    district = forms.ChoiceField(label="District", required=False)
    sector = forms.ChoiceField(label="What", required=False)

    def __init__(
        self, *args: Any, authority: Authority, sectors: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        districts = authority.districts.order_by("name").values_list("pk", "name")
        self.fields["district"].choices = [("", "Any"), *((str(pk), name) for pk, name in districts)]
        self.fields["sector"].choices = [("", "Any"), *sectors]

    def wanted(self) -> WantedGaps:
        self.is_valid()
        asked = self.cleaned_data
        district = asked.get("district")
        return WantedGaps(
            asked.get("state", ""), int(district) if district else None, asked.get("sector", "")
        )


def meeting_choices(meetings: Iterable[Meeting], words: Any) -> list[tuple[str, str]]:
    return [(str(each.ref), words(each)) for each in meetings]
