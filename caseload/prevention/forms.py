"""The filters beside the at-risk list, entering one and many, and what happens to the ticked."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from caseload.prevention.models import AtRisk
from caseload.prevention.queries.listing import ALL, ENDED, ME, NOBODY, OPEN, Wanted
from caseload.prevention.queries.people import schools_of, workers_of
from caseload.prevention.queries.reasons import Wording
from caseload.prevention.queries.schools import LeavingYear
from caseload.prevention.statements import FocusTold, RiskTold, StepTold
from neet.accounts.models import User
from neet.ui.fields import DayField, SeveralField
from neet.ui.forms import PlainForm, offer
from schools.models import Authority, District, Establishment, Service
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm
from tracking.register.queries.standing import SHORT

ANY = ("", "Any")
NUMBERS = ("year", "district", "school", "service")
# What only points say is entered from the list of points.
SAID_BY = [each for each in AtRisk.SaidBy.choices if each[0] != AtRisk.SaidBy.POINTS]
ENDINGS = [each for each in AtRisk.Ended.choices if each[0] != AtRisk.Ended.HANDED_OVER]
MOST_NUMBERS = 500
LENGTHS = (10, 20, 30, 50, 100, 200, 500)
USUAL_LENGTH, USUAL_WITHIN = 50, 6
USUAL = {"length": USUAL_LENGTH, "within": USUAL_WITHIN}


class RiskFilter(PlainForm):
    """What the list may be narrowed to by this reader: of reasons those they are told."""

    state = forms.ChoiceField(
        required=False,
        label="Which",
        choices=[(OPEN, "At risk now"), (ENDED, "Not any more"), (ALL, "Now or before")],
        initial=OPEN,
    )
    year = forms.ChoiceField(
        required=False,
        label="Year group",
        choices=[ANY, *((str(each), f"Year {each}") for each in range(9, 14))],
    )
    school = forms.ChoiceField(required=False, label="School or college")
    district = forms.ChoiceField(required=False)
    service = forms.ChoiceField(required=False)
    worker = forms.ChoiceField(required=False, choices=[ANY, (ME, "Me"), (NOBODY, "Nobody yet")])
    reason = forms.ChoiceField(required=False)
    said_by = forms.ChoiceField(required=False, label="Who said so", choices=[ANY, *AtRisk.SaidBy.choices])
    status = forms.ChoiceField(
        required=False, label="Now", choices=[ANY, *((each.value, words) for each, words in SHORT.items())]
    )

    def __init__(self, data: Any, *, user: User, authority: Authority, on: date) -> None:
        super().__init__(data)
        choices = {
            "school": _pairs(schools_of(authority)),
            "district": _pairs(District.objects.filter(authority=authority)),
            "service": _pairs(Service.objects.filter(authority=authority)),
            "reason": Wording(user, on).offered(),
        }
        for name, found in choices.items():
            offer(self, name, [ANY, *found])

    def wanted(self, without_offer: bool = False) -> Wanted:
        """What was chosen; whatever is not among the choices counts as not said."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        chosen = {name: int(value) if name in NUMBERS else value for name, value in said.items()}
        return Wanted(**chosen, offer="none" if without_offer else "")


def _pairs(rows: Any) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


class WhoForm(RecordForm):
    """Who looks after somebody: a service, a worker, or both."""

    service = forms.ModelChoiceField(
        Service.objects.none(),
        required=False,
        label="Which service supports them? (optional)",
        empty_label="None yet",
    )
    worker = forms.ModelChoiceField(
        User.objects.none(), required=False, label="Which worker? (optional)", empty_label="Nobody yet"
    )

    def __init__(self, *args: Any, authority: Authority, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "service", Service.objects.filter(authority=authority))
        offer(self, "worker", workers_of(authority))


class RiskForm(WhoForm):
    """Who said it, why, in one line; what the register knows by itself need not be ticked."""

    said_by = forms.ChoiceField(
        label="Who said so?", choices=SAID_BY, widget=forms.RadioSelect, initial="service"
    )
    establishment = forms.ModelChoiceField(
        Establishment.objects.none(),
        required=False,
        label="School or college (optional)",
        empty_label="None",
        help_text="The one that said so, or where they are.",
    )
    reasons = SeveralField(
        required=False,
        label="Why?",
        widget=forms.CheckboxSelectMultiple,
        help_text="What the register knows by itself, such as an EHC plan, need not be ticked.",
    )
    words = text("In one line (optional)", 240, hint="Everybody who works with them reads this line.")
    field_order = ["said_by", "establishment", "reasons", "words", "service", "worker"]

    def __init__(
        self, *args: Any, authority: Authority, wording: Wording, entry: AtRisk | None = None, **options: Any
    ) -> None:
        super().__init__(*args, authority=authority, **options)
        self.entry = entry
        offer(self, "establishment", schools_of(authority))
        said = dict(wording.offered(said_only=True))
        for code in entry.reasons if entry else ():
            if code not in said and wording.told(code):
                said[code] = wording.of([code]).words[0].capitalize()
        offer(self, "reasons", list(said.items()))
        if entry:
            del self.fields["said_by"], self.fields["establishment"]

    def told(self) -> RiskTold:
        """What was said. Reasons this reader is not told stay as they are."""
        asked = self.cleaned_data
        shown = dict(self.fields["reasons"].choices)
        kept = [code for code in self.entry.reasons if code not in shown] if self.entry else []
        return RiskTold(
            said_by=self.entry.said_by if self.entry else asked["said_by"],
            reasons=(*asked["reasons"], *kept),
            words=asked["words"],
            establishment=self.entry.establishment if self.entry else asked["establishment"],
            service=asked["service"],
            worker=asked["worker"],
        )


