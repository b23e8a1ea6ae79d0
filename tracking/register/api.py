"""Reading young people from programs: the same people, the same fields and the same trail as on screen."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from neet import clock
from neet.accounts.access import needs_for_api
from neet.accounts.roles import Permission
from neet.api import Pages, ReadView
from neet.audit.actions import note_read
from tracking.register.forms.filters import RegisterFilter
from tracking.register.kinds import Kind
from tracking.register.lines import PersonAnswer, PersonLine, PersonPageAnswer, answer_for, lines_for
from tracking.register.models import YoungPerson
from tracking.register.queries.narrowing import YEAR_GROUPS
from tracking.register.queries.people import visible_person
from tracking.register.queries.person import PersonPage
from tracking.register.queries.register import lines_of, register_list
from tracking.register.queries.standing import WORDS

DAYS = ["14", "30", "60"]
FILTERS: dict[str, tuple[str, list[str] | None]] = {
    "status": (
        "What they count as; new: NEET for 30 days or less.",
        [*(each.value for each in WORDS), "new"],
    ),
    "running_out": ("To be confirmed within so many days.", DAYS),
    "ending": ("Finishing within so many days, nothing known to follow.", DAYS),
    "year": ("Year group.", [str(year) for year in YEAR_GROUPS]),
    "district": ("Number of a district.", None),
    "school": ("Number of an establishment.", None),
    "service": ("Number of a service.", None),
    "lead": ("Whose lead worker one is oneself, or who has none.", ["me", "none"]),
    "characteristic": ("Code of a circumstance.", None),
    "need": ("Code of a level of need.", None),
    "seeks": ("Code of a sector they look for; nothing: not written down.", None),
    "barrier": ("Code of what keeps them from work or learning.", None),
    "contact": ("Who can be reached, or cannot.", ["some", "none"]),
    "cohort": ("Those in the cohort now, if left out.", ["guarantee", "left", "all"]),
}
PARAMETERS = [
    OpenApiParameter(name, OpenApiTypes.STR, description=words, enum=choices)
    for name, (words, choices) in FILTERS.items()
]
PAGING = {"cursor", "size"}
ANSWERS = {400: OpenApiTypes.OBJECT, 404: OpenApiTypes.OBJECT}


class People(ReadView):
    """The young people one may see, by the filters of the register, with the columns one may read."""

    permission_classes = [needs_for_api(Permission.PERSON_READ)]

    @extend_schema(
        parameters=[
            *PARAMETERS,
            OpenApiParameter("cursor", OpenApiTypes.STR, description="From `next` of the page before."),
            OpenApiParameter("size", OpenApiTypes.INT, description="How many at a time, up to 500."),
        ],
        responses={200: PersonPageAnswer, **ANSWERS},
        operation_id="people",
    )
    def get(self, request: Request) -> Response:
        user: Any = request.user
        today = clock.today()
        form = RegisterFilter(request.query_params, user=user, on=today)
        _refuse_what_is_not_asked_so(form, request)
        pages = Pages()
        pages.ordering = "ref"
        people = register_list(user, form.wanted(), today).only("pk", "ref")
        shown = [person.pk for person in pages.paginate_queryset(people, request) or []]
        rows = lines_of(YoungPerson.objects.filter(pk__in=shown).order_by("ref"), user, today)
        note_read(Kind.LIST_READ, by=user, authority_id=_authority(request), subjects=shown)
        return pages.get_paginated_response(PersonLine(lines_for(rows, user, today), many=True).data)


class Person(ReadView):
    """One young person's record, part by part, as far as one may read it. Notes and tasks stay on screen."""

    permission_classes = [needs_for_api(Permission.PERSON_READ)]

    @extend_schema(responses={200: PersonAnswer, **ANSWERS}, operation_id="person")
    def get(self, request: Request, ref: UUID) -> Response:
        user: Any = request.user
        found = visible_person(user, ref)
        page = PersonPage(found, user, clock.today())
        note_read(Kind.PERSON_READ, by=user, authority_id=found.authority_id, subjects=[found.pk])
        return Response(PersonAnswer(answer_for(page)).data)


def _refuse_what_is_not_asked_so(form: RegisterFilter, request: Request) -> None:
    """A filter that is misspelt, or not theirs to use, is said: a program would take everybody for the answer."""
    unknown = set(request.query_params) - set(form.fields) - PAGING
    problems = {name: ["There is no such filter."] for name in sorted(unknown)}
    if not form.is_valid():
        problems |= {name: [str(each) for each in words] for name, words in form.errors.items()}
    if problems:
        raise ValidationError(problems)


def _authority(request: Request) -> int | None:
    return getattr(request._request, "authority_id", None)
