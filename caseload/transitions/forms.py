"""What people type about next steps: a plan, one step of an EHC plan, and which of a list they want."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from caseload.transitions.models import CohortAnswer, TransitionPlan
from caseload.transitions.queries import cohort, plans, starts, steps
from caseload.transitions.queries.people import places_near
from caseload.transitions.statements import CohortSaid, PlanTold, StepTold
from neet.accounts.models import User
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, offer
from schools.models import Authority, District, Establishment, Service
from tracking.register.forms.details import text
from tracking.register.forms.editing import RecordForm, reason_field
from tracking.register.refusals import Conflict
from tracking.rules.codes import Status
from tracking.rules.ruleset import RuleSet


def place_field(label: str) -> forms.ModelChoiceField:
    """One of the council's schools, colleges and providers."""
    return forms.ModelChoiceField(
        Establishment.objects.none(),
        required=False,
        label=label,
        empty_label="Not one of these, or not decided",
    )


class PlanForm(RecordForm):
    """The next step, where, with which support, and how far it is agreed."""

    next_step = text("What is the next step?", 160, hint="For example: Level 2 construction at the college.")
    code = forms.ChoiceField(required=False, label="What will that be? (optional)")
    establishment = place_field("Where? (optional)")
    place = text("Or somewhere else (optional)", 160, hint="An employer, or a place outside the area.")
    support = text("Support on the way (optional)", 240)
    second_choice = text("If that fails (optional)", 160)
    service = forms.ModelChoiceField(
        Service.objects.none(),
        required=False,
        label="Which service sees to it? (optional)",
        empty_label="None",
    )
    worker = forms.ModelChoiceField(
        User.objects.none(), required=False, label="Who sees to it? (optional)", empty_label="Nobody named"
    )
    agreed_on = DayField(
        label="When was it agreed with them? (optional)", must="past or today", required=False
    )
    finalised_on = DayField(label="Final since? (optional)", must="past or today", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, authority: Authority, workers: Any, rules: RuleSet, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["next_step"].required = True
        offer(self, "code", [("", "Not decided"), *learning(rules)])
        offer(self, "establishment", places_near(authority.code))
        offer(self, "service", Service.objects.filter(authority=authority))
        offer(self, "worker", workers)

    def told(self) -> PlanTold:
        asked = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return PlanTold(**asked)

    def said(self, name: str, value: Any) -> str:
        """Names of places, services and people as they are called."""
        return str(value) if hasattr(value, "pk") else super().said(name, value)

    def compared(self, conflict: Conflict) -> list[tuple[str, str, str]]:
        plain = {name: value for name, value in conflict.theirs.items() if name != "version"}
        return super().compared(Conflict(theirs=plain, yours=conflict.yours))


def learning(rules: RuleSet) -> list[tuple[str, str]]:
    """What counts as learning or work, in plain words."""
    known = [each for each in rules.activities.values() if each.status is Status.EET]
    return [(each.code, f"{each.plain_words} ({each.code})") for each in known]


def as_planned(plan: TransitionPlan) -> Mapping[str, Any]:
    """A plan as the first answers of its form."""
    names = [name for name in PlanForm.base_fields if name != "version"]
    return {name: getattr(plan, name) for name in names} | {"version": plan.version}


class EndForm(RecordForm):
    """Why a plan holds no longer."""

    why = reason_field("Why does the plan end?", "A new one can be written afterwards.")


class StepForm(RecordForm):
    """How one step stands."""

    done_on = DayField(label="When was it done? (optional)", must="past or today", required=False)
    establishment = place_field("Which place? (optional)")
    words = text("In one line (optional)", 240)
    due_on = DayField(
        label="Due on another day than usual? (optional)",
        required=False,
        help_text="Only where another day was agreed for them.",
    )

    def __init__(self, *args: Any, authority: Authority, needs_place: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "establishment", places_near(authority.code))
        if not needs_place:
            del self.fields["establishment"]

    def told(self) -> StepTold:
        return StepTold(**self.cleaned_data)


class ListFilter(PlainForm):
    """Which of a list; what cannot be chosen here is not asked."""

    state = forms.ChoiceField(label="Show", required=False)
    service = forms.TypedChoiceField(label="Service", required=False, coerce=int, empty_value=None)
    district = forms.TypedChoiceField(label="District", required=False, coerce=int, empty_value=None)
    school = forms.TypedChoiceField(label="School or college", required=False, coerce=int, empty_value=None)

    def __init__(
        self,
        *args: Any,
        states: Iterable[tuple[str, str]],
        services: Iterable[Service] = (),
        districts: Iterable[District] = (),
        schools: Iterable[Establishment] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "state", list(states))
        offered = {
            "service": ("All services", services),
            "district": ("All districts", districts),
            "school": ("All places", schools),
        }
        for name, (every, rows) in offered.items():
            shown = [(each.pk, each.name) for each in rows]
            offer(self, name, [("", every), *shown])
            if len(shown) < 2:
                del self.fields[name]

    def asked(self) -> dict[str, Any]:
        """What was chosen; nothing where the address says what cannot be chosen."""
        return self.cleaned_data if self.is_valid() else {}

    def plans_wanted(self) -> plans.Wanted:
        asked = self.asked()
        return plans.Wanted(
            asked.get("state", ""), asked.get("service"), asked.get("district"), asked.get("school")
        )

    def starts_wanted(self) -> starts.Wanted:
        asked = self.asked()
        state = asked.get("state") or starts.TO_ASK
        return starts.Wanted(state, asked.get("service"), asked.get("school"), asked.get("district"))


PLAN_STATES = [("", "Everybody"), *((state, words) for state, (words, _) in plans.STATES.items())]
START_STATES = [
    *((str(state), str(words)) for state, (words, _) in starts.STATES.items()),
    ("all", "Everybody"),
]
COHORT_STATES = [
    (cohort.TO_CONFIRM, "Still to confirm"),
    (cohort.ANSWERED, "Answered"),
    (cohort.EVERYBODY, "Everybody"),
]
STEP_STATES = [(steps.OPEN, "Not done yet"), (steps.DONE, "Done"), (steps.EVERYBODY, "Everybody")]


class SaidForm(PlainForm):
    """What a service says of one young person on its list."""

    answer = forms.ChoiceField(
        choices=CohortAnswer.Answer.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"data-inline": True, "data-small": True}),
        label="Are they yours?",
    )
    words = text("What has changed, or where to?", 240)

    def said(self, person_id: int) -> CohortSaid:
        return CohortSaid(person_id, self.cleaned_data["answer"], self.cleaned_data["words"])
