"""The file in which a school or college reads what became of its leavers."""

from neet.files.writers import Sheet, xlsx_bytes
from neet.ui.words import day
from returns.leavers.queries.feedback import Feedback
from returns.leavers.queries.providers import Span
from schools.models import Establishment

HEADINGS = ("Last name", "First name", "Left on", "Why they left", "What they do now")


def feedback_book(found: Feedback, establishment: Establishment, span: Span) -> bytes:
    """Two sheets: those who agreed one by one, all others in numbers; what each means stands beside it."""
    named = [
        (each.family_name, each.given_name, each.left_on, each.reason or "Not said", each.doing)
        for each in found.named
    ]
    period = f"Told of by {establishment} from {day(span.since)} on, as known on {day(span.until)}."
    counted = [
        *found.counts.items(),
        ("", ""),
        (period, ""),
        ("Small numbers, and those from which they could be worked out, are not shown.", ""),
    ]
    return xlsx_bytes(
        Sheet("Agreed to be named", HEADINGS, named),
        Sheet("All others", ("What they do now", "Young people"), counted),
    )
