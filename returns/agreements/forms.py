"""What is typed about an agreement."""

from typing import Any

from django import forms

from neet.ui.fields import DayField, SeveralField
from neet.ui.forms import PlainForm, offer
from returns.agreements.queries import flow_words
from returns.agreements.rules import Terms
from returns.exchange.models import Agreement
from schools.models import Authority, Establishment


class AgreementForm(PlainForm):
    """One agreement."""

    title = forms.CharField(label="What is it called?", max_length=120)
    with_whom = forms.CharField(label="With whom?", max_length=160)
    establishment = forms.ModelChoiceField(
        Establishment.objects.none(), label="A school, college or provider (optional)", required=False,
        empty_label="None of them",
    )  # fmt: skip
    direction = forms.ChoiceField(
        label="Which way does data pass?", choices=Agreement.Direction.choices, widget=forms.RadioSelect
    )
    flows = SeveralField(label="What passes under it?", widget=forms.CheckboxSelectMultiple)
    basis = forms.CharField(
        label="Legal basis",
        max_length=200,
        help_text="For example Education and Skills Act 2008, section 72.",
    )
    purpose = forms.CharField(label="Purpose", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    controller = forms.CharField(label="Who answers for the data?", max_length=160)
    retention = forms.CharField(label="Kept for", max_length=120)
    signed_on = DayField(label="Signed on (optional)", required=False)
    expires_on = DayField(label="Runs until (optional)", required=False)

    def __init__(self, *args: Any, authority: Authority, **options: Any) -> None:
        super().__init__(*args, **options)
        ours = Establishment.objects.filter(la_code=authority.code, closed_on=None).order_by("name", "pk")
        offer(self, "establishment", ours)
        offer(self, "flows", list(flow_words().items()))

    def told(self) -> Terms:
        typed = dict(self.cleaned_data)
        place = typed.pop("establishment")
        return Terms(
            **{**typed, "flows": tuple(typed["flows"])}, establishment_id=place.pk if place else None
        )


class EndForm(PlainForm):
    """The last day of an agreement."""

    on = DayField(label="Last day on which data passes under it")
