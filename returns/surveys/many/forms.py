"""What a young person fills in, in the words of the language they chose, and what somebody who plans a survey does."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from neet import clock
from neet.ui.fields import DayField, DayWidget, Option, day_of
from neet.ui.forms import PlainForm, offer
from returns.surveys.many.rules import UPN_END
from returns.surveys.many.statements import Planned, Told
from returns.surveys.models import Survey
from schools.models import Establishment
from tracking.register.refusals import NotRight
from tracking.rules.academic_year import academic_age, academic_year, year_words
from tracking.rules.survey import CHOSEN, Asked, SurveyQuestion

Words = Mapping[str, Mapping[str, str]]
LONGEST_NAME, LONGEST_TYPED = 100, 120
# Year 11 is academic age 15; whoever is kept down or moved up is a year away.
YOUNGEST, OLDEST = 13, 18
TELEPHONE = re.compile(r"\+?[0-9][0-9 ()./-]{8,18}[0-9]")
OTHER_SCHOOL = "other"
TYPED = {
    Asked.TUTOR_GROUP: {"class": "govuk-input--width-5", "autocomplete": "off"},
    Asked.TELEPHONE: {"class": "govuk-input--width-20", "autocomplete": "off", "inputmode": "tel"},
    Asked.EMAIL: {
        "autocomplete": "off",
        "inputmode": "email",
        "autocapitalize": "none",
        "spellcheck": "false",
    },
    Asked.PLACE: {"autocomplete": "off"},
}


class BornWidget(DayWidget):
    """Its three boxes are named in the words of the page."""

    template_name = "returns/surveys/many/born.html"

    def __init__(self, named: Sequence[str]) -> None:
        super().__init__()
        self.named = named

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, words in zip(context["widget"]["subwidgets"], self.named, strict=True):
            part["words"] = words
        return context


class BornField(DayField):
    """A date of birth whose refusals are in the words of the page."""

    def __init__(self, *, said: Mapping[str, str], **options: Any) -> None:
        self.said = said
        widget = BornWidget([said["day"], said["month"], said["year_of_birth"]])
        super().__init__(words_if_empty=said["born_missing"], label=said["born"], widget=widget, **options)

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        parts = [(part or "").strip() for part in value]
        if not any(parts):
            return None
        if not all(parts):
            raise ValidationError(self.said["born_incomplete"], code="incomplete")
        try:
            found = day_of(parts)
        except ValueError:
            raise ValidationError(self.said["born_not_real"], code="not_real") from None
        if not YOUNGEST <= academic_age(found, self.today()) <= OLDEST:
            raise ValidationError(self.said["born_too_far"], code="too_far")
        return found


class AnswerForm(PlainForm):
    """Who they are and what they answer; what is asked comes from the table of questions."""

    given_name = forms.CharField(
        max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    family_name = forms.CharField(
        max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(
        self, *args: Any, survey: Survey, words: Words, questions: Sequence[SurveyQuestion],
        schools: Sequence[Establishment], **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.survey, self.said, self.questions = survey, words["form"], questions
        for name in ("given_name", "family_name"):
            self._worded(name, self.said[name], "", self.said[f"{name}_missing"])
        born = {"help_text": self.said["born_hint"].format(year=survey.academic_year - 15)}
        self.fields["born_on"] = BornField(said=self.said, **born)
        if schools:
            self._ask_school(schools)
        if survey.asks_upn:
            self._ask_upn()
        for question in questions:
            self.fields[str(question.asked)] = self._field(question)
        # What stands below the questions about themselves.
        self.asked_next = {str(each.asked) for each in questions if each.asked is not Asked.TUTOR_GROUP}

    def _worded(self, name: str, label: str, hint: str, missing: str) -> None:
        field = self.fields[name]
        field.label, field.help_text = label, hint
        field.error_messages |= {"required": missing, "max_length": self.said["too_long"]}

    def _ask_school(self, schools: Sequence[Establishment]) -> None:
        field = forms.ChoiceField(widget=forms.Select)
        self.fields["school"] = field
        left = self.survey.kind == Survey.Kind.RESULTS_DAY
        self._worded(
            "school", self.said["school_left" if left else "school"], "", self.said["school_missing"]
        )
        field.error_messages["invalid_choice"] = self.said["school_missing"]
        listed = [(str(each.pk), each.name) for each in schools]
        offer(
            self,
            "school",
            [("", self.said["school_choose"]), *listed, (OTHER_SCHOOL, self.said["school_other"])],
        )

    def _ask_upn(self) -> None:
        attrs = {"class": "govuk-input--width-5", "autocomplete": "off", "autocapitalize": "characters"}
        self.fields["upn_end"] = forms.RegexField(
            rf"^[0-9A-Za-z]{{{UPN_END}}}$", required=False, widget=forms.TextInput(attrs=attrs)
        )
        self._worded("upn_end", self.said["upn_end"], self.said["upn_hint"], "")
        self.fields["upn_end"].error_messages["invalid"] = self.said["upn_wrong"]

    def _field(self, question: SurveyQuestion) -> forms.Field:
        field = self._kind_of(question)
        field.label, field.help_text, field.required = (
            question.plain_words, question.hint, question.is_required,
        )  # fmt: skip
        field.error_messages |= {
            "required": self.said["missing"],
            "invalid_choice": self.said["missing"],
            "max_length": self.said["too_long"],
        }
        return field

    def _kind_of(self, question: SurveyQuestion) -> forms.Field:
        if question.asked in CHOSEN:
            choices = [(value, Option(words)) for value, words in question.choices]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
        if question.asked is Asked.CONSENT:
            return forms.BooleanField()
        attrs = TYPED[question.asked]
        longest = 20 if question.asked is Asked.TUTOR_GROUP else LONGEST_TYPED
        return forms.CharField(max_length=longest, widget=forms.TextInput(attrs=attrs))

    def clean_telephone(self) -> str:
        said: str = self.cleaned_data["telephone"].strip()
        if said and not TELEPHONE.fullmatch(said):
            raise ValidationError(self.said["telephone_wrong"])
        return said

    def clean_email(self) -> str:
        return plain_email(self.cleaned_data["email"], self.said["email_wrong"])

    def clean_tutor_group(self) -> str:
        return "".join(self.cleaned_data["tutor_group"].upper().split())

    def told(self, establishment_id: int | None, language: str, wording: str) -> Told:
        """What they said; the school they chose where the link is the council's."""
        said = self.cleaned_data
        chosen = said.get("school", "")
        answers = {
            str(each.asked): said[each.asked] for each in self.questions if each.asked is not Asked.CONSENT
        }
        return Told(
            given_name=said["given_name"].strip(),
            family_name=said["family_name"].strip(),
            born_on=said["born_on"],
            establishment_id=int(chosen) if chosen.isdecimal() else establishment_id,
            answers={**answers, "upn_end": said.get("upn_end", "").upper()},
            consents=bool(said.get(Asked.CONSENT)),
            language=language,
            wording=wording,
        )


