"""What is asked of another service, as a page hands it to the action."""

from dataclasses import dataclass

from schools.models import Service


@dataclass(frozen=True, slots=True)
class Ask:
    """To whom, why, in one line, and whether that service is to lead or to support whoever leads."""

    to_service: Service
    reason: str
    words: str = ""
    takes_the_lead: bool = True
