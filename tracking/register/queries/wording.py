"""Activities and confirmations as sentences an officer would say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from neet.ui.words import day
from tracking.register.models import Activity, Confirmation
from tracking.register.models.activity import Source

SAID = {
    Source.YOUNG_PERSON: "the young person",
    Source.PARENT: "a parent or carer",
    Source.PROVIDER: "the school, college or provider",
    Source.EMPLOYER: "the employer",
    Source.SERVICE: "another council service",
    Source.AUTHORITY: "another local authority",
    Source.DFE: "a national source",
    Source.SURVEY: "a survey answer",
    Source.LOADED: "the system we took the register over from",
}


@dataclass(frozen=True)
class Heard:
    """A confirmation: who told us, when it was so, who wrote it down and when."""

    pk: int
    source: str
    on: date
    by: str
    recorded_at: datetime


def heard_from(each: Confirmation) -> Heard:
    by = each.by.name if each.by else ""
    return Heard(each.pk, SAID.get(Source(each.source), "somebody"), each.verified_on, by, each.recorded_at)


def place_of(activity: Activity | None) -> str:
    if activity is None:
        return ""
    return activity.establishment.name if activity.establishment else activity.establishment_name


def activity_in_words(
    words: str, activity: Activity, place: str, heard: Sequence[Heard], counts_until: date | None, on: date
) -> str:
    """At college, full time, Ambleford College, since 1 September 2026; the young person confirmed it on 3 October
    2026; counts until 31 August 2027."""
    ended = activity.ends_on is not None and activity.ends_on < on
    begun = (
        f"from {day(activity.starts_on)} to {day(activity.ends_on)}"
        if ended
        else f"since {day(activity.starts_on)}"
    )
    where = f", {place}," if place else ""
    parts = [f"{words}{where} {begun}"]
    if heard:
        parts.append(f"{heard[0].source} confirmed it on {day(heard[0].on)}")
    elif not ended:
        parts.append("nobody has confirmed it yet")
    if counts_until:
        verb = "counts" if counts_until >= on else "counted"
        parts.append(f"{verb} until {day(counts_until)}")
    return "; ".join(parts) + "."
