"""What the turn of a day brings about, for everybody at once."""

from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.db import connection

from neet.audit.actions import recorded
from tracking.reference.queries import ruleset
from tracking.register.actions import upkeep
from tracking.register.kinds import Kind
from tracking.rules.codes import CohortKind

SITUATE = """
    SELECT count(*), tracking_situate(array_agg(person_id)) FROM tracking_situation
    WHERE changes_on <= %(on)s OR ends_on < %(on)s
"""


@dataclass(frozen=True, slots=True)
class Swept:
    """What one night's work did."""

    situated: int
    lapsing: int
    lapsed: int
    to_check: int
    asked_at_16: int
    closed: int


def sweep(*, day: date) -> Swept:
    """Bring everybody's situation to the day, open the tasks it calls for and close those that are answered.

    Statements over the whole register; done twice it changes nothing; a task whose own day has passed already is
    due a fortnight on. Statuses need no sweep: they follow from the day (R46). How many days ahead is
    settings.LAPSING_DAYS.
    """
    rules = ruleset(day)
    tracked = sorted(rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE))
    with recorded(Kind.NIGHTLY_SWEEP, by=None) as event:
        situated = situate(day)
        swept = Swept(
            situated=situated,
            closed=upkeep.close_answered(None, on=day) + upkeep.close_of_those_gone(tracked=tracked),
            lapsing=upkeep.open_lapsing(on=day, ahead=settings.LAPSING_DAYS, tracked=tracked),
            lapsed=upkeep.open_lapsed(on=day, tracked=tracked),
            to_check=upkeep.open_check_started(on=day, tracked=tracked),
            asked_at_16=upkeep.open_ask_at_16(on=day, tracked=tracked),
        )
        event.counts.update(asdict(swept))
        return swept


def situate(on: date) -> int:
    """Derive anew the situations in which something began or ended by the day; how many they were."""
    with connection.cursor() as cursor:
        cursor.execute(SITUATE, {"on": on})
        return int(cursor.fetchone()[0])
