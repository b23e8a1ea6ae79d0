"""What every form of the house inherits: no colon after labels, no browser bubbles, refusals in plain words."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import pretty_name

from neet.ui.fields import DayField, lowered
from neet.ui.listing import Listing
from neet.ui.parts import Chosen

SELECTED = (forms.ChoiceField, forms.ModelChoiceField, forms.TypedChoiceField)


def required_words(field: forms.Field, name: str) -> str:
    """What to do about an empty answer: "Select a file" or "Enter the surname", never "This field is required"."""
    what = lowered(str(field.label or name.replace("_", " ")))
    verb = "Select" if isinstance(field, (*SELECTED, forms.FileField, forms.MultipleChoiceField)) else "Enter"
    return f"Select if {what}" if isinstance(field, forms.BooleanField) else f"{verb} {what}"


def speak_plainly(fields: dict[str, forms.Field]) -> None:
    """Replace Django's own word for an empty answer wherever the form has not said something itself."""
    said = str(forms.Field.default_error_messages["required"])
    for name, field in fields.items():
        field.label = field.label or pretty_name(name)
        if not isinstance(field, DayField) and str(field.error_messages.get("required")) == said:
            field.error_messages["required"] = required_words(field, name)


class _Plain:
    """The habits shared by plain and model forms."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        speak_plainly(self.fields)  # type: ignore[attr-defined]


class PlainForm(_Plain, forms.Form):
    """A form rendered field by field with `as_field_group`."""


class PlainModelForm(_Plain, forms.ModelForm):
    """The same over a model; `Meta.fields` is always written out."""


def worded(bound: BoundField, value: str) -> str:
    """What a chosen value is called; the value itself where the field has no words for it."""
    choices: Iterable[Any] = getattr(bound.field, "choices", ())
    flat = (pair for key, words in choices for pair in (words if isinstance(words, (list, tuple)) else [(key, words)]))
    return next((str(words) for key, words in flat if str(key) == value), value)


def chosen(form: forms.Form, listing: Listing) -> list[Chosen]:
    """The filters in force, each with the address that takes it away."""
    return [
        Chosen(str(form[name].label), worded(form[name], value), listing.without(name, value))
        for name, value in listing.kept
        if name in form.fields
    ]
