import pytest
from django import forms
from django.http import QueryDict

from neet.ui.fields import DayField, Option
from neet.ui.forms import PlainForm, chosen, offer
from neet.ui.listing import listing_of

SCHOOLS = [("1", "Ash Lane Academy"), ("2", "River College")]


class Asking(PlainForm):
    full_name = forms.CharField(max_length=5)
    upn = forms.CharField(label="UPN", required=False, min_length=13)
    school = forms.ChoiceField(choices=SCHOOLS)
    told = forms.ChoiceField(label="Did they tell you?", choices=[("y", "Yes")], widget=forms.RadioSelect)
    file = forms.FileField()
    agreed = forms.BooleanField(label="They agreed")
    own = forms.CharField(error_messages={"required": "Say why you are asking"})
    seen_on = DayField(label="Day you saw them")


class Filter(PlainForm):
    school = forms.MultipleChoiceField(choices=SCHOOLS, required=False)
    status = forms.ChoiceField(choices=[("", "Any"), ("due", Option("Check is due"))], required=False)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("full_name", "Enter the full name"),
        ("school", "Select the school"),
        ("told", "Select an answer"),
        ("file", "Select the file"),
        ("agreed", "Tick “They agreed” to go on"),
        ("own", "Say why you are asking"),
        ("seen_on", "Enter the day you saw them"),
    ],
)
def test_empty_answer_is_asked_for_by_name(field: str, words: str) -> None:
    assert Asking({}).errors[field] == [words]


def test_refusals_are_in_the_words_of_the_house() -> None:
    form = Asking({"full_name": "Siân Gruffudd", "upn": "A1", "school": "999"})

    assert form.errors["full_name"] == ["Full name must be 5 characters or fewer"]
    assert form.errors["upn"] == ["UPN must be 13 characters or more"]
    assert form.errors["school"] == ["Select one of the choices in the list"]


def test_refusal_never_repeats_what_was_typed() -> None:
    assert "999" not in str(Asking({"school": "999"}).errors)


def test_labels_carry_no_colon_and_no_browser_bubble() -> None:
    page = Asking().as_div()

    assert ":</label>" not in page
    assert " required" not in page


def test_chosen_filters_can_be_taken_away_one_by_one() -> None:
    asked = QueryDict("school=1&school=2&status=due&page=4")
    form = Filter(asked)

    found = chosen(form, listing_of(asked, sorts={"name": ("name",)}, first="name", filters=form.fields))

    assert [(each.about, each.words, each.url) for each in found] == [
        ("School", "Ash Lane Academy", "?school=2&status=due"),
        ("School", "River College", "?school=1&status=due"),
        ("Status", "Check is due", "?school=1&school=2"),
    ]


def test_only_a_field_to_choose_in_is_given_choices() -> None:
    class Asked(PlainForm):
        which = forms.ChoiceField()
        words = forms.CharField()

    form = Asked({"which": "b", "words": "said"})
    offer(form, "which", [("b", "The second")])

    assert form.is_valid()
    with pytest.raises(TypeError, match="words"):
        offer(form, "words", [])
