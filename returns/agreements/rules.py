"""What flows of data there are, and how an agreement stands on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SOON = timedelta(days=60)
# What goes out from here, and what comes in that is no return, by short name.
OUTWARD: Mapping[str, str] = {
    "nccis": "Monthly return to the Department for Education",
    "templates": "Files to fill in, with the names of pupils",
    "feedback": "What last year’s pupils do now, to their schools",
    "leaver_feedback": "What became of leavers, to those they left",
    "handed_on": "Records of those who move, to other local authorities",
}
INWARD: Mapping[str, str] = {
    "register_load": "The register, brought from another system",
    "surveys": "What young people answer in surveys and by links",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says. `flows` are short names of what passes under it."""

    title: str
    with_whom: str
    direction: str
    flows: tuple[str, ...]
    basis: str
    purpose: str
    controller: str
    retention: str
    establishment_id: int | None = None
    signed_on: date | None = None
    expires_on: date | None = None


def is_running(ended_on: date | None, expires_on: date | None, on: date) -> bool:
    """Whether data may still pass under it on the day; both last days count."""
    return all(last is None or last >= on for last in (ended_on, expires_on))


def runs_out_soon(ended_on: date | None, expires_on: date | None, on: date) -> bool:
    """Whether a running agreement runs out within 60 days."""
    return is_running(ended_on, expires_on, on) and expires_on is not None and expires_on <= on + SOON


def standing(ended_on: date | None, expires_on: date | None, on: date) -> tuple[str, str]:
    """How it stands: words and a tone."""
    if ended_on is not None and ended_on < on:
        return "Ended", "plain"
    if expires_on is not None and expires_on < on:
        return "Ran out", "bad"
    if runs_out_soon(ended_on, expires_on, on):
        return "Runs out soon", "attention"
    return "Running", "good"
