"""The filters beside the register: never a name, a date of birth, a UPN or a postcode."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from neet.accounts.models import User
from neet.accounts.scope import scope_of
from neet.statements.once import built_once_whatever_the_rules
from neet.ui.forms import PlainForm, offer
from schools.models import Authority, District, Establishment, Service
from tracking.groups.queries import named_groups
from tracking.reference.queries import ruleset
from tracking.register.columns import asker
from tracking.register.fields import characteristics_read
from tracking.register.forms.seeking import choices_of
from tracking.register.models import Characteristic
from tracking.register.queries.narrowing import FILTERS, YEAR_GROUPS, Wanted
from tracking.register.queries.parts import characteristic_words
from tracking.register.queries.standing import WORDS
from tracking.register.queries.tasks import KINDS, WantedTasks

ANY = ("", "Any")
DAYS = ("14", "30", "60")
NEW = ("new", "NEET for 30 days or less")
NOT_ASKED = ("nothing", "Not written down")
NUMBERS = ("running_out", "ending", "year", "district", "school", "service", "group")


class RegisterFilter(PlainForm):
    """What the list may be narrowed to by this user; a filter over a field they do not read is not there."""

    status = forms.ChoiceField(required=False)
    running_out = forms.ChoiceField(
        required=False,
        label="To be confirmed",
        choices=[ANY, *((day, f"Within {day} days") for day in DAYS)],
    )
    ending = forms.ChoiceField(
        required=False,
        label="Finishes, nothing known to follow",
        choices=[ANY, *((day, f"Within {day} days") for day in DAYS)],
    )
    year = forms.ChoiceField(
        required=False,
        label="Year group",
        choices=[ANY, *((str(year), f"Year {year}") for year in YEAR_GROUPS)],
    )
    district = forms.ChoiceField(required=False)
    school = forms.ChoiceField(required=False, label="School, college or provider")
    service = forms.ChoiceField(required=False)
    lead = forms.ChoiceField(
        required=False, label="Lead worker", choices=[ANY, ("me", "Me"), ("none", "Nobody yet")]
    )
    characteristic = forms.ChoiceField(required=False)
    need = forms.ChoiceField(required=False, label="Level of need")
    seeks = forms.ChoiceField(required=False, label="Looking for")
    barrier = forms.ChoiceField(required=False, label="Kept from it by")
    contact = forms.ChoiceField(
        required=False,
        label="Can be reached",
        choices=[ANY, ("some", "Yes"), ("none", "No way to reach them")],
    )
    group = forms.ChoiceField(required=False)
    cohort = forms.ChoiceField(
        required=False,
        label="In the cohort",
        choices=[
            ("", "Now"),
            ("guarantee", "For the September Guarantee only"),
            ("left", "Not any more"),
            ("all", "Now or before"),
        ],
    )

    def __init__(self, data: Any, *, user: User, on: date) -> None:
        super().__init__(data)
        self.user, self.on = user, on
        self._leave_out_what_is_not_read()
        self._offer_groups()
        for name, choices in self._choices().items():
            if name in self.fields:
                self.fields[name].choices = [ANY, *choices]

    def _leave_out_what_is_not_read(self) -> None:
        who = asker(self.user, self.on)
        for name, (fields, _) in FILTERS.items():
            if not who.reads(*fields):
                del self.fields[name]

    def _offer_groups(self) -> None:
        """The groups of the councils they work for; where there is none the question is not there."""
        named = [
            each for council in scope_of(self.user).authority_ids for each in named_groups(self.user, council)
        ]
        if named:
            offer(self, "group", [ANY, *((str(each.pk), each.name) for each in named)])
        else:
            del self.fields["group"]

    def _choices(self) -> dict[str, list[tuple[str, str]]]:
        rules = ruleset(self.on)
        codes = [*Characteristic.OUR_OWN, *rules.characteristics]
        read = characteristics_read(scope_of(self.user).roles, codes)
        return {
            "status": [
                *((status.value, words) for status, words in WORDS.items()),
                ("new", "NEET for 30 days or less"),
            ],
            "seeks": [*choices_of(rules.sought_sectors.values()), NOT_ASKED],
            "barrier": choices_of(rules.barriers.values()),
            "need": [(code, known.plain_words) for code, known in rules.levels_of_need.items()],
            "characteristic": [(code, characteristic_words(code, rules)) for code in codes if code in read],
            **self._places(),
        }

    def _places(self) -> dict[str, list[tuple[str, str]]]:
        rows = _places_to_choose(self.user)
        return {name: _pairs(each) if name in self.fields else [] for name, each in rows.items()}

    def wanted(self) -> Wanted:
        """What was chosen; whatever is not among the choices counts as not said."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return Wanted(**{name: int(value) if name in NUMBERS else value for name, value in said.items()})


class TaskFilter(PlainForm):
    """What the list of tasks may be narrowed to."""

    whose = forms.ChoiceField(
        required=False,
        label="Whose",
        choices=[ANY, ("mine", "Mine"), ("service", "My service’s"), ("nobody", "Nobody’s yet")],
    )
    kind = forms.ChoiceField(required=False, label="What is to do", choices=[ANY, *KINDS.items()])
    due = forms.ChoiceField(
        required=False,
        label="By when",
        choices=[ANY, ("late", "Overdue"), ("soon", "Within 7 days, or overdue")],
    )

    def wanted(self) -> WantedTasks:
        """What was chosen; whatever is not among the choices counts as not said."""
        self.is_valid()
        return WantedTasks(**{name: value for name, value in self.cleaned_data.items() if value})


def _pairs(rows: Any) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in rows]


@built_once_whatever_the_rules
def _places_to_choose(user: User) -> dict[str, QuerySet[Any, Any]]:
    """The districts and services of one's councils; of schools one's own, or those of the councils."""
    scope = scope_of(user)
    here = {"authority__in": scope.authority_ids}
    own = [place.establishment_id for place in scope.places if place.establishment_id]
    codes = Authority.objects.filter(pk__in=scope.authority_ids).values("code")
    theirs = Q(pk__in=own) if own else Q(la_code__in=codes)
    rows = {
        "district": District.objects.filter(**here),
        "service": Service.objects.filter(**here),
        "school": Establishment.objects.filter(theirs, closed_on__isnull=True),
    }
    return {name: each.values_list("pk", "name") for name, each in rows.items()}
