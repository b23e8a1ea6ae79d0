"""What a young person does, asked in words: what, where, since when, who told you and when did they know."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models.functions import Length

from neet import clock
from neet.ui.fields import DayField, Option
from schools.models import Establishment
from tracking.register.fields import changes
from tracking.register.forms.editing import RecordForm, coded, reason_field, source_field
from tracking.register.models import Activity
from tracking.register.rules.activities import Told, asks_for_a_place
from tracking.rules.codes import ActivityCode, Need, Status
from tracking.rules.ruleset import RuleSet

ELSEWHERE = "elsewhere"
WHICH = "Select the place, or that it is somewhere else"
PLACE = ("place", "place_asked", "establishment", "course")
LEAVING = ("Finished the course or contract", "Changed course or place", "Left before the end", "Asked to leave",
           "Health", "Moved away", "Another reason")  # fmt: skip


class ChooseActivity(RecordForm):
    """What are they doing? The most usual answers first, the rest by family."""

    code = forms.ChoiceField(
        widget=forms.RadioSelect(attrs={"data-small": True}),
        label="What are they doing?",
        error_messages={"required": "Select what they are doing"},
    )

    def __init__(
        self, *args: Any, rules: RuleSet, usual: Sequence[str], school_age: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = grouped(rules, usual, school_age)


def grouped(
    rules: RuleSet, usual: Sequence[str], school_age: bool
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The activity codes of the year as radio groups; school-age answers only for those of that age."""
    offered = [
        each for each in rules.activities.values() if school_age or each.status is not Status.COMPULSORY
    ]
    first = [each for code in usual for each in offered if each.code == code]
    families: dict[str, list[ActivityCode]] = {}
    for each in offered:
        if each.code not in usual:
            families.setdefault(each.family, []).append(each)
    groups = [("Most usual", coded(first))] if first else []
    return groups + [(family, coded(codes)) for family, codes in families.items()]


