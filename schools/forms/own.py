"""Forms of a school or college about its own people. Role and place are never typed: they are the asker's own."""

from typing import Any

from django import forms

from neet.accounts.scope import Place
from neet.ui.fields import Option
from neet.ui.forms import PlainForm
from schools.models import Establishment

SENDS, PREPARES = "sends", "prepares"
MAY = [
    (
        SENDS,
        Option("Prepare returns and send them", hint="They can also invite colleagues and end their access."),
    ),
    (PREPARES, Option("Prepare returns", hint="Somebody else sends them to the council.")),
]


class MayForm(PlainForm):
    """What a colleague may do."""

    may = forms.ChoiceField(label="What may they do?", widget=forms.RadioSelect, choices=MAY)

    @property
    def can_submit(self) -> bool:
        return bool(self.cleaned_data["may"] == SENDS)


class InviteOwnForm(MayForm):
    """Whom to invite; which school or college only where the asker works for several."""

    name = forms.CharField(label="Full name", max_length=120)
    email = forms.EmailField(
        label="E-mail address", help_text="Their own address at work, not a shared one.",
        error_messages={"invalid": "Enter an e-mail address like name@example.org"},
    )  # fmt: skip
    establishment = forms.ModelChoiceField(
        Establishment.objects.none(), label="School, college or provider", widget=forms.RadioSelect
    )
    field_order = ["name", "email", "establishment", "may"]

    def __init__(self, *args: Any, places: tuple[Place, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_establishment = {place.establishment_id: place for place in places}
        self.fields["establishment"].queryset = Establishment.objects.filter(pk__in=self.by_establishment)
        if len(self.by_establishment) == 1:
            del self.fields["establishment"]

    def place(self) -> Place:
        """The asker's own place there, to prepare or to send."""
        chosen = self.cleaned_data.get("establishment")
        own = self.by_establishment[chosen.pk] if chosen else next(iter(self.by_establishment.values()))
        return Place(own.role, own.authority_id, own.establishment_id, can_submit=self.can_submit)
