"""What a school or college is told of those who left it: made for everybody together, and anew whenever it is taken, so
that whoever took their agreement back since is not named (R18, R21)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from neet import clock
from neet.accounts.models import User
from returns.exchange.making import Tell, kept
from returns.exchange.models import Parcel, ParcelFile
from returns.exchange.statements import ForOne
from returns.intake.papers import Paper
from returns.leavers.actions import make_feedback as of_leavers
from returns.leavers.queries.feedback import places_told
from returns.leavers.queries.providers import spans
from returns.surveys.many.actions.feedback import make_feedback as of_year_11
from returns.surveys.many.queries.cohort import asked_by_school
from returns.surveys.many.queries.feedback import last_may
from schools.models import Authority, Establishment


@dataclass(frozen=True, slots=True)
class Feedback:
    """One kind of it: what it is called, what it is for, for whom there is one, and how it is made."""

    title: str
    about: str
    places: Callable[[Authority], Sequence[Establishment]]
    make: Callable[[Authority, Establishment, User | None], Paper]


def _with_a_year_11(authority: Authority) -> list[Establishment]:
    there = asked_by_school(authority.pk, last_may(clock.today()))
    return list(Establishment.objects.filter(pk__in=list(there), closed_on=None).order_by("name", "pk"))


def _with_leavers(authority: Authority) -> list[Establishment]:
    return places_told(authority, spans(clock.today())["year"][1].since)


def _year_11(authority: Authority, place: Establishment, by: User | None) -> Paper:
    made = of_year_11(authority=authority, establishment=place, on=clock.today(), by=by)
    return Paper(made.name, made.content, made.people)


def _leavers(authority: Authority, place: Establishment, by: User | None) -> Paper:
    return of_leavers(authority=authority, establishment=place, by=by)


NAMED_ARE = "Named are those who agreed to it; the others are counted."
FEEDBACK: Mapping[str, Feedback] = {
    Parcel.Kind.FEEDBACK: Feedback(
        "What your last Year 11 does now", f"Where they went after the summer. {NAMED_ARE}", _with_a_year_11, _year_11
    ),
    Parcel.Kind.LEAVERS: Feedback(
        "What your leavers do now", f"Of those you told us of this school year. {NAMED_ARE}", _with_leavers, _leavers
    ),
}  # fmt: skip


def to_tell(authority: Authority, kind: str) -> list[Establishment]:
    """For whom there is something to make and who was not given it today."""
    given = given_today(authority, kind)
    return [each for each in FEEDBACK[kind].places(authority) if each.pk not in given]


def given_today(authority: Authority, kind: str) -> set[int]:
    """The establishments for which it was put out today."""
    files = ParcelFile.objects.filter(
        parcel__authority=authority,
        parcel__kind=kind,
        parcel__withdrawn_at=None,
        parcel__made_at__date=clock.today(),
    )
    return set(files.values_list("establishment_id", flat=True))


def made_for_schools(authority: Authority, kind: str, by: User | None, tell: Tell) -> Iterator[ForOne]:
    """The file of each of them, one after the other."""
    places = to_tell(authority, kind)
    for done, place in enumerate(places, start=1):
        yield kept(FEEDBACK[kind].make(authority, place, by), place.pk, authority.pk, by)
        tell(done, len(places))


def as_of_now(found: ParcelFile, by: User | None) -> Paper | None:
    """What is handed out of a file that tells of young people: made at this moment. None for any other file."""
    kind = FEEDBACK.get(found.parcel.kind)
    return kind.make(found.parcel.authority, found.establishment, by) if kind else None
