"""Returns from programs: what is due, a file brought, how it was judged, sent, taken back; the same as on pages."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from neet import clock
from neet.accounts.access import needs_for_api
from neet.accounts.limits import NotedThrottle
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.api import Pages, ReadView
from neet.audit.actions import note_read
from neet.bodies import JsonParser
from neet.files.actions import CannotStore, remove, store
from neet.jobs.models import Job
from neet.jobs.tasks import ring
from returns.calendar.models import ExpectedReturn
from returns.calendar.queries.expected import deadline_of
from returns.intake.actions.applying import ask_to_confirm
from returns.intake.actions.checking import ask_to_check
from returns.intake.actions.handing import record_notice
from returns.intake.actions.mending import explain, explain_all
from returns.intake.actions.receiving import begin_with_file
from returns.intake.actions.taking_back import ask_to_take_back
from returns.intake.answers import (
    MOST_PROBLEMS,
    ExplanationAsked,
    FileAsked,
    NoticeAsked,
    ReturnLine,
    ReturnPage,
    SentAnswer,
    WhyAsked,
)
from returns.intake.kinds import Kind
from returns.intake.models import Intake, Problem
from returns.intake.queries.standing import standings
from returns.intake.queries.work import work_of
from returns.intake.refusals import NoticeMissing, NotNow, NotReady
from tracking.register.refusals import NotPermitted

P = Permission
PAGING = [
    OpenApiParameter("cursor", OpenApiTypes.STR, description="From `next` of the page before."),
    OpenApiParameter("size", OpenApiTypes.INT, description="How many at a time, up to 500."),
]
ANSWERS = {400: OpenApiTypes.OBJECT, 404: OpenApiTypes.OBJECT}
CHANGES = {**ANSWERS, 409: OpenApiTypes.OBJECT}
WHERE_NOTICE = "The day goes into privacy_notice_on, sent with this request or with the file."


class Conflict(APIException):
    """The return is not in a state that allows this; the words say why."""

    status_code = 409
    default_code = "conflict"


class BringThrottle(NotedThrottle):
    """Files are work: fewer of them than questions."""

    scope = "files"


class ReturnView(ReadView):
    """An address that is also posted to."""

    http_method_names = ["post", "options"]
    parser_classes = [JsonParser, MultiPartParser, FormParser]

    def options(self, request: Any, *args: Any, **options: Any) -> Response:
        return Response(status=204, headers={"Allow": ", ".join(self.allowed_methods)})


class Returns(ReadView):
    """What the establishments of this place, or of this council, are asked for; nearest deadline last made first."""

    permission_classes = [needs_for_api(P.RETURN_READ)]

    @extend_schema(parameters=PAGING, responses={200: ReturnPage, **ANSWERS}, operation_id="returns")
    def get(self, request: Request) -> Response:
        pages = Pages()
        pages.ordering = "-pk"
        rows = pages.paginate_queryset(_asked(request), request) or []
        return pages.get_paginated_response(ReturnLine(_lines(rows), many=True).data)


class Return(ReadView):
    """One of them."""

    permission_classes = [needs_for_api(P.RETURN_READ)]

    @extend_schema(responses={200: ReturnLine, **ANSWERS}, operation_id="return")
    def get(self, request: Request, ref: UUID) -> Response:
        return Response(ReturnLine(_lines([_expected(request, ref)])[0]).data)


class ReturnFile(ReturnView):
    """Bring a file. The same file again is the return it was already; nothing is done twice."""

    permission_classes = [needs_for_api(P.RETURN_READ, to_post=P.RETURN_CONTRIBUTE)]
    throttle_classes = [BringThrottle]

    @extend_schema(
        request={"multipart/form-data": FileAsked},
        responses={200: SentAnswer, 202: SentAnswer, **CHANGES},
        operation_id="bring_return_file",
    )
    def post(self, request: Request, ref: UUID) -> Response:
        expected = _expected(request, ref, P.RETURN_CONTRIBUTE)
        asked = FileAsked(data=request.data)
        asked.is_valid(raise_exception=True)
        intake, is_new = _brought(request, expected, asked.validated_data["file"])
        _noticed(request, intake, asked)
        if intake.state == Intake.State.UPLOADED:
            _rung(_tried(lambda: ask_to_check(intake=intake, by=request.user)))
        return _answer(request, intake, 202 if is_new else 200)


class Sent(ReadView):
    """One file: how far it is, and what is wrong with which row, why and how to mend it."""

    permission_classes = [needs_for_api(P.RETURN_READ)]

    @extend_schema(responses={200: SentAnswer, **ANSWERS}, operation_id="sent_return")
    def get(self, request: Request, ref: UUID) -> Response:
        return _answer(request, _intake(request, ref))


class SentExplain(ReturnView):
    """Say why something asked about is right all the same: of one row, or of all that were asked the same. The answer
    is the return as it stands then. What has to be changed instead is a conflict."""

    permission_classes = [needs_for_api(P.RETURN_READ, to_post=P.RETURN_CONTRIBUTE)]

    @extend_schema(
        request=ExplanationAsked,
        responses={200: SentAnswer, **CHANGES},
        operation_id="explain_return_problem",
    )
    def post(self, request: Request, ref: UUID) -> Response:
        intake = _intake(request, ref, P.RETURN_CONTRIBUTE)
        asked = ExplanationAsked(data=request.data)
        asked.is_valid(raise_exception=True)
        _tried(lambda: _explained(request, intake, asked.validated_data))
        return _answer(request, intake)


class SentConfirm(ReturnView):
    """Send a checked return to the council. Rows with a problem to change stay behind; asked twice it is done once.
    With numbers or contact details on it, the day of the privacy notice is needed: here, or with the file."""

    permission_classes = [needs_for_api(P.RETURN_READ, to_post=P.RETURN_SUBMIT)]

    @extend_schema(
        request=NoticeAsked,
        responses={200: SentAnswer, 202: SentAnswer, **CHANGES},
        operation_id="send_return",
    )
    def post(self, request: Request, ref: UUID) -> Response:
        intake = _intake(request, ref, P.RETURN_SUBMIT)
        asked = NoticeAsked(data=request.data)
        asked.is_valid(raise_exception=True)
        if intake.is_applied:
            return _answer(request, intake)
        _noticed(request, intake, asked)
        _rung(_tried(lambda: ask_to_confirm(intake=intake, by=request.user)))
        return _answer(request, intake, 202)


class SentWithdraw(ReturnView):
    """Take a sent return back, while the council has not accepted it."""

    permission_classes = [needs_for_api(P.RETURN_READ, to_post=P.RETURN_SUBMIT)]

    @extend_schema(
        request=WhyAsked,
        responses={200: SentAnswer, 202: SentAnswer, **CHANGES},
        operation_id="take_return_back",
    )
    def post(self, request: Request, ref: UUID) -> Response:
        intake = _intake(request, ref, P.RETURN_SUBMIT)
        asked = WhyAsked(data=request.data)
        asked.is_valid(raise_exception=True)
        if intake.state == Intake.State.WITHDRAWN:
            return _answer(request, intake)
        why = asked.validated_data["why"]
        _rung(
            _tried(
                lambda: ask_to_take_back(intake=intake, how=Intake.State.WITHDRAWN, why=why, by=request.user)
            )
        )
        return _answer(request, intake, 202)


# --- what these addresses share ------------------------------------------------------------------------
def _asked(request: Request) -> QuerySet[ExpectedReturn]:
    seen = ExpectedReturn.objects.visible_to(request.user).filter(collection__published_at__isnull=False)
    return seen.select_related("collection__authority", "establishment", "nil_by")


def _expected(request: Request, ref: UUID, permission: Permission = P.RETURN_READ) -> ExpectedReturn:
    found = _asked(request).filter(ref=ref).first()
    if found is None or not _may(request, found, permission):
        raise Http404
    return found


def _intake(request: Request, ref: UUID, permission: Permission = P.RETURN_READ) -> Intake:
    seen = Intake.objects.visible_to(request.user).select_related("expected__collection", "establishment")
    found = seen.filter(ref=ref).first()
    if found is None or not _may(request, found.expected, permission):
        raise Http404
    return found


def _may(request: Request, expected: ExpectedReturn, permission: Permission) -> bool:
    """Whether this is permitted at this very establishment: a right held at one reaches nobody at another."""
    return any(
        place.authority_id == expected.collection.authority_id
        and place.establishment_id in {None, expected.establishment_id}
        for place in scope_of(request.user).where(permission)
    )


def _lines(found: list[ExpectedReturn]) -> list[dict[str, Any]]:
    return [
        {
            "ref": each.expected.ref,
            "type": each.expected.collection.type,
            "title": each.title,
            "establishment": each.expected.establishment_id,
            "establishment_name": each.school,
            "as_at": each.as_at,
            "due_on": deadline_of(each.expected).due_on,
            "is_late": each.is_late,
            "state": each.state,
            "sent": each.intake.ref if each.intake else None,
        }
        for each in standings(found, clock.today())
    ]


def _brought(request: Request, expected: ExpectedReturn, file: Any) -> tuple[Intake, bool]:
    """The return the file became, and whether it is new."""
    user: Any = request.user
    authority_id = expected.collection.authority_id
    try:
        kept = store(source=file, name=file.name, purpose="return", by=user, authority_id=authority_id)
    except CannotStore as problem:
        raise ValidationError({"file": [str(problem)]}) from None
    try:
        intake = begin_with_file(expected=expected, file=kept, by=user, channel=Intake.Channel.PROGRAM)
    except NotNow as problem:
        remove(file=kept, by=user, why="not taken")
        raise Conflict(str(problem)) from None
    if intake.file_id != kept.pk:
        remove(file=kept, by=user, why="the same file is here already")
        return intake, False
    return intake, True


def _noticed(request: Request, intake: Intake, asked: NoticeAsked | FileAsked) -> None:
    """Keep the day of the privacy notice, where it came along and the return is still open."""
    notice = asked.validated_data.get("privacy_notice_on")
    if notice and intake.is_open:
        _tried(lambda: record_notice(intake=intake, issued_on=notice, by=request.user))


def _explained(request: Request, intake: Intake, said: dict[str, Any]) -> None:
    user: Any = request.user
    kind, column, text = said["kind"], said["column"], said["explained"]
    problems = intake.problems.filter(kind=kind, column=column)
    if (number := said.get("row")) is not None:
        problems = problems.filter(row__number=number)
    problem = problems.select_related("row__intake", "intake").first()
    if problem is None:
        raise ValidationError({"kind": ["Nothing of this kind is asked there."]})
    if number is not None or problem.severity == Problem.Severity.ERROR:
        explain(problem=problem, text=text, by=user)
    else:
        explain_all(intake=intake, kind=kind, column=column, text=text, by=user)


def _tried(act: Any) -> Any:
    try:
        return act()
    except NoticeMissing as problem:
        raise Conflict(f"{problem} {WHERE_NOTICE}") from None
    except (NotNow, NotReady) as problem:
        raise Conflict(str(problem)) from None
    except NotPermitted:
        raise Http404 from None


def _rung(job: Job | None) -> None:
    if job is not None:
        ring(job)


def _answer(request: Request, intake: Intake, status: int = 200) -> Response:
    """The return as it stands; whom its problems name is noted in the trail."""
    intake.refresh_from_db()
    problems = list(intake.problems.select_related("row")[:MOST_PROBLEMS])
    people = {each.row.person_id for each in problems if each.row and each.row.person_id}
    note_read(Kind.READ, by=request.user, authority_id=intake.authority_id, subjects=sorted(people))
    return Response(SentAnswer(_shown(intake, problems)).data, status=status)


def _shown(intake: Intake, problems: list[Problem]) -> dict[str, Any]:
    newest = work_of(intake).first()
    return {
        "ref": intake.ref,
        "expected": intake.expected.ref,
        "version": intake.version,
        "state": intake.state,
        "is_busy": bool(newest and newest.is_open),
        "work_failed": newest.error if newest and newest.state == Job.State.FAILED else "",
        "columns_to_confirm": intake.state == Intake.State.UPLOADED and bool(intake.headings),
        "refusal": intake.refusal,
        "counts": {name: count for name, count in intake.counts.items() if isinstance(count, int)},
        "problems_total": len(problems) if len(problems) < MOST_PROBLEMS else intake.problems.count(),
        "problems": [_problem(each) for each in problems],
        "sent_at": intake.confirmed_at,
        "decided_why": intake.decided_why,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    named = ("column", "kind", "severity", "value", "why", "fix", "explained")
    return {
        "row": problem.row.number if problem.row else None,
        **{name: getattr(problem, name) for name in named},
    }
