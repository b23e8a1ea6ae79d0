"""What a young person is asked behind a link: their code or birthday, what they do, when to call them; each in the
words of the language they chose."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from neet.ui.fields import Option
from neet.ui.forms import PlainForm, offer
from returns.surveys.models import AnswerLink
from returns.surveys.queries import Question
from tracking.rules.wordings import AnswerOffered

A = AnswerLink.Answer
ANY_LEAP_YEAR = 2000
CALLS = ("morning", "afternoon", "evening", "any")
LONGEST_TYPED = 20
Words = Mapping[str, Mapping[str, str]]


class CodeForm(PlainForm):
    """The code printed in a letter."""

    code = forms.CharField(
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-10",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def __init__(self, *args: Any, words: Words, **options: Any) -> None:
        super().__init__(*args, **options)
        said, field = words["code"], self.fields["code"]
        field.label, field.help_text = said["label"], said["hint"]
        field.error_messages |= {"required": said["missing"], "max_length": said["wrong"]}


class BirthdayForm(PlainForm):
    """Day and month, never the year: enough to know that the right person holds the telephone."""

    day = forms.IntegerField(
        min_value=1,
        max_value=31,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2", "autocomplete": "bday-day"}),
    )
    month = forms.TypedChoiceField(coerce=int, widget=forms.Select(attrs={"autocomplete": "bday-month"}))

    def __init__(self, *args: Any, words: Words, months: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.said = said = words["birthday"]
        day, month = self.fields["day"], self.fields["month"]
        day.label, month.label = said["day"], said["month"]
        # The browser and Django each keep a list of their own of what may be wrong.
        day.error_messages |= {"required": said["day_missing"], "invalid": said["day_invalid"]}
        for limit in day.validators:
            limit.message = said["no_such_day"]
        month.error_messages |= {"required": said["month_missing"]}
        offer(self, "month", [("", said["choose"]), *enumerate(months, start=1)])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("day") and said.get("month"):
            try:
                date(ANY_LEAP_YEAR, said["month"], said["day"])
            except ValueError:
                self.add_error("day", self.said["no_such_day"])
        return said


class QuestionForm(PlainForm):
    """One question with at most four answers."""

    answer = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, question: Question, words: Words, **options: Any) -> None:
        super().__init__(*args, **options)
        field, said = self.fields["answer"], words["question"]
        field.label = _asked(question, said)
        field.error_messages |= {"required": said["missing"]}
        offer(self, "answer", list(_choices(question, said)))


def _asked(question: Question, said: Mapping[str, str]) -> str:
    return said["how_help"] if question.is_offer else _still_so(question, said) or said["what_now"]


def _still_so(question: Question, said: Mapping[str, str]) -> str:
    """Whether it is still so, where there is something to ask about and the language has words for it."""
    if not question.still:
        return ""
    return said["still_at"] if question.is_place else said["still_doing"]


def _choices(question: Question, said: Mapping[str, str]) -> list[tuple[str, Option]]:
    if question.is_offer:
        return [(A.CALL_ME, Option(said["call_me"])), (A.SOMETHING_ELSE, Option(said["no_help"]))]
    still = _still_so(question, said)
    return [
        *([(A.STILL_THERE, Option(said["yes"]))] if still else []),
        (A.SOMETHING_ELSE, Option(said["no"] if still else said["something"])),
        (A.NOTHING, Option(said["nothing"], hint=said["nothing_hint"])),
        (A.CALL_ME, Option(said["talk"])),
    ]


class DoingForm(PlainForm):
    """What they do, and where."""

    doing = forms.ChoiceField(widget=forms.RadioSelect)
    place = forms.CharField(required=False, max_length=160)

    def __init__(self, *args: Any, offered: tuple[AnswerOffered, ...], words: Words, **options: Any) -> None:
        super().__init__(*args, **options)
        said, own = words["doing"], words["offered"]
        doing, place = self.fields["doing"], self.fields["place"]
        doing.label, place.label, place.help_text = said["label"], said["where"], said["where_hint"]
        doing.error_messages |= {"required": said["missing"]}
        offer(self, "doing", [(each.code, Option(own.get(each.code, each.plain_words))) for each in offered])
        self.asks_where = {each.code for each in offered if each.asks_where}

    def where(self) -> str:
        """The place they typed, where what they do has one."""
        said = self.cleaned_data
        return said["place"] if said["doing"] in self.asks_where else ""


class CallForm(PlainForm):
    """When to call them; the number is the one we have."""

    when = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, words: Words, **options: Any) -> None:
        super().__init__(*args, **options)
        said, field = words["call"], self.fields["when"]
        field.label = said["label"]
        field.error_messages |= {"required": said["missing"]}
        offer(self, "when", [(each, Option(said[each])) for each in CALLS])
