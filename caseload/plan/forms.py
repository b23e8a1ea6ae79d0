"""What is asked about the plan of the year, about posts, and about what the council is like."""

from datetime import date
from typing import Any

from django import forms

from caseload.allocation.models import CaseSettings
from caseload.plan.models import CouncilYear
from caseload.plan.queries.board import COUNCIL, STATES, Wanted
from caseload.plan.queries.posts import may_hold
from caseload.plan.rules import Term
from caseload.plan.statements import CouncilTold, ItemTold, PostTold
from neet.accounts.models import User
from neet.ui.fields import DayField, Option
from neet.ui.forms import PlainForm, offer
from schools.models import Authority, District, Service
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm
from tracking.rules.academic_year import year_words
from tracking.rules.months import ReportingMonth

ANY = ("", "Any")


class PlanFilter(PlainForm):
    """Which of the year's items."""

    year = forms.ChoiceField(label="Year", required=False)
    service = forms.ChoiceField(label="Service", required=False)
    month = forms.ChoiceField(label="Month", required=False)
    term = forms.ChoiceField(label="Term", required=False)
    state = forms.ChoiceField(
        label="How it stands",
        required=False,
        choices=[ANY, *((name, words) for name, (words, _) in STATES.items())],
    )
    mine = forms.BooleanField(label="Only mine and my service’s", required=False)

    def __init__(self, data: Any, *, authority: Authority, years: list[int]) -> None:
        super().__init__(data)
        services = [
            (str(each.pk), each.name) for each in Service.objects.filter(authority=authority).order_by("name")
        ]
        offer(self, "year", [(str(each), year_words(each)) for each in years])
        offer(self, "service", [ANY, (COUNCIL, "The council as a whole"), *services])

    def of_year(self, terms: tuple[Term, ...], months: tuple[ReportingMonth, ...]) -> None:
        offer(self, "term", [ANY, *((str(each.number), each.words) for each in terms)])
        offer(self, "month", [ANY, *((each.slug, each.words) for each in months)])

    def wanted(self) -> Wanted:
        asked = self.cleaned_data if self.is_valid() else {}
        kept = {
            name: asked[name] for name in ("service", "month", "term", "state", "mine") if asked.get(name)
        }
        return Wanted(**kept)


class SettleForm(RecordForm):
    """What came of it, or why it is not needed this year."""

    words = text("In one line (optional when it is done)", 200, required=False)


class ItemForm(RecordForm):
    """Something to do in the year."""

    words = text("What is to be done", 240, required=True)
    service = forms.ModelChoiceField(
        Service.objects.none(),
        required=False,
        label="For which service?",
        empty_label="The council as a whole",
    )
    due_on = DayField(label="By when?")

    def __init__(self, *args: Any, authority: Authority, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "service", Service.objects.filter(authority=authority))

    def told(self) -> ItemTold:
        asked = self.cleaned_data
        return ItemTold(asked["words"], asked["due_on"], asked["service"])


class ChangeItemForm(RecordForm):
    """Other words or another day."""

    words = text("What is to be done", 240, required=True)
    due_on = DayField(label="By when?")


class PostForm(RecordForm):
    """Who answers for what, and who stands in."""

    words = text("What is the post called?", 80, required=True)
    service = forms.ModelChoiceField(
        Service.objects.none(),
        required=False,
        label="At which service?",
        empty_label="The council as a whole",
    )
    district = forms.ModelChoiceField(
        District.objects.none(), required=False, label="For which part?", empty_label="All of it"
    )
    holder = forms.ModelChoiceField(
        User.objects.none(), required=False, label="Who holds it?", empty_label="Nobody with an account"
    )
    holder_words = text("Somebody without an account (optional)", 120, required=False)
    deputy = forms.ModelChoiceField(
        User.objects.none(), required=False, label="Who stands in? (optional)", empty_label="Nobody"
    )
    away_from = DayField(label="Away from (optional)", required=False)
    away_until = DayField(label="Away until (optional)", required=False)
    ends_on = DayField(
        label="Last day of the post (optional)",
        required=False,
        must="today or later",
    )

    def __init__(self, *args: Any, authority: Authority, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        colleagues = User.objects.filter(may_hold(authority, on)).order_by("name", "pk")
        offer(self, "service", Service.objects.filter(authority=authority))
        offer(self, "district", District.objects.filter(authority=authority))
        for name in ("holder", "deputy"):
            offer(self, name, colleagues)

    def told(self) -> PostTold:
        return PostTold(**{name: self.cleaned_data[name] for name in PostTold.__dataclass_fields__})


class CouncilForm(RecordForm):
    """Five questions about a council that begins here."""

    shape = forms.ChoiceField(
        widget=forms.RadioSelect,
        label="How do you work with young people who are NEET?",
        choices=[
            (
                CaseSettings.Shape.SIMPLE,
                Option("One service, one meeting", hint="The service you name below works with everybody."),
            ),
            (
                CaseSettings.Shape.SEVERAL,
                Option(
                    "Several services, meetings in districts", hint="Rules say which service works with whom."
                ),
            ),
        ],
    )
    service = forms.ModelChoiceField(
        Service.objects.none(),
        required=False,
        label="Which service answers where no rule names one?",
        empty_label="A person decides",
    )
    new_service = text("Or a service that is not in the list yet (optional)", 80, required=False)
    terms = forms.TypedChoiceField(
        widget=forms.RadioSelect,
        label="How many terms has your school year?",
        coerce=int,
        choices=CouncilYear.Terms.choices,
    )
    takes_meetings = forms.BooleanField(
        required=False,
        label="Begin with the meetings councils usually hold; what you have stays",
    )
    takes_plan = forms.BooleanField(
        required=False,
        label="Begin with the usual plan for the rest of this year; what you have stays",
    )

    def __init__(
        self, *args: Any, authority: Authority, adds_services: bool, plans: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "service", Service.objects.filter(authority=authority))
        if not adds_services:
            del self.fields["new_service"]
        if not plans:
            del self.fields["takes_plan"]

    def told(self) -> CouncilTold:
        return CouncilTold(**self.cleaned_data)
