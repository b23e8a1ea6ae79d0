"""What somebody answers about a row that waits: which of those it may be, nobody, or later."""

from django import forms


class AnswerForm(forms.Form):
    """The number of a candidate, `nobody`, `surely_nobody` where one is very likely, or `later`."""

    answer = forms.RegexField(r"^(\d{1,18}|nobody|surely_nobody|later)$")
