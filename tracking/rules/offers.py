"""What an offer of a place is worth for the September Guarantee: what counts, and what status follows (R25, R26).

Stages are data (`offer_stages`): a council says which of them count as an offer, what status they stand for and what is
to be done. An offer counts where its place begins by the beginning of the January term.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP, birth_range, ends_on
from tracking.rules.guarantee import GROUPS, grace_ends, guarantee_year_of

OFFER_MADE, NO_OFFER, NOT_RECORDED = "offer made", "no offer", "not recorded"
# Rows of the table that are no stage of an offer: what follows from a late first day, and having applied nowhere.
BEGINS_TOO_LATE, NOT_APPLIED = "begins_too_late", "not_applied"
NO_STAGES_OF_AN_OFFER = frozenset({BEGINS_TOO_LATE, NOT_APPLIED})
# What the reason of a guarantee begins with where offers set it: what they set they may change again.
BY_OFFERS = "By offers: "
# Places for a September begin from the June before it, when the examinations are over.
FIRST_MONTH = 6
YES = {"Y": True, "N": False}


@dataclass(frozen=True, slots=True)
class OfferStage:
    """How an application stands: the lower its number the more it weighs. `status` is the guarantee status it stands
    for, `to_do` what somebody has to do then, empty where nothing."""

    code: str
    words: str
    order: int
    counts: bool
    status: str
    to_do: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place applied for or offered, as the rules see it."""

    stage: str
    said_on: date
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfferRules:
    """The rules of offers on one day. `grace_days` run from 1 September on; `begins_by` is month and day as one number:
    110 is 10 January. `families` gives the group of each guarantee status."""

    stages: Mapping[str, OfferStage]
    families: Mapping[str, str]
    grace_days: int
    begins_by: int

    def last_day(self, year: int) -> date:
        """Until when an offer may be made for the September of this year."""
        return grace_ends(year, self.grace_days)

    def starts_by(self, year: int) -> date:
        """By when a place offered for the September of this year must begin to count (R25)."""
        return date(year + 1, *divmod(self.begins_by, 100))

    def september_of(self, day: date) -> int:
        """The year of the September that offers made on this day are for: in the days of grace the one just past."""
        return guarantee_year_of(day, self.grace_days)

    def september_for(self, place: Place) -> int:
        """The year of the September a place is for: told by its first day, else by when we heard of it. Whoever begins
        in the summer before, or late in the year, begins for that September."""
        if place.starts_on is None:
            return self.september_of(place.said_on)
        return place.starts_on.year if place.starts_on.month >= FIRST_MONTH else place.starts_on.year - 1

    def stage_of(self, place: Place, year: int) -> OfferStage:
        """How a place stands towards the guarantee of a year: an offer that begins too late stands as such."""
        stage = self.stages[place.stage]
        late = place.starts_on is not None and place.starts_on > self.starts_by(year)
        return self.stages[BEGINS_TOO_LATE] if stage.counts and late else stage

    def counts(self, place: Place, year: int) -> bool:
        """Whether a place counts as an offer for the September of this year."""
        return self.september_for(place) == year and self.stage_of(place, year).counts

    def standing(self, places: Iterable[Place], year: int) -> OfferStage | None:
        """How somebody stands with all their places of a year together: by the one that weighs most. None where
        nothing was heard."""
        found = [self.stage_of(each, year) for each in places if self.september_for(each) == year]
        return min(found, key=lambda stage: stage.order, default=None)

    @property
    def nothing(self) -> str:
        """The status of somebody of whom nothing is recorded."""
        return min(code for code, family in self.families.items() if family == NOT_RECORDED)

    def follows(self, places: Iterable[Place], year: int, held: str, reason: str) -> str:
        """The guarantee status after the word of offers was heard, where `held` stood for this `reason`.

        Officers' word and that of an enrolment stand, but where they are "not recorded", or "no offer" and an offer was
        made; what offers set, offers change. Where the last of them went, nothing is recorded again.
        """
        standing = self.standing(places, year)
        by_offers = reason.startswith(BY_OFFERS)
        if standing is None:
            spoken = self.stages[NOT_APPLIED].status
            return self.nothing if by_offers and held != spoken else held
        family, wanted = self.families.get(held, ""), self.families.get(standing.status, "")
        says_more = family == NO_OFFER and wanted == OFFER_MADE
        return standing.status if by_offers or family in {"", NOT_RECORDED} or says_more else held


def guarantee_births(year: int, group: int | None = None) -> tuple[date, date]:
    """First and last birth date of everybody whose Year 11 or 12 (or this one of them) the September of this year
    follows; SQL asks by it."""
    youngest = birth_range(group_age(group or min(GROUPS)), ends_on(year - 1))
    oldest = birth_range(group_age(group or max(GROUPS)), ends_on(year - 1))
    return oldest[0], youngest[1]


def group_age(group: int) -> int:
    """The academic age of a year group."""
    return group + AGE_ABOVE_YEAR_GROUP


def offer_stage(row: Mapping[str, str]) -> OfferStage:
    """A row of the table `offer_stages`. Raises ValueError with the reason."""
    if not row["guarantee_status"]:
        raise ValueError("it stands for no guarantee status")
    return OfferStage(
        code=row["code"],
        words=row["plain_words"],
        order=int(row["order"]),
        counts=YES[row["counts"]],
        status=row["guarantee_status"],
        to_do=row["to_do"],
    )
