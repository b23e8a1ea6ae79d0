"""The file a school gets in February, made for whoever hands it out."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from neet.audit.actions import recorded
from returns.surveys.many.files import feedback_book
from returns.surveys.many.kinds import Kind
from returns.surveys.many.queries.feedback import feedback_of
from schools.models import Authority, Establishment


@dataclass(frozen=True, slots=True)
class FeedbackFile:
    """A file, what it is called, and the young people it names."""

    name: str
    content: bytes
    people: tuple[int, ...]


def make_feedback(
    *, authority: Authority, establishment: Establishment, on: date, by: User | None
) -> FeedbackFile:
    """What became of this school's last Year 11, as known on the day: by name of those who agreed, in numbers of the
    others (R21, R22). Whoever calls has asked whether `by` may hand it out."""
    with recorded(Kind.FEEDBACK_MADE, by=by, authority_id=authority.pk) as event:
        found = feedback_of(authority=authority, establishment=establishment, on=on)
        people = tuple(each.person_id for each in found.told)
        event.subjects = list(people)
        event.counts = {
            "establishment": establishment.pk,
            "people": len(people),
            "others": found.others_in_all,
        }
        name = f"{authority.code}{establishment.number[3:]}WhatBecameOfYear11{found.year_11_of}.xlsx"
        return FeedbackFile(name, feedback_book(found), people)
