"""Lists asked for: whose they are, who may agree to them, and what stands in one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from tracking.extracts.models import Extract
from tracking.reference.queries import ruleset
from tracking.register.columns import headings
from tracking.register.models import YoungPerson
from tracking.register.queries.narrowing import Wanted
from tracking.register.queries.register import Line, lines_of, register_list
from tracking.rights.queries.limits import use_is_limited

ABOVE, KEPT = "extract_agreed_above", "extract_kept_days"
AN_HOUR, A_DAY = "lists_an_hour", "list_lines_a_day"
Table = tuple[Sequence[str], Sequence[Line], list[list[Any]]]
# The columns of a list by the heading that must be open to whoever asks, with what a file says there.
COLUMNS: Mapping[str, tuple[str, Any]] = {
    "family_name": ("Last name", lambda line: line.family_name),
    "given_name": ("First name", lambda line: line.given_name),
    "born_on": ("Date of birth", lambda line: line.born_on),
    "activity_code": ("Doing now", lambda line: line.standing.words),
    "place": ("Where", lambda line: line.place),
    "lead": ("Lead worker", lambda line: line.lead),
    "district_name": ("District", lambda line: line.district),
    "pupil_number": ("UPN", lambda line: line.upn),
}


def extracts_seen_by(user: User) -> QuerySet[Extract]:
    """One's own, and of the councils where one may agree to them all of them; the newest first."""
    councils = [place.authority_id for place in scope_of(user).where(Permission.EXPORT_APPROVE)]
    found = Extract.objects.filter(Q(asked_by=user.pk) | Q(authority__in=councils))
    return found.select_related("authority", "asked_by", "decided_by", "file").order_by("-asked_at", "-pk")


def people_of(user: User, wanted: Wanted, on: date) -> QuerySet[YoungPerson]:
    """Who stands in the list: those this person sees, less those whose record is not to be used just now."""
    return register_list(user, wanted, on).exclude(use_is_limited("pk"))


def needs_agreement(number: int, on: date) -> bool:
    """Whether somebody else agrees first: above the number of the dated limits."""
    return number > ruleset(on).limits[ABOVE]


def too_many(user: User, number: int, at: datetime, on: date) -> str:
    """Why one more list of so many is too much just now, in words; empty while it is not (threat T7)."""
    limits = ruleset(on).limits
    own = Extract.objects.filter(asked_by=user).order_by()
    if own.filter(asked_at__gt=at - timedelta(hours=1)).count() >= limits[AN_HOUR]:
        return f"You asked for {limits[AN_HOUR]} lists within the hour, which is the most. Try again later."
    told = own.filter(asked_at__gt=at - timedelta(days=1)).exclude(state=Extract.State.REFUSED)
    so_far = told.aggregate(people=Sum("people"))["people"] or 0
    if so_far + number > limits[A_DAY]:
        return (
            f"Your lists of one day may hold {limits[A_DAY]:,} young people in all, and with this one it would be"
            f" {so_far + number:,}. Narrow it down, or try again tomorrow."
        )
    return ""


def table_of(user: User, people: QuerySet[YoungPerson], on: date) -> Table:
    """Headings, lines and cells of a list, with the columns this person reads and the masks of the day."""
    shown = headings(user, on)
    columns = [(words, told) for name, (words, told) in COLUMNS.items() if name in shown]
    lines = lines_of(people.order_by("family_name", "given_name", "pk"), user, on)
    return [words for words, _ in columns], lines, [[told(line) for _, told in columns] for line in lines]
