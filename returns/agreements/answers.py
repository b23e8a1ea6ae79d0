"""What the agreements answer to the self-assessment."""

from datetime import date

from returns.agreements.queries import agreements_of, flows, running_out
from schools.models import Authority
from tracking.rules.assessment import Answer, percent


def agreements(authority: Authority, on: date) -> Answer:
    """Of the flows of data, which pass under a running agreement, and what runs out soon (R122). Two statements."""
    found = flows(list(agreements_of(authority)), on)
    covered = sum(bool(each.agreements) for each in found)
    parts = {
        "Flows of data": len(found),
        "Under a running agreement": covered,
        "Agreements that run out within 60 days": running_out(authority.pk, on),
    }
    words = f"{covered} of {len(found)} flows of data pass under a running agreement"
    return Answer(words, percent(covered, len(found)), "%", True, parts, "agreements")
