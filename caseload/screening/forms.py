"""The questions of a screening talk, and which service is to lead after it."""

from typing import Any

from django import forms

from caseload.screening.models import Screening
from caseload.screening.statements import Plan, Told
from neet import clock
from neet.ui.fields import DayField
from neet.ui.forms import PlainForm, offer
from schools.models import Service
from tracking.register.forms.editing import RecordForm

PLAN = ("other_service", "other_service_leads", "support_given", "can_work", "plan_says", "wants_education",
        "wants_instead")  # fmt: skip
WHEN = [("month", "Became NEET this month"), ("all", "Everybody who was not asked yet")]


def said(label: str, length: int, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=length,
        required=False,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def yes_or_no(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=Screening.Answer.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"data-inline": True}),
    )


class ScreeningForm(RecordForm):
    """One page, five minutes. The seven questions about the plan are there for somebody who has one."""

    wants = forms.ChoiceField(
        label="What does the young person want to do?",
        choices=Screening.Wants.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what the young person wants to do"},
    )
    wants_words = said("In their own words (optional)", 240)
    asks_for_support = forms.BooleanField(label="They ask us for support", required=False)
    other_service = forms.ModelChoiceField(
        Service.objects.none(),
        label="Is another service involved?",
        required=False,
        empty_label="No other service",
    )
    other_service_leads = yes_or_no("Does that service want to lead?")
    support_given = said("What support do they have already?", 240)
    can_work = yes_or_no("Are they able to work?")
    plan_says = said(
        "What do the plan and its last annual review say?", 400, "Only what matters for the next step."
    )
    wants_education = yes_or_no("Do they want to go on in education?")
    wants_instead = said("If not, what do they want to do?", 240)
    held_on = DayField(label="When did you talk?", must="past or today", initial=clock.today)

    def __init__(self, *args: Any, authority_id: int, has_plan: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.has_plan = has_plan
        offer(self, "other_service", Service.objects.filter(authority=authority_id))
        for name in () if has_plan else PLAN:
            del self.fields[name]

    @property
    def about_the_plan(self) -> list[Any]:
        return [self[name] for name in PLAN] if self.has_plan else []

    def told(self) -> Told:
        asked = self.cleaned_data
        plan = Plan(**{name: asked[name] for name in PLAN}) if self.has_plan else Plan()
        return Told(asked["held_on"], asked["wants"], asked["wants_words"], asked["asks_for_support"], plan)


class LeadForm(RecordForm):
    """Which service is to lead; why, where it is another than the rules propose."""

    service = forms.ModelChoiceField(
        Service.objects.none(),
        label="Which service is to lead?",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="Why another service than proposed?",
        max_length=240,
        required=False,
        help_text="Only where you choose another one.",
    )

    def __init__(self, *args: Any, screening: Screening, **options: Any) -> None:
        super().__init__(*args, **options)
        services = Service.objects.filter(authority=screening.person.authority_id)
        offer(self, "service", services)
        if screening.proposed_id is None:
            del self.fields["why"]


class ToScreenFilter(PlainForm):
    """Since when they are NEET."""

    when = forms.ChoiceField(label="Who", choices=WHEN, required=False, initial="month")
