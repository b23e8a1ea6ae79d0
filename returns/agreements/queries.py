"""The agreements of a council, and which flows of data have none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from returns.agreements.rules import INWARD, OUTWARD, SOON, is_running, standing
from returns.exchange.models import Agreement
from returns.intake.layouts import LAYOUTS
from schools.models import Authority


@dataclass(frozen=True)
class Line:
    """One agreement as the page shows it."""

    agreement: Agreement
    flows: tuple[str, ...]
    standing: tuple[str, str]


@dataclass(frozen=True)
class Flow:
    """One flow of data and the running agreements it passes under."""

    code: str
    words: str
    direction: str
    agreements: tuple[Agreement, ...]


def flow_words() -> dict[str, str]:
    """Every flow by its short name."""
    return {**{slug: layout.title for slug, layout in LAYOUTS.items()}, **INWARD, **OUTWARD}


def agreements_of(authority: Authority) -> QuerySet[Agreement]:
    """All of a council's agreements: those running first, by the day they run out."""
    return Agreement.objects.filter(authority=authority).select_related("establishment")


def lines(found: Sequence[Agreement], on: date) -> list[Line]:
    """These as the page shows them, those that are over last."""
    words = flow_words()
    made = [
        Line(
            each,
            tuple(words.get(flow, flow) for flow in each.flows),
            standing(each.ended_on, each.expires_on, on),
        )
        for each in found
    ]
    return sorted(
        made, key=lambda line: not is_running(line.agreement.ended_on, line.agreement.expires_on, on)
    )


def flows(found: Sequence[Agreement], on: date) -> list[Flow]:
    """Every flow, what comes in before what goes out, with what it passes under on the day."""
    running = [each for each in found if is_running(each.ended_on, each.expires_on, on)]
    ways: Mapping[str, str] = dict.fromkeys(OUTWARD, "Goes from us")
    return [
        Flow(
            code, words, ways.get(code, "Comes to us"), tuple(each for each in running if code in each.flows)
        )
        for code, words in flow_words().items()
    ]


def running_out(authority_id: int | None, on: date) -> int:
    """How many running agreements of a council run out within 60 days. One statement."""
    not_ended = Q(ended_on=None) | Q(ended_on__gte=on)
    soon = Agreement.objects.filter(not_ended, authority=authority_id, expires_on__range=(on, on + SOON))
    return soon.count()
