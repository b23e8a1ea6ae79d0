"""What the pages of a return have in common: whose layout, which return, and what the person may do with it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.statements.once import built_once_whatever_the_rules
from neet.ui.context import at_an_establishment
from returns.calendar.models import ExpectedReturn
from returns.intake.effects.listed import LISTED
from returns.intake.layouts import LAYOUTS, Layout
from returns.intake.models import Intake
from schools.models import Establishment

PUPILS, STUDENTS, YOUNG_PEOPLE = "pupil,pupils", "student,students", "young person,young people"


def layout_of(request: HttpRequest) -> str:
    """The same page in the school's portal and at the council's desk."""
    return "layouts/portal.html" if at_an_establishment(request.scope) else "layouts/desk.html"


def expected_of(request: HttpRequest, ref: UUID) -> ExpectedReturn:
    """One answer that is due, of those this person may see; else there is nothing here."""
    seen = ExpectedReturn.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("collection__authority", "establishment", "nil_by"), ref=ref)


def intake_of(request: HttpRequest, ref: UUID) -> Intake:
    """One return on its way, of those this person may see; else there is nothing here."""
    found = next(iter(_seen(request.user, ref)), None)
    if found is None:
        raise Http404
    return found


@built_once_whatever_the_rules
def _seen(user: User, ref: UUID) -> QuerySet[Intake]:
    return Intake.objects.visible_to(user).filter(ref=ref).select_related(
        "expected__collection", "expected__establishment", "establishment", "authority", "handed_to",
        "begun_by", "confirmed_by", "decided_by", "withdrawn_by", "file",
    )  # fmt: skip


def about(request: HttpRequest, expected: ExpectedReturn, intake: Intake | None = None) -> dict[str, Any]:
    """What stands around every page of a return."""
    collection = expected.collection
    return {
        "layout": layout_of(request),
        "expected": expected,
        "collection": collection,
        "sent_by": expected.sent_by,
        "is_list": expected.establishment is None,
        "may_be_compared": LAYOUTS[collection.type].effect == LISTED.name,
        "intake": intake,
        "seems": LAYOUTS[intake.seems].title if intake and intake.seems and intake.is_open else "",
        "is_roll": LAYOUTS[collection.type].is_roll,
        "who": who_is_on(expected),
        "may_contribute": may(request, expected, Permission.RETURN_CONTRIBUTE),
        "may_receive": may(request, expected, Permission.RETURN_RECEIVE),
        "may_submit": may(request, expected, Permission.RETURN_SUBMIT),
    }


def who_is_on(expected: ExpectedReturn) -> str:
    """What those on a return are called, one and many."""
    if expected.establishment is None:
        return YOUNG_PEOPLE
    return STUDENTS if expected.establishment.is_college else PUPILS


def layout_for(intake: Intake) -> Layout:
    return LAYOUTS[intake.type]


def may(request: HttpRequest, expected: ExpectedReturn, permission: Permission) -> bool:
    """Whether this is permitted to the person for this very establishment."""
    authority_id = expected.collection.authority_id
    return any(
        place.authority_id == authority_id and place.establishment_id in {None, expected.establishment_id}
        for place in request.scope.where(permission)
    )


def school_of(request: HttpRequest) -> str:
    """The names of the establishments somebody works for; empty for the council's own people."""
    ids = {
        place.establishment_id
        for place in request.scope.where(Permission.RETURN_READ)
        if place.establishment_id
    }
    return ", ".join(Establishment.objects.filter(pk__in=ids).values_list("name", flat=True))


def channel_of(request: HttpRequest, expected: ExpectedReturn) -> str:
    """How a file came: from the establishment itself, or brought in by the council."""
    own = expected.establishment_id is not None and any(
        place.establishment_id == expected.establishment_id
        for place in request.scope.where(Permission.RETURN_CONTRIBUTE)
    )
    return Intake.Channel.FILE if own else Intake.Channel.OFFICER
