"""What is printed of a survey: a page with the square that telephones scan, for a classroom wall or a flyer."""

from neet import clock
from neet.documents.pdf import pdf_of
from neet.documents.square import square_of
from returns.surveys.many.queries.doors import address_of
from returns.surveys.many.rules import language_of
from returns.surveys.models import Survey, SurveyDoor


def poster_of(door: SurveyDoor, language: str) -> bytes:
    """One A4 page: what it is, the square, the address, who reads the answers."""
    survey, council = door.survey, door.survey.authority
    words = language_of(language).words(council=council.name, telephone=council.contact_telephone)
    address = address_of(door)
    shown = {
        "council": council.name,
        "words": words["poster"],
        "title": words["page"][survey.kind],
        "place": str(door.establishment or ""),
        "address": address.partition("://")[2],
        "square": square_of(address, words["poster"]["square"]),
        "until": survey.closes_on,
        "is_flyer": survey.kind == Survey.Kind.RESULTS_DAY,
        "today": clock.today(),
    }
    return pdf_of("returns/surveys/many/poster.html", shown)
