"""What a young person is asked behind a link: their birthday, what they do, when to call them."""

from calendar import month_name
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
NO_SUCH_DAY = "That day does not exist. Check the day and the month"
CALLS = (
    ("morning", "In the morning"),
    ("afternoon", "In the afternoon"),
    ("evening", "After five"),
    ("any", "At any time"),
)


class BirthdayForm(PlainForm):
    """Day and month, never the year: enough to know that the right person holds the telephone."""

    day = forms.IntegerField(
        label="Day",
        min_value=1,
        max_value=31,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2", "autocomplete": "bday-day"}),
        error_messages={
            "required": "Enter the day of your birthday",
            "invalid": "Enter the day as a number, like 27",
            "min_value": NO_SUCH_DAY,
            "max_value": NO_SUCH_DAY,
        },
    )
    month = forms.TypedChoiceField(
        label="Month",
        coerce=int,
        choices=[("", "Choose the month"), *((number, month_name[number]) for number in range(1, 13))],
        widget=forms.Select(attrs={"autocomplete": "bday-month"}),
        error_messages={"required": "Choose the month of your birthday"},
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("day") and said.get("month"):
            try:
                date(ANY_LEAP_YEAR, said["month"], said["day"])
            except ValueError:
                self.add_error("day", NO_SUCH_DAY)
        return said


class QuestionForm(PlainForm):
    """One question with at most four answers."""

    answer = forms.ChoiceField(
        label="What are you doing now?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the answers"},
    )

    def __init__(self, *args: Any, question: Question, **options: Any) -> None:
        super().__init__(*args, **options)
        if question.is_offer:
            self.fields["answer"].label = "How can we help?"
        elif question.still:
            self.fields["answer"].label = f"Are you still {question.still}?"
        offer(self, "answer", list(_choices(question)))


def _choices(question: Question) -> list[tuple[str, Option]]:
    if question.is_offer:
        return [
            (A.CALL_ME, Option("Please call me")),
            (A.SOMETHING_ELSE, Option("I do not need help: I am in learning, training or work")),
        ]
    still = [(A.STILL_THERE, Option("Yes, I am"))] if question.still else []
    other = "No, something else" if question.still else "I am in learning, training or work"
    return [
        *still,
        (A.SOMETHING_ELSE, Option(other)),
        (A.NOTHING, Option("Nothing at the moment", hint="I am looking for work, a course or training")),
        (A.CALL_ME, Option("Please call me, I would rather talk")),
    ]


class DoingForm(PlainForm):
    """What they do, and where."""

    doing = forms.ChoiceField(
        label="What are you doing?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you are doing"},
    )
    place = forms.CharField(
        label="Where? (optional)",
        help_text="The name of the college, training provider or employer.",
        required=False,
        max_length=160,
    )

    def __init__(self, *args: Any, offered: tuple[AnswerOffered, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "doing", [(each.code, Option(each.plain_words)) for each in offered])
        self.asks_where = {each.code for each in offered if each.asks_where}

    def where(self) -> str:
        """The place they typed, where what they do has one."""
        said = self.cleaned_data
        return said["place"] if said["doing"] in self.asks_where else ""


class CallForm(PlainForm):
    """When to call them; the number is the one the message went to."""

    when = forms.ChoiceField(
        label="When should we call you?",
        choices=[(key, Option(words)) for key, words in CALLS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when we should call"},
    )
