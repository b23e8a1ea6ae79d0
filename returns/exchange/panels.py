"""What the exchange puts on the first page of a school or college."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.exchange.queries import files_for


@dataclass(frozen=True)
class FilesPanel:
    """How many files nobody has taken yet, and how many lie there."""

    new: int
    all: int
    template: str = "returns/exchange/home.html"


def files_panel(user: User, on: date) -> FilesPanel | None:
    """For who collects for an establishment, while something lies there; one statement."""
    if not scope_of(user).can(Permission.EXCHANGE_COLLECT):
        return None
    taken = list(files_for(user, on).values_list("collected_at", flat=True))
    return FilesPanel(sum(each is None for each in taken), len(taken)) if taken else None
