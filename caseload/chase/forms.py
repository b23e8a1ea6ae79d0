"""What is asked on the pages of the chase: what somebody at a hub knows, what to do with an answer."""

from typing import Any

from django import forms

from caseload.chase.queries import answers, tips
from caseload.chase.told import Known
from neet import clock
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, offer
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


class NamesFilter(PlainForm):
    """Which list of names a hub looks through."""

    names = forms.ChoiceField(label="Which list", choices=LISTS, required=False)

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
