"""Proposing a move, asking for a record, answering, accepting, and asking other councils."""

from collections.abc import Iterable
from typing import Any

from django import forms

from neet import clock
from neet.ui.fields import DayField, Option
from neet.ui.forms import PlainForm
from neet.ui.words import day
from schools.models import Authority
from tracking.moves.models import Evidence
from tracking.moves.queries.likely import Likely
from tracking.moves.queries.seen import IN, LATE, OUT, SETTLED, TO_ANSWER, Wish
from tracking.moves.statements import Moving, Named, Wanted
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm, coded
from tracking.rules.moves import OPEN, Deed
from tracking.rules.ruleset import RuleSet

ANEW = "new"


def words_field(label: str, *, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(
        max_length=240,
        label=label,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MovingForm(RecordForm):
    """Which council, since when, and how it is known."""

    la = forms.ChoiceField(
        label="Which council?", error_messages={"required": "Select the council"}, choices=[]
    )
    on = DayField(label="When did they move?", must="past or today", today=clock.today)
    evidence = forms.ChoiceField(label="How do you know?", choices=Evidence.choices, widget=forms.RadioSelect)
    words = words_field("What else should they know?", required=False)

    def __init__(self, *args: Any, rules: RuleSet, own: str, **options: Any) -> None:
        super().__init__(*args, **options)
        here = dict(Authority.objects.exclude(code=own).values_list("code", "name"))
        areas = sorted(
            (rules.areas[code] for code in rules.authorities if code != own and code not in here),
            key=lambda area: area.plain_words,
        )
        self.fields["la"].choices = [
            ("", "Select a council"),
            (
                "They keep their register here",
                [(code, name) for code, name in sorted(here.items(), key=_name)],
            ),
            ("Other councils", coded(areas)),
        ]

    def moving(self) -> Moving:
        asked = self.cleaned_data
        return Moving(asked["la"], asked["on"], asked["evidence"], asked["words"])


def _name(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[1], pair[0]


class AskForm(MovingForm):
    """A record another council has: which council, and the number there."""

    number = text("Their CCIS number there", 13, required=True, hint="13 digits, as that council told you.")
    field_order = ["la", "number", "on", "evidence", "words"]

    def named(self) -> Named:
        return Named(self.cleaned_data["number"].strip(), self.cleaned_data.get("born_on"))


class AskByNumberForm(AskForm):
    """The same of somebody who is not on our register."""

    born_on = DayField(label="Date of birth", must="past", today=clock.today)
    field_order = ["la", "number", "born_on", "on", "evidence", "words"]


DEED_QUESTIONS = {
    Deed.QUERY: "What do you want to know?",
    Deed.ANSWER: "What is your answer?",
    Deed.REFUSE: "Why do you refuse?",
    Deed.TAKE_BACK: "Why do you take it back?",
}


class SayForm(RecordForm):
    """What one council tells the other."""

    words = words_field("What do you say?", hint="The other council reads it. Do not name anybody else.")

    def __init__(self, *args: Any, deed: Deed, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].label = DEED_QUESTIONS[deed]


class ReplyForm(RecordForm):
    """What a council elsewhere answered, by telephone or by letter."""

    on = DayField(label="From which day do they count them?", must="past or today", today=clock.today)
    words = words_field("Who said so, and how?")


class CameForm(RecordForm):
    """A record asked of a council elsewhere has come."""

    words = words_field("Who sent it, and how?")


class AcceptForm(RecordForm):
    """Whether they stand on our register already."""

    existing = forms.ChoiceField(label="Are they on your register already?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, likely: Iterable[Likely], **options: Any) -> None:
        super().__init__(*args, **options)
        found = list(likely)
        choices = [
            (str(each.person.pk), Option(f"Yes: {each.person.full_name}", hint=_who(each))) for each in found
        ]
        anew = "No, add them" if found else "Add them: nobody on your register resembles them"
        self.fields["existing"].choices = [*choices, (ANEW, anew)]
        sure = [each for each in found if each.is_sure]
        self.fields["existing"].initial = str(sure[0].person.pk) if sure else "" if found else ANEW

    def chosen(self) -> int | None:
        asked = self.cleaned_data["existing"]
        return None if asked == ANEW else int(asked)


def _who(each: Likely) -> str:
    person = each.person
    born = f"born on {day(person.date_of_birth)}" if person.date_of_birth else "no date of birth"
    return f"{born}, CCIS number {person.young_person_id}"


class MovesFilter(PlainForm):
    """Which way, and how they stand."""

    way = forms.ChoiceField(
        label="Which way", required=False, choices=[("", "Both"), (OUT, "Away from us"), (IN, "To us")]
    )
    state = forms.ChoiceField(
        label="How they stand",
        required=False,
        choices=[
            ("", "Open"),
            (TO_ANSWER, "Wait for us"),
            (LATE, "Late"),
            *((state.value, state.words) for state in OPEN),
            (SETTLED, "Settled"),
        ],
    )

    def wish(self) -> Wish:
        asked = self.cleaned_data if self.is_valid() else {}
        return Wish(asked.get("way", ""), asked.get("state", ""))


class NewcomersForm(RecordForm):
    """Since when somebody is new."""

    since = DayField(label="New on our register since", must="past or today", today=clock.today)


class OtherCouncilsForm(RecordForm):
    """Somebody's whole name and date of birth, and why one asks."""

    given_name = text("First name", 100, required=True)
    family_name = text("Last name", 100, required=True)
    born_on = DayField(label="Date of birth", must="past", today=clock.today)
    upn = text("UPN", 13, hint="If you have it.")
    uln = text("ULN", 10, hint="If you have it.")
    postcode = text("Postcode, now or before", 8, hint="If you have it.")
    why = words_field("Why do you ask?", hint="The council that knows them reads it.")

    def wanted(self) -> Wanted:
        return Wanted(**self.cleaned_data)


class OfferForm(RecordForm):
    """To which council an agreement is offered."""

    other = forms.ModelChoiceField(
        Authority.objects.none(),
        label="Which council?",
        empty_label="Select a council",
        error_messages={"required": "Select a council"},
    )
