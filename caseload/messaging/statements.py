"""What a list of messages is to be, as a page hands it to the action."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schools.models import Authority


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who gets which message, at most how many, and what it is part of."""

    authority: Authority
    wording: str
    audience: str
    narrowed: Mapping[str, Any] = field(default_factory=dict)
    most: int = 200
    cause: str = ""
