"""What somebody seeks, what keeps them from it and what was agreed, as questions."""

from collections.abc import Iterable
from typing import Any

from django import forms

from neet import clock
from neet.ui.fields import DayField, Option, SeveralField
from neet.ui.forms import offer
from schools.models import District
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm
from tracking.register.models import Seeking
from tracking.register.statements import SeekingSaid
from tracking.rules.ruleset import RuleSet
from tracking.rules.seeking import Listed

NOT_SAID = ("", "Not said")


def choices_of(rows: Iterable[Listed]) -> list[tuple[str, str]]:
    """A dated list in its order."""
    return [(each.code, each.words) for each in sorted(rows, key=lambda each: (each.order, each.code))]


class SeekingForm(RecordForm):
    """What they said, asked in one go; the page of the record and those of calls and reviews ask the same."""

    sector = forms.ChoiceField(required=False, label="What are they looking for?")
    level = forms.ChoiceField(required=False, label="At which level?")
    district = forms.ModelChoiceField(
        District.objects.none(), required=False, label="Where would they go?", empty_label="Anywhere"
    )
    starts_from = DayField(label="Could start from (optional)", required=False)
    barriers = SeveralField(
        required=False,
        label="What keeps them from it?",
        widget=forms.CheckboxSelectMultiple(attrs={"data-small": True}),
    )
    agreed = text("What was agreed? (optional)", 240, hint="The next thing they or we do, in one line.")
    said_on = DayField(label="When did they say so?", must="past or today")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, rules: RuleSet, authority_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "sector", [NOT_SAID, *choices_of(rules.sought_sectors.values())])
        offer(self, "level", [NOT_SAID, *choices_of(rules.sought_levels.values())])
        barriers = choices_of(rules.barriers.values())
        offer(self, "barriers", [(code, Option(words)) for code, words in barriers])
        offer(self, "district", District.objects.filter(authority=authority_id))

    def told(self) -> SeekingSaid:
        asked = self.cleaned_data
        return SeekingSaid(
            sector=asked["sector"],
            level=asked["level"],
            district=asked["district"],
            starts_from=asked["starts_from"],
            barriers=tuple(asked["barriers"]),
            agreed=asked["agreed"],
            said_on=asked["said_on"],
        )


def first_answers(held: Seeking | None) -> dict[str, Any]:
    """What the questions show when they are opened: what was said last, as said today."""
    shown = {"said_on": clock.today()}
    if held is None:
        return shown
    names = ("sector", "level", "district", "starts_from", "barriers", "agreed", "version")
    return shown | {name: getattr(held, name) for name in names}
