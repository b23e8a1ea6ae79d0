"""What is asked when somebody leaves: as little as the trackers need on the same day."""

from collections.abc import Sequence
from typing import Any

from django import forms

from neet import clock
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, offer
from returns.intake.layouts.joiners_leavers import reasons
from returns.leavers.queries.own import Own
from returns.leavers.statements import Leaving
from schools.models import Establishment
from tracking.models import YoungPerson
from tracking.rules.ruleset import RuleSet

OWN, PARENTS = "own", "parent"


class FindForm(PlainForm):
    """Whose name begins how, where a list of all would be long."""

    beginning = forms.CharField(
        label="Their last name begins with", max_length=60, required=False, strip=True
    )


class OneOfOursForm(PlainForm):
    """Something is said of one of one's own, who is chosen first."""

    person = forms.ChoiceField(
        label="Who is it?", help_text="By last name", error_messages={"required": "Select who it is"}
    )

    def __init__(self, *args: Any, own: Sequence[Own], **options: Any) -> None:
        super().__init__(*args, **options)
        self.own = {str(each.ref): each for each in own}
        offer(self, "person", [("", "Choose"), *_grouped(own)])

    def chosen(self) -> tuple[YoungPerson, Establishment]:
        """Who it is, and at which of their places."""
        own = self.own[self.cleaned_data["person"]]
        person = YoungPerson.objects.select_related("authority").get(pk=own.person_id)
        return person, Establishment.objects.get(pk=own.establishment_id)


class LeaverForm(OneOfOursForm):
    """One leaver: who, since when, why, and what is known of what comes next."""

    person = forms.ChoiceField(
        label="Who left?", help_text="By last name", error_messages={"required": "Select who left"}
    )
    last_day = DayField(label="Last day with you", must="past or today", initial=clock.today)
    reason = forms.ChoiceField(
        label="Why did they leave?", error_messages={"required": "Select why they left"}
    )
    doing = forms.ChoiceField(label="What do they do next?", required=False)
    where = forms.CharField(label="Where, if you know", max_length=160, required=False)
    plan = forms.CharField(label="Or what did they mean to do?", max_length=100, required=False)
    telephone = forms.CharField(
        label="A telephone number to reach them on, if you have one",
        max_length=30,
        required=False,
        widget=forms.TextInput({"type": "tel"}),
    )
    whose = forms.ChoiceField(
        label="Whose number is it?",
        widget=forms.RadioSelect,
        choices=[(OWN, "Their own"), (PARENTS, "A parent's or carer's")],
        required=False,
    )
    had_notice = forms.BooleanField(label="They were given the privacy notice", required=False)

    def __init__(self, *args: Any, rules: RuleSet, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "reason", [("", "Choose"), *reasons(rules).items()])
        offered = sorted(rules.answers_offered.values(), key=lambda each: (each.order, each.code))
        doing = {each.activity: each.plain_words for each in reversed(offered)}
        offer(self, "doing", [("", "We do not know"), *reversed(list(doing.items()))])

    def clean(self) -> dict[str, Any]:
        """A number says whose it is (R150), and is passed on only of whoever was told (R30)."""
        said = super().clean() or {}
        if said.get("telephone") and not said.get("whose"):
            self.add_error("whose", "Select whose number it is")
        if said.get("telephone") and not said.get("had_notice"):
            self.add_error("had_notice", "Tick that they had the privacy notice, or take the number away")
        return said

    def leaving(self) -> Leaving:
        """What was said, to be taken over."""
        said = self.cleaned_data
        person, establishment = self.chosen()
        return Leaving(
            person=person,
            establishment=establishment,
            last_day=said["last_day"],
            reason=said["reason"],
            doing=said["doing"],
            where=said["where"],
            plan=said["plan"],
            telephone=said["telephone"],
            is_parents=said["whose"] == PARENTS,
            had_notice=said["had_notice"],
        )


def _grouped(own: Sequence[Own]) -> list[tuple[str, Any]]:
    """By place, where they have several."""
    places = dict.fromkeys(each.place for each in own)
    if len(places) < 2:
        return [(str(each.ref), each.words) for each in own]
    return [(place, [(str(each.ref), each.words) for each in own if each.place == place]) for place in places]
