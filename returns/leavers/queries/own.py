"""Of whom a school or college may say something one by one: those it has by the register today."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.intake.layouts.columns import EVERY_PLACE
from tracking.models import Activity, YoungPerson
from tracking.rules.academic_year import birth_range

AGES = (14, 24)  # academic ages: Year 10, and the oldest with an EHC plan


@dataclass(frozen=True)
class Own:
    """One of theirs: who, and at which of their places."""

    ref: UUID
    person_id: int
    authority_id: int
    establishment_id: int
    family_name: str
    given_name: str
    date_of_birth: date | None
    place: str

    @property
    def words(self) -> str:
        """Last name first, as lists of pupils are kept; the birthday tells two of one name apart."""
        born = f", born {self.date_of_birth:%-d %b %Y}" if self.date_of_birth else ""
        return f"{self.family_name}, {self.given_name}{born}"


def own_pupils(
    user: User, on: date, *, ages: tuple[int, int] = AGES, kinds: frozenset[str] = EVERY_PLACE
) -> QuerySet[Activity]:
    """What those of their places of these kinds do there today, by name: who is of these academic ages, the first and
    the last. Nobody who may not be seen."""
    places = [
        place.establishment_id
        for place in scope_of(user).where(Permission.RETURN_SUBMIT)
        if place.establishment_id
    ]
    latest, earliest = birth_range(ages[0], on)[1], birth_range(ages[1], on)[0]
    theirs = Activity.objects.filter(
        establishment__in=places,
        establishment__kind__in=kinds,
        is_primary=True,
        starts_on__lte=on,
        person__restricted_on=None,
        person__date_of_birth__range=(earliest, latest),
    ).exclude(ends_on__lt=on)
    seen = YoungPerson.objects.visible_to(user).values("pk")
    found = theirs.filter(person__in=seen).select_related("person", "establishment")
    return found.order_by(
        "person__family_name", "person__given_name", "person_id", F("starts_on").desc(), "pk"
    )


def listed(found: QuerySet[Activity], beginning: str = "") -> list[Own]:
    """These, or those whose last name begins so; one statement."""
    if beginning:
        found = found.filter(person__family_name__istartswith=beginning)
    return [_own(each) for each in found]


def _own(activity: Activity) -> Own:
    person, place = activity.person, activity.establishment
    return Own(
        person.ref,
        person.pk,
        person.authority_id,
        activity.establishment_id or 0,
        person.family_name,
        person.given_name,
        person.date_of_birth,
        place.name if place else "",
    )
