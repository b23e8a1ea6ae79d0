"""The links of a survey: what opens one, what its address is, and what its page asks."""

import base64
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from neet.accounts.secrets import digest
from returns.surveys.models import Survey, SurveyAnswer, SurveyDoor
from schools.models import Establishment
from tracking.reference.queries import ruleset
from tracking.rules.survey import SurveyQuestion, questions_of, version_of

BYTES = 16


def secret_of(door: SurveyDoor) -> str:
    """The secret of a link, 128 bits, made anew from our key whenever the link is printed: it rests nowhere."""
    about = f"{door.survey.ref} {door.establishment_id or 0} {door.made_at.timestamp():.6f}"
    made = salted_hmac("neet.survey door secret", about, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made[:BYTES]).decode().rstrip("=")


def digest_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return digest(secret, about="survey door")


def digest_of_own(secret: str) -> str:
    """What is kept of the secret by which somebody comes back to their own answers."""
    return digest(secret, about="survey answer")


def address_of(door: SurveyDoor) -> str:
    """The whole address behind a link, as it is printed."""
    return f"{settings.BASE_URL}{reverse('survey_door', args=[secret_of(door)])}"


def open_door(kept: str, on: date) -> SurveyDoor | None:
    """The link with this digest, while its survey is open and no newer one took its place; one statement. Which of
    these fails is never told apart."""
    running = SurveyDoor.objects.filter(survey__opens_on__lte=on, survey__closes_on__gte=on, ended_at=None)
    return running.select_related("survey__authority", "establishment").filter(digest=kept).first()


def own_answer(kept: str) -> SurveyAnswer | None:
    """The answers somebody comes back to by the link of their own; one statement."""
    if not kept:
        return None
    found = SurveyAnswer.objects.select_related("survey__authority", "establishment", "person")
    return found.filter(digest=kept, replaced_by=None).exclude(found=SurveyAnswer.Found.SET_ASIDE).first()


def is_open(survey: Survey, on: date) -> bool:
    """Whether answers are taken on the day."""
    return survey.opens_on <= on <= survey.closes_on


def schools_of(survey: Survey) -> list[Establishment]:
    """The schools that have a link to this survey: whoever comes by the council's own link says which was theirs."""
    held = Q(survey_doors__survey=survey, survey_doors__ended_at=None)
    return list(Establishment.objects.filter(held).order_by("name", "pk"))


@dataclass(frozen=True)
class Wording:
    """What a survey asks in one language, and which words these are."""

    questions: tuple[SurveyQuestion, ...]
    version: str


def wording_of(survey: Survey, language: str, on: date) -> Wording:
    """The questions of the day in this language; one small statement a request."""
    found = questions_of(ruleset(on).survey_questions, survey.kind, language)
    return Wording(found, version_of(found, language))
