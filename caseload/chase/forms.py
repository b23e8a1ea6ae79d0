"""What is asked on the pages of the chase: what came of a call, what a hub knows, what to do with an answer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from caseload.chase.models import Attempt
from caseload.chase.queries import answers, tips
from caseload.chase.queries.ladder import OUR_PEOPLE, RungLine
from caseload.chase.queries.providers import WITHIN
from caseload.chase.queries.sharing import callers
from caseload.chase.rules.ranking import Kind
from caseload.chase.statements import Wanted
from caseload.chase.told import Known, Tried
from neet import clock
from neet.accounts.models import User
from neet.clock import LONDON
from neet.ui.fields import DayField, Option
from neet.ui.forms import PlainForm, offer
from neet.ui.words import day
from neet.working_days import working_days_after
from schools.models import District, Establishment, Service
from tracking.models import ContactPoint
from tracking.reference.queries import ruleset
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm, reason_field
from tracking.rules.codes import Status

ANY = ("", "Any")
LISTS = [
    (tips.NOT_KNOWN, "Nobody knows what they do"),
    (tips.SURVEY, "Activity survey of November"),
    (tips.GUARANTEE, "September Guarantee: no offer yet"),
]
ALIKE = [
    ANY,
    (answers.AS_RECORDED, "What is recorded already"),
    (answers.NEW, "Something else"),
    (answers.NOTHING_SAID, "Not what they do"),
]


WHOSE = [("", "Mine"), ("pool", "Nobody\u2019s yet"), ("all", "All I may see")]
KINDS = [
    ANY,
    (Kind.NOT_KNOWN, "Not known"),
    (Kind.LAPSING, "To be confirmed soon"),
    (Kind.NEET, "NEET, due to be spoken to"),
]
HOURS = (time(9), time(12), time(15), time(17), time(18, 30))
DAYS_AHEAD = 6
NUMBER, RUNG = "number", "rung"
STILL = "still"


class CallsFilter(PlainForm):
    """Whose calls, of which kind, where."""

    whose = forms.ChoiceField(label="Whose", choices=WHOSE, required=False)
    kind = forms.ChoiceField(label="Why they are called", choices=KINDS, required=False)
    district = forms.ModelChoiceField(District.objects.none(), required=False, empty_label="Any")
    tracked_by = forms.ModelChoiceField(
        Service.objects.none(), label="Tracked by", required=False, empty_label="Any service"
    )

    def __init__(self, data: Any, *, authority_ids: Iterable[int]) -> None:
        super().__init__(data)
        here = list(authority_ids)
        offer(self, "district", District.objects.filter(authority__in=here))
        offer(self, "tracked_by", Service.objects.filter(authority__in=here))

    def wanted(self) -> Wanted:
        asked = self.cleaned_data if self.is_valid() else {}
        place, service = asked.get("district"), asked.get("tracked_by")
        return Wanted(
            whose=asked.get("whose") or "mine",
            kind=asked.get("kind", ""),
            district=place.pk if place else None,
            service=service.pk if service else None,
        )


class CallForm(RecordForm):
    """Whom one tried and what came of it: a choice that stands already, and a button for each outcome."""

    who = forms.ChoiceField(
        label="Whom do you try?",
        widget=forms.RadioSelect(attrs={"data-small": True}),
        error_messages={"required": "Select whom you tried"},
    )
    channel = forms.ChoiceField(label="How", choices=Attempt.Channel, initial=Attempt.Channel.TELEPHONE)
    words = text("In one line (optional)", 240, required=False)
    again = forms.ChoiceField(label="When to try again (optional)", required=False)
    outcome = forms.ChoiceField(
        label="What came of it", error_messages={"required": "Select what came of it"}
    )
    asked_as = {"again_on": "again", "asked": "who"}

    def __init__(
        self, *args: Any, numbers: Sequence[ContactPoint], rungs: Sequence[RungLine], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.numbers = {f"{NUMBER}-{each.pk}": each for each in numbers}
        others = [each for each in rungs if each.code not in OUR_PEOPLE]
        offer(self, "who", [*self.people(), *((f"{RUNG}-{each.code}", each.words) for each in others)])
        offer(self, "again", [("", "As usual after this outcome"), *moments_ahead(clock.now())])
        outcomes = ruleset(clock.today()).contact_outcomes
        offer(self, "outcome", [*outcomes.items(), *((f"{code} {STILL}", code) for code in outcomes)])

    def people(self) -> list[tuple[str, Option]]:
        """The numbers and addresses on the record, each with whose it is."""
        return [
            (key, Option(each.value, hint=each.get_whose_display() + (f", {each.name}" if each.name else "")))
            for key, each in self.numbers.items()
        ]

    def tried(self) -> Tried:
        asked = self.cleaned_data
        number = self.numbers.get(asked["who"])
        return Tried(
            channel=asked["channel"],
            asked=number.whose if number else asked["who"].removeprefix(f"{RUNG}-"),
            outcome=asked["outcome"].split()[0],
            number=number.pk if number else None,
            words=asked["words"],
            again_at=datetime.fromisoformat(asked["again"]) if asked["again"] else None,
        )

    @property
    def says_still(self) -> bool:
        """Whether what is recorded still holds."""
        return self.cleaned_data["outcome"].endswith(f" {STILL}")


def moments_ahead(now: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """The hours of today that are to come, and those of the next working days, by day."""
    today = now.astimezone(LONDON).date()
    days = [today, *(working_days_after(today, number) for number in range(1, DAYS_AHEAD + 1))]
    found = []
    for each in dict.fromkeys(days):
        moments = [datetime.combine(each, hour, LONDON) for hour in HOURS]
        choices = [
            (at.isoformat(), hour_words(at, today)) for at in moments if at > now + timedelta(minutes=5)
        ]
        if choices:
            found.append(("Today" if each == today else f"{each:%A} {day(each)}", choices))
    return found


def hour_words(at: datetime, today: date) -> str:
    name = "Today" if at.date() == today else f"{at:%A}"
    return f"{name}, {at.hour % 12 or 12}{f':{at:%M}' if at.minute else ''}{'am' if at.hour < 12 else 'pm'}"


class NamesFilter(PlainForm):
    """Which list of names a hub looks through."""

    names = forms.ChoiceField(label="Which list", choices=LISTS, required=False)

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__({"names": tips.list_of_month(clock.today()), **data})

    def wanted(self) -> str:
        """The one chosen, else the month's own."""
        chosen = self.cleaned_data.get("names") if self.is_valid() else ""
        return chosen or tips.list_of_month(clock.today())


