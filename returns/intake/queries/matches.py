"""The rows of returns that wait for the council to say who they are: one at a time, beside those they may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Upper

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.intake.models import Candidate, Intake, IntakeRow
from returns.intake.queries.side_by_side import Beside, Line, lines_of
from tracking.register.columns import objection_in_force
from tracking.register.models import Residence, YoungPerson

MOST = 3
VERY_LIKELY = 0.95


@dataclass(frozen=True)
class Option:
    """Somebody the row may be, and what an officer has to know beside the fields."""

    number: int
    words: str
    candidate: Candidate
    likely: str
    notes: tuple[str, ...]

    @property
    def person(self) -> YoungPerson:
        return self.candidate.person


@dataclass(frozen=True)
class Case:
    """One row that waits, and who it may be."""

    row: IntakeRow
    options: tuple[Option, ...]
    lines: tuple[Line, ...]


def waiting(user: User) -> QuerySet[IntakeRow]:
    """The rows this user may decide on, the likeliest first: of returns that were sent, or brought in here. A row that
    may be somebody whose record they may not see is for those who may."""
    places = [place.authority_id for place in scope_of(user).where(Permission.RETURN_RECEIVE)]
    seen = YoungPerson.objects.visible_to(user).filter(pk=OuterRef("person"))
    theirs = Candidate.objects.filter(row=OuterRef("pk"))
    sent = Q(intake__state__in=Intake.APPLIED)
    sent |= Q(intake__state=Intake.State.CHECKED, intake__channel=Intake.Channel.OFFICER)
    return (
        IntakeRow.objects.filter(
            sent,
            Exists(theirs),
            ~Exists(theirs.filter(~Exists(seen))),
            intake__authority__in=places,
            found=IntakeRow.Found.DOUBTFUL,
            decided_at__isnull=True,
            left_out=False,
        )
        .select_related("intake__establishment", "intake__authority", "intake__expected__collection")
        .order_by("-sure", "intake", "number")
    )


def next_case(user: User, later: Sequence[int], on: date, first: int | None = None) -> Case | None:
    """The next row to decide on, `first` before all others; those put off come when no others are left."""
    rows = waiting(user)
    row = rows.filter(pk=first).first() if first else None
    row = row or rows.exclude(pk__in=later).first() or rows.first()
    return case_of(row, user, on) if row else None


def very_likely(row: IntakeRow) -> bool:
    """Whether one of those a row may be is all but certain, so that a slip of the hand would make a double."""
    return row.candidates.filter(sure__gte=VERY_LIKELY).exists()


def last_decided(user: User) -> IntakeRow | None:
    """The row this user decided last, as far as it can be taken back."""
    decided = IntakeRow.objects.filter(decided_by=user, candidates__isnull=False)
    states = (Intake.State.CHECKED, *Intake.APPLIED)
    return decided.filter(intake__state__in=states).order_by("-decided_at").first()


def case_of(row: IntakeRow, user: User, on: date) -> Case:
    """A row beside those it may be, field by field. Six statements."""
    asked = Candidate.objects.filter(row=row).select_related("person__situation__activity")
    candidates = list(asked.annotate(keeps_back=objection_in_force(on, "person"))[:MOST])
    homes = _homes(candidates)
    relatives, taken = _relatives(candidates, homes, user), _taken(row, candidates)
    several = len(candidates) > 1
    words = [f"On the register{f', {place}' if several else ''}" for place in range(1, len(candidates) + 1)]
    options = tuple(
        Option(number, words[number - 1], each, likely(each.sure), _notes(each.person, relatives, taken))
        for number, each in enumerate(candidates, start=1)
    )
    beside = [
        Beside(said, each, homes.get(each.person_id), bool(getattr(each, "keeps_back", False)))
        for said, each in zip(words, candidates, strict=True)
    ]
    return Case(row, options, lines_of(row, beside))


def likely(sure: float) -> str:
    """How sure a match is, in a word."""
    if sure >= VERY_LIKELY:
        return "very likely"
    return "likely" if sure >= 0.6 else "possible" if sure >= 0.2 else "unlikely"


def _homes(candidates: Sequence[Candidate]) -> dict[int, Residence]:
    living = Residence.objects.filter(
        person__in=[each.person_id for each in candidates], ends_on__isnull=True
    )
    return {home.person_id: home for home in living}


def _relatives(
    candidates: Sequence[Candidate], homes: Mapping[int, Residence], user: User
) -> list[YoungPerson]:
    """Others on the register who share last name with one of these, and their home or their birthday there."""
    asked = Q(pk__in=[])
    for each in candidates:
        home = homes.get(each.person_id)
        if home and home.postcode:
            here = Q(ends_on__isnull=True, postcode=home.postcode, line_1=home.line_1, person=OuterRef("pk"))
            same_home = Exists(Residence.objects.filter(here))
            asked |= Q(family_name_in_capitals=each.person.family_name.upper()) & Q(same_home)
    seen = YoungPerson.objects.visible_to(user).annotate(family_name_in_capitals=Upper("family_name"))
    ids = {each.person.authority_id for each in candidates}
    return list(seen.filter(asked, authority__in=ids)[:20]) if candidates else []


def _notes(
    person: YoungPerson, relatives: Sequence[YoungPerson], taken: Mapping[int, int]
) -> tuple[str, ...]:
    notes = []
    for other in relatives:
        if other.pk == person.pk or other.family_name.upper() != person.family_name.upper():
            continue
        name = f"{other.given_name} {other.family_name}"
        if other.date_of_birth != person.date_of_birth:
            notes.append(f"Has a brother or sister at home on the register: {name}")
        elif other.given_name.upper() == person.given_name.upper():
            notes.append("May stand on the register twice: same name, birthday and home")
        else:
            notes.append(f"Has a twin on the register: {name}")
    if number := taken.get(person.pk):
        notes.append(f"Row {number} of this return has been found to be them; this row would be left out")
    return tuple(dict.fromkeys(notes))


def _taken(row: IntakeRow, candidates: Sequence[Candidate]) -> dict[int, int]:
    """By candidate the other row of this return that has been found to be them."""
    others = IntakeRow.objects.filter(intake=row.intake_id, left_out=False).exclude(pk=row.pk)
    held = others.filter(person__in=[each.person_id for each in candidates])
    return dict(held.values_list("person_id", "number"))