def plain_email(text: str, wrong: str) -> str:
    """An e-mail address as it can be written to, or nothing. Raises ValidationError with the words."""
    said = text.strip()
    if said:
        EmailValidator(message=wrong)(said)
    return said


class PlanForm(PlainForm):
    """A survey to be planned, or the days of one that is."""

    kind = forms.ChoiceField(
        label="Survey",
        widget=forms.RadioSelect,
        choices=[
            (Survey.Kind.WHAT_NEXT, Option("What next?", hint="In class, in the spring of Year 11")),
            (Survey.Kind.RESULTS_DAY, Option("Results day", hint="By a flyer, once Year 11 is over")),
        ],
    )
    academic_year = forms.TypedChoiceField(label="Of the school year", coerce=int)
    opens_on = DayField(label="Open from")
    closes_on = DayField(label="Open until")
    remind_1 = DayField(label="First reminder to schools (optional)", required=False)
    remind_2 = DayField(label="Second reminder (optional)", required=False)
    asks_upn = forms.BooleanField(
        label=f"Ask for the last {UPN_END} characters of the UPN",
        help_text="It tells namesakes apart. Schools have to hand it to their pupils.",
        required=False,
    )

    def __init__(self, *args: Any, survey: Survey | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.survey = survey
        this = academic_year(clock.today())
        if survey:
            del self.fields["kind"], self.fields["academic_year"]
        else:
            offer(self, "academic_year", [(each, year_words(each)) for each in (this - 1, this, this + 1)])

    def planned(self) -> Planned:
        """What was asked for."""
        said = self.cleaned_data
        days = tuple(sorted({day for day in (said["remind_1"], said["remind_2"]) if day}))
        return Planned(
            kind=self.survey.kind if self.survey else said["kind"],
            academic_year=self.survey.academic_year if self.survey else said["academic_year"],
            opens_on=said["opens_on"],
            closes_on=said["closes_on"],
            remind_on=days,
            asks_upn=said["asks_upn"],
        )

    def take(self, refused: NotRight) -> None:
        """Put the words of a refusal beside their questions."""
        for name, words in refused.words.items():
            self.add_error(name if name in self.fields else None, words)


class DecideForm(forms.Form):
    """The number of a candidate, `nobody`, `set_aside` or `later`."""

    answer = forms.RegexField(r"^(\d{1,18}|nobody|set_aside|later)$")


class NumberForm(PlainForm):
    """Somebody on the register by the number on their record."""

    number = forms.RegexField(
        r"^\d{13}$",
        label="CCIS number of the young person",
        help_text="13 figures, as on their record.",
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-20", "inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages={"invalid": "Enter the 13 figures of their CCIS number"},
    )
