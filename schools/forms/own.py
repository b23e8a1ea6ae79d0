"""Forms of a school or college about its own people. Role and place are never typed: they are the asker's own."""

from collections.abc import Sequence
from typing import Any

from django import forms

from neet.accounts.scope import Place
from neet.ui.fields import Option
from neet.ui.forms import PlainForm, PlainModelForm
from schools.attesting import OWN_PURPOSES, Attested
from schools.models import Contact, Establishment

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


class OwnContactForm(PlainModelForm):
    """Whom the council asks at one's own school or college, and about what."""

    place = forms.ChoiceField(label="School, college or provider", widget=forms.RadioSelect)
    field_order = ["place", "purpose", "name", "email", "telephone"]

    class Meta:
        model = Contact
        fields = ["purpose", "name", "email", "telephone"]

    def __init__(self, *args: Any, places: Sequence[Attested], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = {str(number): each for number, each in enumerate(places)}
        self.fields["place"].choices = [(key, str(each.establishment)) for key, each in self.places.items()]
        if len(self.places) == 1 or self.instance.pk:
            del self.fields["place"]
        self.fields["purpose"].choices = [(each.value, each.label) for each in OWN_PURPOSES]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("email") and not typed.get("telephone") and not self.errors:
            self.add_error("email", "Enter an e-mail address or a telephone number")
        return typed

    def placed(self) -> Contact:
        """The contact at the place it is of."""
        row: Contact = self.save(commit=False)
        if row.pk is None:
            at = self.places[self.cleaned_data["place"] if "place" in self.fields else "0"]
            row.establishment, row.authority_id = at.establishment, at.place.authority_id
        return row
