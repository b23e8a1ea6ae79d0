"""Who else may know a young person: at the same address, at their last school or college, and what was said of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Lower, Replace

from caseload.chase.queries.answers import AnswerLine, answer_lines, answers_for
from neet.accounts.models import User
from schools.models import Contact
from tracking.models import Residence, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.columns import asker
from tracking.register.queries.index import IndexLine, index_lines
from tracking.register.queries.wording import place_of
from tracking.register.rules.activities import not_known_codes
from tracking.rules.identifiers import normal_postcode

MOST = 10
SIGNS = (" ", ".", ",")
# Whom one asks about somebody who left, the nearest first.
PURPOSES = (
    Contact.Purpose.LEAVERS,
    Contact.Purpose.SIXTH_FORM,
    Contact.Purpose.CAREERS,
    Contact.Purpose.RETURNS,
)


@dataclass(frozen=True)
class LastPlace:
    """The school, college or provider they were at last, and whom one asks there."""

    name: str
    doing: str
    until: date | None
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class Around:
    """All of it for one young person, as far as the asker reads it."""

    same_address: tuple[IndexLine, ...]
    place: LastPlace | None
    answers: tuple[AnswerLine, ...]


def around(person: YoungPerson, user: User, on: date) -> Around:
    """Six statements at most."""
    return Around(same_address(person, user, on), last_place(person, user, on), said_of(person, user, on))


def same_address(person: YoungPerson, user: User, on: date) -> tuple[IndexLine, ...]:
    """Others this user sees who live at the same first line and postcode: brothers and sisters, most likely.

    Nobody for a restricted record, nor for whoever does not read addresses; a restricted record is never among them.
    """
    if person.restricted_on or not asker(user, on).reads("residence.line_1", "residence.postcode"):
        return ()
    homes = Residence.objects.filter(ends_on=None)
    home = homes.filter(person=person).exclude(postcode="").exclude(line_1="").first()
    if home is None:
        return ()
    written = {home.postcode, normal_postcode(home.postcode)}
    here = homes.filter(person=OuterRef("pk"), postcode__in=written)
    here = here.alias(line=_folded("line_1")).filter(line=_folded(Value(home.line_1)))
    seen = YoungPerson.objects.visible_to(user).filter(
        Q(Exists(here)), authority=person.authority_id, restricted_on__isnull=True
    )
    ordered = seen.exclude(pk=person.pk).order_by("family_name", "given_name", "pk")
    return index_lines(ordered[:MOST], on)


def _folded(what: str | Value) -> Replace | Lower:
    """A line of an address as it is compared: no capitals, spaces, full stops or commas."""
    text: Replace | Lower = Lower(what)
    for sign in SIGNS:
        text = Replace(text, Value(sign), Value(""))
    return text


def last_place(person: YoungPerson, user: User, on: date) -> LastPlace | None:
    """Where they were last, for whoever reads it; with the people there who are asked about leavers."""
    if not asker(user, on).reads("activity.establishment_name", "activity.code"):
        return None
    rules = ruleset(on)
    been = person.activities.filter(starts_on__lte=on).exclude(code__in=not_known_codes(rules))
    last = (
        been.exclude(establishment_name="")
        .select_related("establishment")
        .order_by("-starts_on", "-pk")
        .first()
    )
    if last is None:
        return None
    asked = Contact.objects.filter(authority=person.authority_id, establishment=last.establishment_id)
    contacts = sorted(
        (each for each in asked if each.purpose in PURPOSES), key=lambda each: PURPOSES.index(each.purpose)
    )
    known = rules.activities.get(last.code)
    return LastPlace(place_of(last), known.plain_words if known else "", last.ends_on, tuple(contacts))


def said_of(person: YoungPerson, user: User, on: date) -> tuple[AnswerLine, ...]:
    """What hubs, surveys and messages said of them and nobody confirmed yet, for whoever reads that."""
    if not asker(user, on).reads("claim.code"):
        return ()
    rows = answers_for(user).filter(person=person).order_by("-said_on", "-pk")
    return answer_lines(rows[:MOST], user, on)