class KnownForm(RecordForm):
    """I know this young person: what they do, where, since what day I know it."""

    code = forms.ChoiceField(label="What do they do?", required=False)
    place = text("Where? (optional)", 160, required=False)
    on = DayField(label="When did you last know it to be so?", must="past or today")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "code", [("", "I know them, but not what they do"), *self.families()])
        self.fields["place"].help_text = "The school, college, employer, or where they can be found."

    def families(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The answers by family; of school age nobody on these lists is."""
        rules = ruleset(clock.today())
        found: dict[str, list[tuple[str, str]]] = {}
        for code, words in tips.may_be_said(rules).items():
            if rules.activities[code].status is not Status.COMPULSORY:
                found.setdefault(rules.activities[code].family, []).append((code, words))
        return list(found.items())

    def known(self) -> Known:
        asked = self.cleaned_data
        return Known(asked["code"], asked["place"], asked["on"])


class AnswersFilter(PlainForm):
    """Which answers to confirm."""

    channel = forms.ChoiceField(label="How it came", required=False)
    alike = forms.ChoiceField(label="It says", choices=ALIKE, required=False)

    def __init__(self, data: Any, *, channels: list[tuple[str, str]]) -> None:
        super().__init__(data)
        offer(self, "channel", [ANY, *channels])

    def wanted(self) -> answers.Wanted:
        asked = self.cleaned_data if self.is_valid() else {}
        return answers.Wanted(asked.get("channel", ""), asked.get("alike", ""))


class SetAsideForm(RecordForm):
    """Why an answer changes nothing."""

    why = reason_field("Why do you set it aside?", "It stays in the trail.")


class ProviderFilter(PlainForm):
    """Within how many days it is to be confirmed, and of which place."""

    days = forms.ChoiceField(
        label="To be confirmed",
        required=False,
        choices=[(str(each), f"Out of date, or within {each} days") for each in WITHIN],
    )
    school = forms.ModelChoiceField(
        Establishment.objects.none(), required=False, widget=forms.HiddenInput, label="Place"
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        offer(self, "school", Establishment.objects.all())

    def within(self) -> int:
        return int((self.cleaned_data.get("days") if self.is_valid() else "") or WITHIN[0])

    def place(self) -> Establishment | None:
        return self.cleaned_data.get("school") if self.is_valid() else None


class ShareForm(RecordForm):
    """Among whom calls are shared out, and which of them."""

    among = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Among whom?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one officer"},
    )
    which = forms.ChoiceField(
        label="Which calls?",
        choices=[("all", "All, evened out"), ("pool", "Those that are nobody\u2019s yet")],
        initial="all",
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label="Why they are called", choices=KINDS, required=False)
    district = forms.ModelChoiceField(District.objects.none(), required=False, empty_label="Any")

    def __init__(self, *args: Any, authority_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "among", callers(authority_id, clock.today()))
        offer(self, "district", District.objects.filter(authority=authority_id))

    def users(self) -> list[int]:
        return [each.pk for each in self.cleaned_data["among"]]

    def wanted(self) -> Wanted:
        asked = self.cleaned_data
        place = asked.get("district")
        return Wanted(whose=asked["which"], kind=asked["kind"], district=place.pk if place else None)


class GiveForm(RecordForm):
    """To whom some calls are given."""

    to = forms.ModelChoiceField(
        User.objects.none(),
        label="To whom?",
        empty_label="Select a colleague",
        error_messages={"required": "Select a colleague"},
    )
    asked_as = {"among": "to"}

    def __init__(self, *args: Any, authority_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "to", callers(authority_id, clock.today()))
