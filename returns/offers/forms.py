"""Which list of the September Guarantee to show."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from neet.ui.forms import PlainForm, offer
from neet.ui.words import day

LISTS = (
    ("conditional", "Offers on conditions, none other"),
    ("no_offer", "No offer"),
    ("no_application", "No application"),
)


class OffersFilter(PlainForm):
    """Which list, of which school, and by which day an application counts."""

    show = forms.ChoiceField(required=False, label="List", choices=LISTS)
    school = forms.TypedChoiceField(required=False, label="School or college", coerce=int, empty_value=None)
    by = forms.TypedChoiceField(
        required=False, label="No application by", coerce=date.fromisoformat, empty_value=None
    )

    def __init__(
        self, *args: Any, schools: Iterable[tuple[int, str]], days: Iterable[date], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "school", [("", "Any"), *((str(pk), name) for pk, name in schools)])
        offer(self, "by", [("", "Today"), *((each.isoformat(), day(each)) for each in list(days)[1:])])
