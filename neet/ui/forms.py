"""What every form of the house inherits: no colon after labels, no browser bubbles, refusals in plain words."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import pretty_name

from neet.ui.fields import DayField, lowered, with_article
from neet.ui.listing import Listing
from neet.ui.parts import Chosen

SELECTED = (forms.ChoiceField, forms.ModelChoiceField, forms.FileField)


def required_words(field: forms.Field, name: str) -> str:
    """What to do about an empty answer: "Enter the surname", "Select the file", never "This field is required"."""
    label = str(field.label or pretty_name(name))
    if isinstance(field, forms.BooleanField):
        return f"Tick \u201c{label}\u201d to go on"
    verb = "Select" if isinstance(field, SELECTED) else "Enter"
    return f"{verb} an answer" if label.endswith("?") else f"{verb} {with_article(lowered(label))}"


def plain_messages(field: forms.Field, name: str) -> dict[str, str]:
    """The house's words for what Django says in its own; only those the field can say are used."""
    label = str(field.label or pretty_name(name))
    return {
        "required": required_words(field, name),
        "invalid_choice": "Select one of the choices in the list",
        "invalid_list": "Select from the choices in the list",
        "max_length": f"{label} must be %(limit_value)d characters or fewer",
        "min_length": f"{label} must be %(limit_value)d characters or more",
        "max_value": f"{label} must be %(limit_value)s or less",
        "min_value": f"{label} must be %(limit_value)s or more",
        "empty": "The file is empty. Choose another one",
    }


def offer(form: forms.BaseForm, name: str, offered: Any) -> None:
    """What may be chosen in one field of a form: rows, or pairs of a value and its words."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = offered
    elif isinstance(field, forms.ChoiceField):
        field.choices = offered
    else:
        raise TypeError(f"{name} is no field to choose in")


def speak_plainly(form: forms.BaseForm) -> None:
    """Replace Django's own words wherever the form has not said something itself."""
    for name, field in form.fields.items():
        field.label = field.label or pretty_name(name)
        if isinstance(field, DayField):
            continue
        own = default_messages(type(field))
        for code, words in plain_messages(field, name).items():
            if field.error_messages.get(code) == own.get(code):
                field.error_messages[code] = words


def default_messages(kind: type[forms.Field]) -> dict[str, Any]:
    """What a field of this kind says when nobody asks it to say otherwise."""
    said: dict[str, Any] = {}
    for each in reversed(kind.__mro__):
        said |= getattr(each, "default_error_messages", {})
    return said


class _Plain:
    """The habits shared by plain and model forms."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        speak_plainly(self)  # type: ignore[arg-type]  # mixed into Django forms only


class PlainForm(_Plain, forms.Form):
    """A form rendered field by field with `as_field_group`."""


class PlainModelForm(_Plain, forms.ModelForm):
    """The same over a model; `Meta.fields` is always written out."""


def worded(bound: BoundField, value: str) -> str:
    """What a chosen value is called; the value itself where the field has no words for it."""
    choices: Iterable[Any] = getattr(bound.field, "choices", ())
    flat = (
        pair
        for key, words in choices
        for pair in (words if isinstance(words, (list, tuple)) else [(key, words)])
    )
    return next((str(words) for key, words in flat if str(key) == value), value)


def chosen(form: forms.Form, listing: Listing) -> list[Chosen]:
    """The filters in force, each with the address that takes it away."""
    return [
        Chosen(str(form[name].label), worded(form[name], value), listing.without(name, value))
        for name, value in listing.kept
        if name in form.fields
    ]
