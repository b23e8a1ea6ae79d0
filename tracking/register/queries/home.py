"""The numbers of the first page: how many of whom, each with the list behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, FilteredRelation, Q

from neet.accounts.models import User
from tracking.reference.queries import ruleset
from tracking.register.columns import asker
from tracking.register.models import YoungPerson
from tracking.register.queries.register import Wanted, condition_of
from tracking.register.queries.standing import standing_as
from tracking.rules.academic_year import birth_range
from tracking.rules.codes import CohortKind, Status

LISTS: Mapping[str, tuple[str, Wanted, Mapping[str, str]]] = {
    "not_known": ("not known", Wanted(status="NOT_KNOWN"), {"status": "NOT_KNOWN"}),
    "neet": ("NEET", Wanted(status="NEET"), {"status": "NEET"}),
    "new": ("newly NEET in the last 30 days", Wanted(status="new"), {"status": "new"}),
    "in_14": ("to be confirmed within 14 days", Wanted(running_out=14), {"running_out": "14"}),
    "in_30": ("to be confirmed within 30 days", Wanted(running_out=30), {"running_out": "30"}),
    "in_60": ("to be confirmed within 60 days", Wanted(running_out=60), {"running_out": "60"}),
    "ending": ("finish within 60 days, nothing known to follow", Wanted(ending=60), {"ending": "60"}),
    "everybody": ("young people in all", Wanted(), {}),
}
TONES = {"not_known": "attention", "neet": "bad"}


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the filters of the list behind it."""

    number: int
    words: str
    filters: Mapping[str, str]
    tone: str = ""


TITLES = {
    "tracking_officer": "Young people of the council",
    "mi_officer": "Young people of the council",
    "caseworker": "My service's young people",
    "service_lead": "My service's young people",
    "contractor": "The young people allotted to you",
    "district_lead": "Young people of my district",
}


def figures(user: User, on: date) -> tuple[Figure, ...]:
    """All numbers in one statement over the same conditions as the lists behind them."""
    who, rules = asker(user, on), ruleset(on)
    conditions = {name: condition_of(wanted, who, rules, user) for name, (_, wanted, _) in LISTS.items()}
    everybody = conditions["everybody"]
    counted = (
        YoungPerson.objects.visible_to(user)
        .filter(everybody)
        .aggregate(**{name: Count("pk", filter=condition) for name, condition in conditions.items()})
    )
    return tuple(
        Figure(counted[name], words, filters, TONES.get(name, "") if counted[name] else "")
        for name, (words, _, filters) in LISTS.items()
    )


@dataclass(frozen=True)
class Participation:
    """How many of the young people of one district, or of all, are NEET or not known."""

    where: str
    people: int
    neet: int
    not_known: int

    @property
    def together(self) -> int:
        return self.neet + self.not_known

    def share(self, number: int) -> float | None:
        return 100 * number / self.people if self.people else None

    @property
    def shares(self) -> tuple[float | None, float | None, float | None]:
        """NEET, not known and both together, in percent of all."""
        return self.share(self.neet), self.share(self.not_known), self.share(self.together)


NO_DISTRICT = "No district recorded"


def participation(authority_ids: Sequence[int], on: date) -> tuple[Participation, ...]:
    """Counts of Years 12 and 13 by the district they live in, everybody last; one statement, restricted records
    counted. Nobody is named.
    """
    rules = ruleset(on)
    (first, _), (_, last) = birth_range(17, on), birth_range(16, on)
    tracked = YoungPerson.objects.filter(
        authority__in=authority_ids,
        cohort_status__in=rules.cohort_letters(CohortKind.PRIMARY),
        date_of_birth__range=(first, last),
    )
    home = FilteredRelation("residences", condition=Q(residences__ends_on__isnull=True))
    rows = (
        tracked.annotate(home=home, where=F("home__district__name"))
        .values("where")
        .annotate(
            people=Count("pk"),
            neet=Count("pk", filter=standing_as(Status.NEET, rules, on)),
            not_known=Count("pk", filter=standing_as(Status.NOT_KNOWN, rules, on)),
        )
        .order_by(F("where").asc(nulls_last=True))
    )
    found = [
        Participation(row["where"] or NO_DISTRICT, row["people"], row["neet"], row["not_known"])
        for row in rows
    ]
    numbers = ("people", "neet", "not_known")
    everybody = {name: sum(getattr(each, name) for each in found) for name in numbers}
    return (*found, Participation("All", **everybody))
