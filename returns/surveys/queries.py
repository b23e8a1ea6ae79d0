"""Reading for answers by link: the link behind a secret or a code, and what its page may ask and show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from neet.accounts.secrets import digest
from returns.surveys.models import AnswerLink
from returns.surveys.rules import ENGLISH, LANGUAGES, plain_code
from tracking.reference.queries import ruleset
from tracking.register.models import Activity, Claim, YoungPerson
from tracking.register.rules.activities import not_known_codes
from tracking.rules.codes import Status
from tracking.rules.wordings import NOTHING, AnswerOffered, Asks

MOST_WRONG_TRIES = 5


def digest_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return digest(secret, about="answer link")


def code_digest_of(code: str) -> str:
    """What is kept of a code printed in a letter, however it is typed."""
    return digest(plain_code(code), about="answer code")


def link_of_code(typed: str, on: date) -> str:
    """The digest of the link behind a code while that is good, or nothing; two statements."""
    kept = (
        AnswerLink.objects.filter(code_digest=code_digest_of(typed)).values_list("digest", flat=True).first()
    )
    return kept if kept and usable_link(kept, on) else ""


def languages_told(people: Iterable[int]) -> dict[int, str]:
    """In which language each of these last answered; who never did, or in English, is not named. One statement."""
    answered = AnswerLink.objects.filter(person__in=list(people)).exclude(answered_at=None)
    latest = answered.order_by("person", "-answered_at", "-pk").distinct("person")
    told = dict(latest.values_list("person", "language"))
    return {person: code for person, code in told.items() if code in LANGUAGES and code != ENGLISH}


def usable_link(kept: str, on: date) -> AnswerLink | None:
    """The link with this digest, while it is good: not withdrawn, not run out, not guessed at too often, and not of a
    restricted record. Which of these fails is never told apart. One statement."""
    found = AnswerLink.objects.filter(
        digest=kept,
        withdrawn_at=None,
        expires_on__gte=on,
        wrong_tries__lt=MOST_WRONG_TRIES,
        person__restricted_on=None,
    )
    return found.select_related("authority", "person", "claim").first()


def can_be_checked(person: YoungPerson) -> bool:
    """Whether there is a birthday to ask for; without one nothing known of them is ever shown."""
    return person.date_of_birth is not None


@dataclass(frozen=True)
class Question:
    """What the page asks. `still` is where they last were (`is_place`) or what they did in words, empty where that is
    nothing to ask about; `answered` is what they said before by this link."""

    council: str
    telephone: str
    is_offer: bool
    still: str
    is_place: bool
    answered: str


def question_of(link: AnswerLink, on: date, *, knows_them: bool) -> Question:
    """Names what they did only to somebody who gave their birthday (`knows_them`)."""
    place, doing = _still(link, on) if knows_them and can_be_checked(link.person) else ("", "")
    return Question(
        council=link.authority.name,
        telephone=link.authority.contact_telephone,
        is_offer=link.purpose == Asks.OFFER,
        still=place or doing,
        is_place=bool(place),
        answered=link.answer,
    )


def _still(link: AnswerLink, on: date) -> tuple[str, str]:
    """Where they were when we last knew, and what they did; nothing to ask about otherwise."""
    last = last_known(link.person_id, on)
    if last is None:
        return "", ""
    words = ruleset(on).activities[last.code].plain_words
    return last.establishment_name, words[:1].lower() + words[1:]


def last_known(person_id: int, on: date) -> Activity | None:
    """The learning or work we last knew of, unless something else is known since or somebody told us that they left.
    One statement."""
    rules = ruleset(on)
    told = Activity.objects.filter(person=person_id, is_primary=True, starts_on__lte=on)
    known = told.exclude(code__in=not_known_codes(rules)).order_by("-starts_on", "-pk").first()
    goes_on = known is not None and known.code in rules.activities_with(Status.EET)
    return known if goes_on and known and not known.leaving_reason else None


def offered(on: date) -> tuple[AnswerOffered, ...]:
    """What they may say they do, in order; looking for something is a question of its own."""
    found = ruleset(on).answers_offered.values()
    return tuple(sorted((each for each in found if each.code != NOTHING), key=lambda each: each.order))


def open_claim(link: AnswerLink) -> Claim | None:
    """What they said by this link before, as long as no officer decided about it."""
    claim = link.claim
    return claim if claim and claim.state == Claim.State.OPEN else None