class NumbersForm(PlainForm):
    """Many at once, by the numbers a list from elsewhere gives."""

    said_by = forms.ChoiceField(
        label="Who said so?", choices=SAID_BY, widget=forms.RadioSelect, initial="service"
    )
    reasons = SeveralField(
        required=False, label="What holds for all of them? (optional)", widget=forms.CheckboxSelectMultiple
    )
    numbers = forms.CharField(
        label="Their numbers, one on each line",
        help_text=f"UPNs or CCIS numbers, at most {MOST_NUMBERS}. What else stands on a line is left out.",
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter at least one number"},
    )

    def __init__(self, *args: Any, wording: Wording, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "reasons", wording.offered(said_only=True))

    def clean_numbers(self) -> list[str]:
        """The first word of each line, each once."""
        lines = [
            line.replace(",", " ").replace(";", " ").split()
            for line in self.cleaned_data["numbers"].splitlines()
        ]
        found = list(dict.fromkeys(line[0].upper() for line in lines if line))
        if len(found) > MOST_NUMBERS:
            raise forms.ValidationError(f"Enter at most {MOST_NUMBERS} numbers at once")
        return found

    def refuse(self, unknown: Iterable[str]) -> None:
        """Say which numbers nobody has whom this reader sees."""
        named = list(unknown)
        more = f" and {len(named) - 5} more" if len(named) > 5 else ""
        self.add_error(
            "numbers",
            f"Nobody you work with has the number {', '.join(named[:5])}{more}. Mend or take out these lines.",
        )


class EndForm(RecordForm):
    """How it ended."""

    ended = forms.ChoiceField(
        label="Why are they not at risk any more?",
        choices=ENDINGS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it ended"},
    )


class HandOverForm(RecordForm):
    """Which service leads for them from today."""

    service = forms.ModelChoiceField(
        Service.objects.none(),
        label="Which service leads for them from today?",
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="They leave the at-risk list and stand in that service’s care.",
        error_messages={"required": "Select a service"},
    )

    def __init__(self, *args: Any, authority: Authority, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "service", Service.objects.filter(authority=authority))


class LengthFilter(PlainForm):
    """How many a team can look after."""

    length = forms.TypedChoiceField(
        required=False,
        label="How many can your team look after?",
        choices=[(each, f"{each:,}") for each in LENGTHS],
        coerce=int,
        empty_value=USUAL_LENGTH,
        initial=USUAL_LENGTH,
    )

    def __init__(self, data: Any) -> None:
        """What was not said stands as it is usual, so that the page shows what it counts by."""
        super().__init__({**USUAL, **data.dict()})

    def length_asked(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("length") or USUAL_LENGTH


class TestFilter(LengthFilter):
    """How long a list, and how much later it is judged."""

    within = forms.TypedChoiceField(
        required=False,
        label="Judged after",
        choices=[(6, "6 months"), (12, "12 months")],
        coerce=int,
        empty_value=USUAL_WITHIN,
        initial=USUAL_WITHIN,
    )

    def within_asked(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("within") or USUAL_WITHIN


class SchoolsFilter(PlainForm):
    """Whose leavers are counted."""

    years = SeveralField(
        required=False, label="Left Year 11 in", widget=forms.CheckboxSelectMultiple(attrs={"class": "small"})
    )

    def __init__(self, data: Any, *, years: Iterable[LeavingYear]) -> None:
        super().__init__(data)
        self.offered = tuple(years)
        offer(self, "years", [(str(each.year), each.words) for each in self.offered])

    def chosen_years(self) -> tuple[LeavingYear, ...]:
        """Those ticked; all there are where none is."""
        self.is_valid()
        ticked = set(self.cleaned_data.get("years") or ())
        return tuple(each for each in self.offered if not ticked or str(each.year) in ticked)


class FocusForm(RecordForm):
    """Who works with the school, what is agreed, when it was last looked at."""

    officer = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Who works with the school? (optional)",
        empty_label="Nobody yet",
    )
    words = text("What is agreed with the school (optional)", 400)
    reviewed_on = DayField(label="Last looked at together (optional)", must="past or today", required=False)

    def __init__(self, *args: Any, authority: Authority, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "officer", workers_of(authority))

    def told(self) -> FocusTold:
        return FocusTold(**self.cleaned_data)


class StepForm(RecordForm):
    """One step of the school's plan."""

    words = text("What is to be done?", 160, required=True)
    owner = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="By whom? (optional)",
        empty_label="Who works with the school",
    )
    due_on = DayField(label="By when? (optional)", must="today or later", required=False)

    def __init__(self, *args: Any, authority: Authority, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", workers_of(authority))

    def told(self) -> StepTold:
        return StepTold(**self.cleaned_data)


class StepDoneForm(RecordForm):
    """What came of a step."""

    outcome = text("What came of it? (optional)", 240)