class ActivityDetails(RecordForm):
    """The questions that go with one answer: where, since when, until when, who told you and when they knew.

    What the code does not need is not asked. A place typed is matched to the schools and colleges known; where several
    fit, the form asks which (no script needed).
    """

    place = forms.CharField(
        required=False,
        max_length=160,
        label="Where?",
        help_text="The school, college, provider or employer. Part of the name or a DfE number will do.",
    )
    place_asked = forms.CharField(required=False, widget=forms.HiddenInput)
    establishment = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        label="Which of these?",
        error_messages={"invalid_choice": WHICH},
    )
    course = forms.CharField(required=False, max_length=160, label="Course or job (optional)")
    starts_on = DayField(label="Since when?", help_text="The day it started, or will start.")
    predicted_end_on = DayField(label="Until when is it expected to last?", required=False)
    review_on = DayField(label="When will you look at it again?", required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    source = source_field()
    told_on = DayField(
        label="When did they know?",
        help_text="The day it was known to be so: today if they told you today.",
        must="past or today",
    )

    def __init__(self, *args: Any, code: str, rules: RuleSet, roles: Collection[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.code, self.rules = code, rules
        self.label_days()
        if not asks_for_a_place(rules.activities[code]) or not changes(roles, "activity.establishment_name"):
            for name in PLACE:
                del self.fields[name]
        else:
            self.offer_places()

    def label_days(self) -> None:
        for name, need in (("predicted_end_on", Need.PREDICTED_END_DATE), ("review_on", Need.REVIEW_DATE)):
            if self.code in self.rules.needing(need):
                self.fields[name].required = True
            else:
                del self.fields[name]

    def offer_places(self) -> None:
        typed = self.value_of("place")
        found = matching(typed) if typed else []
        if not found:
            del self.fields["establishment"]
            return
        self.fields["establishment"].choices = [
            *((str(each.pk), Option(each.name, hint=each.town, small=each.number)) for each in found),
            (ELSEWHERE, f"Somewhere else: keep “{typed}” as I wrote it"),
        ]

    def value_of(self, name: str) -> str:
        """What the question holds at present, before anything is checked."""
        given = self.data.get(self.add_prefix(name)) if self.data else self.initial.get(name)
        return str(given or "").strip()

    @property
    def typed_place(self) -> str:
        return self.value_of("place")

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        if "establishment" in self.fields:
            self.settle_place(asked)
        return asked

    def settle_place(self, asked: dict[str, Any]) -> None:
        """One that is named in full is taken; otherwise the form asks, and asks again for another name."""
        typed = asked.get("place", "")
        chosen = asked.get("establishment", "")
        offered = [key for key, _ in self.fields["establishment"].choices if key != ELSEWHERE]
        named = [each for each in matching(typed) if each.name.casefold() == typed.casefold()]
        if chosen and self.value_of("place_asked") in ("", typed):
            return
        if len(named) == 1 and str(named[0].pk) in offered:
            asked["establishment"] = str(named[0].pk)
            return
        if "establishment" not in self.errors:
            self.add_error("establishment", WHICH)

    def told(self, *, ends_on: date | None = None) -> Told:
        """The answers as one statement."""
        asked = self.cleaned_data
        chosen = asked.get("establishment") or ELSEWHERE
        return Told(
            code=self.code,
            starts_on=asked["starts_on"],
            told_on=asked["told_on"],
            source=asked["source"],
            ends_on=ends_on,
            predicted_end_on=asked.get("predicted_end_on"),
            review_on=asked.get("review_on"),
            establishment_id=None if chosen == ELSEWHERE else int(chosen),
            place=asked.get("place", ""),
            course=asked.get("course", ""),
        )


def matching(typed: str) -> list[Establishment]:
    """Schools and colleges whose name or DfE number holds what was typed, open ones only; ten at most,
    the closest name first."""
    words = typed.split()
    found = Establishment.objects.filter(closed_on__isnull=True)
    if typed.isdecimal() and len(typed) >= 4:
        found = found.filter(number__startswith=typed)
    else:
        for word in words:
            found = found.filter(name__icontains=word)
    return list(found.order_by(Length("name"), "name")[:10]) if len(typed) >= 3 else []


class CorrectActivity(ActivityDetails):
    """The same questions over what is recorded, with the day it ended and why it is corrected."""

    asked_as = {"establishment_name": "place", "establishment_id": "establishment"}
    code = forms.ChoiceField(label="What were they doing?")
    ends_on = DayField(label="When did it end?", help_text="Leave empty if it goes on.", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    why = reason_field(
        "Why are you correcting it?", "Kept with the record and seen by whoever checks changes."
    )
    field_order = ["code", "place", "place_asked", "establishment", "course", "starts_on", "ends_on"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("source", "told_on", "seen"):
            del self.fields[name]
        self.fields["code"].choices = grouped(self.rules, (), school_age=True)

    def corrected(self, held: Activity) -> Told:
        self.cleaned_data |= {
            "source": held.source,
            "told_on": min(held.ascertained_on or clock.today(), clock.today()),
        }
        return self.told(ends_on=self.cleaned_data["ends_on"])


def as_recorded(held: Activity) -> Mapping[str, Any]:
    """An activity as the first answers of the form that corrects it."""
    names = ("code", "course", "starts_on", "ends_on", "predicted_end_on", "review_on", "version")
    shown = {name: getattr(held, name) for name in names}
    return {
        **shown,
        "place": held.establishment_name,
        "place_asked": held.establishment_name,
        "establishment": str(held.establishment_id or ELSEWHERE),
    }


class ConfirmActivity(RecordForm):
    """Somebody says that it goes on."""

    source = source_field()
    on = DayField(
        label="When did they know?", help_text="Today if they told you today.", must="past or today"
    )


class EndActivity(RecordForm):
    """When something ended, why, and whether anybody knows what follows."""

    ends_on = DayField(label="What was the last day?")
    reason = forms.ChoiceField(
        choices=[(words, words) for words in LEAVING], widget=forms.RadioSelect, label="Why did it end?"
    )
    then = forms.ChoiceField(
        choices=[
            ("unknown", Option("Nobody knows yet", hint="They are “not known” from the day after.")),
            ("known", Option("I know", hint="The next page asks what.")),
        ],
        widget=forms.RadioSelect,
        label="What are they doing now?",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawConfirmation(RecordForm):
    """Why a confirmation was a mistake."""

    why = reason_field("Why was it a mistake?")
