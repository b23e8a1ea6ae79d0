"""What stands in letters: the council's head, names, and addresses as they are at the moment of printing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from caseload.letters.models import Letter, LetterBatch, Letterhead
from caseload.letters.rules import address_lines
from schools.models import Authority
from tracking.register.models import Residence


@dataclass(frozen=True)
class Headed:
    """What stands on every letter of a council."""

    council: str
    contact: str
    return_lines: tuple[str, ...]
    signed_by: str
    signed_as: str


@dataclass(frozen=True)
class Sheet:
    """What one letter needs to know of its young person."""

    person: int
    first_name: str
    name: str
    address: tuple[str, ...]
    letter: int = 0


def headed(authority: Authority) -> Headed | None:
    """A council's letterhead, or None where nobody has written it yet."""
    head = Letterhead.objects.filter(authority=authority).first()
    if head is None:
        return None
    return Headed(
        council=authority.name,
        contact=contact_words(authority),
        return_lines=tuple(head.return_address.splitlines()),
        signed_by=head.signed_by,
        signed_as=head.signed_as,
    )


def contact_words(authority: Authority) -> str:
    """Tracking team, telephone 01234 567890, tracking@example.org"""
    telephone = f"telephone {authority.contact_telephone}" if authority.contact_telephone else ""
    said = (authority.contact_name, telephone, authority.contact_email)
    return ", ".join(each for each in said if each) or authority.name


def sheets_of(batch: LetterBatch) -> Iterator[Sheet]:
    """Name and address of everybody still to be written to, in the order of the batch; two statements."""
    return _sheets(batch.letters.filter(state=Letter.State.TO_SEND).order_by("number"))


def sheet_of(letter: Letter) -> Sheet | None:
    """The same of one letter; None where they live nowhere that is known."""
    return next(_sheets(Letter.objects.filter(pk=letter.pk)), None)


def _sheets(rows: QuerySet[Letter]) -> Iterator[Sheet]:
    letters = list(rows.select_related("person"))
    homes = Residence.objects.filter(person__in=[each.person_id for each in letters], ends_on=None)
    by_person = {each.person_id: each for each in homes}
    for letter in letters:
        if home := by_person.get(letter.person_id):
            yield _sheet(letter, home)


def _sheet(letter: Letter, home: Residence) -> Sheet:
    person = letter.person
    to_parent = letter.to == Letter.To.PARENT
    who = f"Parent or carer of {person.full_name}" if to_parent else person.full_name
    inner = (home.line_1, home.line_2, home.line_3, home.line_4)
    lines = address_lines(inner, home.town, home.postcode)
    first = person.known_as or person.given_name
    return Sheet(person.pk, first, person.full_name, (who, *lines), letter.pk)
