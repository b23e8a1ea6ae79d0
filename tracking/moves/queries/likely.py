"""Whether somebody who is handed over stands on the new council's register already."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from neet.accounts.models import User
from tracking.matching.judging import Question, judge
from tracking.moves.models import Move
from tracking.moves.queries.handing import HandOver
from tracking.register.models import YoungPerson
from tracking.rules.matching.deciding import Decision

MOST = 5


@dataclass(frozen=True)
class Likely:
    """Somebody here who may be them; `sure` where the matcher would take them for the same unseen."""

    person: YoungPerson
    is_sure: bool


def likely_here(move: Move, handed: HandOver, user: User, on: date) -> tuple[Likely, ...]:
    """Those on the new council's register who may be them and whom this officer sees, the likeliest first.

    Who bears their number, or had it before, comes first; then those the matcher finds.
    """
    here = YoungPerson.objects.visible_to(user).filter(authority=move.to_authority_id)
    judged = judge(Question(move.to_authority_id or 0, on, [_row(handed)], [1.0])).judgements
    found = {each.person_id: each.decision for each in judged if each.decision is not Decision.NONE}
    numbers = Q(previous_id=handed.person.young_person_id)
    if handed.person.previous_id:
        numbers |= Q(young_person_id=handed.person.previous_id)
    by_number = set(here.filter(numbers).values_list("pk", flat=True)[:MOST])
    if move.new_person_id:
        by_number.add(move.new_person_id)
    order = sorted(
        {*by_number, *found}, key=lambda pk: (pk not in by_number, found.get(pk) != Decision.AUTO, pk)
    )
    people = {each.pk: each for each in here.filter(pk__in=order)}
    return tuple(
        Likely(people[pk], pk in by_number or found.get(pk) is Decision.AUTO) for pk in order if pk in people
    )[:MOST]


def _row(handed: HandOver) -> dict[str, str]:
    """Them by the matcher's headings."""
    person, home = handed.person, handed.residence
    return {
        "id": "1",
        "surname": person.family_name,
        "forename": person.given_name,
        "middle_name": person.middle_name,
        "date_of_birth": person.date_of_birth.isoformat() if person.date_of_birth else "",
        "gender": person.gender,
        "postcode": home.postcode if home else "",
        "address": " ".join(filter(None, (home.line_1, home.line_2, home.town))) if home else "",
        "upn": handed.upn,
        "uln": handed.uln,
    }
