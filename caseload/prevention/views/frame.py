"""What the pages of this room have in common: the way between them, whose council it is, acts that may be refused."""

from typing import Any

from django.http import HttpRequest

from caseload.tabs import tabs
from neet.ui.context import address
from neet.ui.parts import Link

PAGES = (
    ("At risk", "at_risk"),
    ("At risk and no offer", "at_risk_without_offer"),
    ("Whom the points name", "risk_points"),
    ("Were the points right?", "risk_test"),
    ("Schools", "risk_schools"),
)


def about(request: HttpRequest, here: str, **more: Any) -> dict[str, Any]:
    """The two rows of ways on, and what the page shows."""
    found = [(words, name, address(name)) for words, name in PAGES]
    beside = [Link(words, url, current=name == here) for words, name, url in found if url]
    return {"tabs": tabs(request, "at_risk"), "beside": beside, **more}
