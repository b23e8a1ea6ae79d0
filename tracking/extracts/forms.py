"""What is typed about a list that is to be taken away."""

from django import forms

from neet.ui.forms import PlainForm
from tracking.extracts.models import Extract


class AskForm(PlainForm):
    """Why a list is needed, who gets it, and as what."""

    why = forms.CharField(
        label="What is it needed for?", max_length=240, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever agrees to it reads this. Name no young person.",
    )  # fmt: skip
    given_to = forms.CharField(
        label="Who gets it?", max_length=120,
        help_text="A colleague, a team or an organisation. Young people are told this if they ask who was given their "
        "record.",
    )  # fmt: skip
    made_as = forms.ChoiceField(
        label="As which kind of file?",
        choices=Extract.As.choices,
        widget=forms.RadioSelect,
        initial=Extract.As.XLSX,
    )


class RefuseForm(PlainForm):
    """Why a list does not go."""

    why = forms.CharField(label="Why not?", max_length=240, widget=forms.Textarea(attrs={"rows": 3}))
