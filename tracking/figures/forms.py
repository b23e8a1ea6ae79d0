"""What the figures are asked for: a month, and what they are narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from neet.ui.forms import PlainForm, offer
from schools.models import Authority, District, Establishment, Service
from tracking.figures.models import Freeze, MonthTally
from tracking.figures.queries.reach import EVERYBODY, Reach
from tracking.figures.queries.scorecard import NEEDS, VULNERABLE, WORDS, key_of, slug_of
from tracking.figures.queries.tallies import COLUMNS, WARD, Chosen
from tracking.figures.queries.tried import CODES
from tracking.figures.queries.wards import names_of
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP
from tracking.rules.forecast import WhatIf
from tracking.rules.groups import NamedGroup
from tracking.rules.months import ReportingMonth

ANY = ("", "Everybody")
COMPARED_FIRST = "district"


@dataclass(frozen=True)
class Wanted:
    """A month (None: the one in progress), what it is narrowed to, by what it is compared."""

    month: ReportingMonth | None
    chosen: Chosen
    by: str


class FiguresFilter(PlainForm):
    """Whatever is not among the choices counts as not said; a program is told so instead."""

    month = forms.ChoiceField(required=False)
    by = forms.ChoiceField(
        required=False,
        label="Compare by",
        choices=[
            (name, WORDS[name])
            for name in (COMPARED_FIRST, *(each for each in WORDS if each != COMPARED_FIRST))
        ],
    )
    year = forms.ChoiceField(required=False, label=WORDS["year"])
    district = forms.ChoiceField(required=False, label=WORDS["district"])
    school = forms.ChoiceField(required=False, label="School or college, now or last")
    service = forms.ChoiceField(required=False, label=WORDS["service"])
    need = forms.ChoiceField(required=False, label=WORDS["need"])
    vulnerable = forms.ChoiceField(required=False, label=WORDS["vulnerable"])
    gender = forms.ChoiceField(required=False, label=WORDS["gender"])
    ward = forms.ChoiceField(required=False, label="Ward they live in")
    group = forms.ChoiceField(required=False, label="Group")

    def __init__(
        self,
        data: Any,
        *,
        authority_id: int,
        freezes: Sequence[Freeze],
        on: date,
        groups: Sequence[NamedGroup] = (),
        reach: Reach = EVERYBODY,
    ) -> None:
        super().__init__(data)
        self.reach = reach
        self.rules = {str(each.pk): each.rule for each in groups}
        if groups:
            offer(self, "group", [ANY, *((str(each.pk), each.name) for each in groups)])
        else:
            del self.fields["group"]
        self._offer_ward(data)
        self.authority_id, self.on = authority_id, on
        self.fields["month"].choices = [("", f"Now ({on:%B %Y})"), *_months(freezes)]
        for name, choices in self._choices(freezes).items():
            self.fields[name].choices = [ANY, *choices]

    def _choices(self, freezes: Sequence[Freeze]) -> dict[str, list[tuple[str, str]]]:
        limits = ruleset(self.on).limits
        ages = range(limits["youngest_measured"], limits["oldest_measured"] + 1)
        return {
            "year": [(slug_of("year", age), f"Year {age - AGE_ABOVE_YEAR_GROUP}") for age in ages],
            "district": [
                *self._reached("district", District.objects.filter(authority=self.authority_id)),
                ("none", "None recorded"),
            ],
            "school": [*_pairs(self._schools(freezes)), ("none", "None known")],
            "service": [
                *self._reached("service", Service.objects.filter(authority=self.authority_id)),
                ("none", "No service"),
            ],
            "need": [(slug_of("need", key), words) for key, words in NEEDS.items()],
            "vulnerable": [(slug_of("vulnerable", key), words) for key, words in VULNERABLE.items()],
            "gender": [
                *(
                    (slug_of("gender", code), each.plain_words)
                    for code, each in ruleset(self.on).genders.items()
                ),
                ("none", "Not recorded"),
            ],
        }

    def _offer_ward(self, data: Any) -> None:
        """Wards are too many to be offered: the one that was asked for can be taken away again."""
        asked = str(data.get(WARD) or "") if data else ""
        if not asked:
            del self.fields[WARD]
            return
        known = {slug_of(WARD, code): name for code, name in names_of([asked.upper()]).items()}
        offer(self, WARD, [ANY, *known.items(), ("none", "No ward known")])

    def _reached(self, name: str, places: Any) -> list[tuple[str, str]]:
        return [(pk, words) for pk, words in _pairs(places) if self.reach.offers(name, int(pk))]

    @property
    def is_beyond(self) -> bool:
        """Whether a month without figures is asked for, or a place beyond the reader's own. After `wanted`."""
        asked = ["month"] if self.reach.is_whole else ["month", "district", "service"]
        return any(name in self.errors for name in asked)

    def _schools(self, freezes: Sequence[Freeze]) -> Any:
        """Those of the area, and those elsewhere whose young people the newest frozen month counts."""
        code = Authority.objects.filter(pk=self.authority_id).values("code")
        counted = MonthTally.objects.filter(freeze=freezes[0]).values("establishment") if freezes else []
        here = Establishment.objects.filter(la_code__in=code)
        return (here | Establishment.objects.filter(pk__in=counted)).order_by("name")

    def wanted(self) -> Wanted:
        """What was chosen."""
        self.is_valid()
        said = self.cleaned_data
        keys = {name: key_of(name, said[name]) for name in COLUMNS if said.get(name)}
        month = ReportingMonth.read(said["month"]) if said.get("month") else None
        chosen = Chosen(keys, self.rules.get(said.get("group", "")), self.reach)
        return Wanted(month, chosen, said.get("by") or COMPARED_FIRST)


def _months(freezes: Sequence[Freeze]) -> list[tuple[str, str]]:
    return [(month.slug, month.words) for month in (ReportingMonth(each.month) for each in freezes)]


def _pairs(rows: Any) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


class RateForm(PlainForm):
    """Which yearly figure; whatever is not among the choices counts as not said."""

    rate = forms.ChoiceField(required=False, label="Yearly figure", choices=CODES)

    def wanted(self) -> str:
        """The name of the rate."""
        self.is_valid()
        return self.cleaned_data.get("rate") or CODES[0][0]


class WhatIfForm(PlainForm):
    """What would be done, in young people; empty is nobody."""

    found = forms.IntegerField(
        required=False, min_value=0, max_value=100_000, label="Not known who are found"
    )
    found_neet = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=100_000,
        label="Of these, NEET",
        help_text="The others are in learning or work.",
    )
    placed = forms.IntegerField(
        required=False, min_value=0, max_value=100_000, label="NEET who go into learning or work"
    )

    def what(self) -> WhatIf:
        """What was typed; a field that cannot be read counts as empty."""
        typed = getattr(self, "cleaned_data", {})
        return WhatIf(*(typed.get(name) or 0 for name in ("found", "found_neet", "placed")))
