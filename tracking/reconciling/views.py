"""Is everybody here? The register beside estimates and lists; addresses that lie elsewhere than is written."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.listing import listing_of
from neet.ui.words import many
from schools.models import Authority
from tracking.reconciling.actions.districts import take_district
from tracking.reconciling.held import held_against
from tracking.reconciling.kinds import Kind
from tracking.reconciling.pictures import by_month, message
from tracking.reconciling.queries import addresses as where
from tracking.reconciling.queries.coverage import coverage as coverage_of
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted
from tracking.tabs import tabs

PEOPLE = "young person,young people"
NOTHING_TICKED = "coverage_nothing_ticked"


@needs(Permission.FIGURES_EXPLORE)
def coverage(request: HttpRequest) -> HttpResponse:
    """Numbers alone: the register by age, the lists it is held against, the census, and addresses."""
    today = clock.today()
    authority = Authority.objects.get(pk=request.authority_id)
    found = coverage_of(authority.pk, today)
    shown = {
        "beside": tabs(request, "coverage"),
        "authority": authority,
        "found": found,
        "message": message(found.together),
        "picture": by_month(found),
        "held": held_against(request.user, authority.pk, today),
        "addresses": where.counted(authority.pk, authority.code, ruleset(today)),
        "may_open": request.scope.can(Permission.RETURN_RECEIVE),
        "may_place": request.scope.can(Permission.PERSON_CHANGE),
    }
    return render(request, "tracking/reconciling/coverage.html", shown)


@needs(Permission.PERSON_CHANGE)
def addresses(request: HttpRequest, part: str) -> HttpResponse:
    """Those of whom the postcode says something else than is written, of whom one may see."""
    if part not in where.PARTS:
        raise Http404
    found = _living(request, part)
    listing = listing_of(request.GET, sorts={"name": ()}, first="name").counted(len(found))
    lines = where.shown(found[listing.start : listing.stop])
    people = [line.person.pk for line in lines]
    note_read(Kind.ADDRESSES_READ, by=request.user, authority_id=request.authority_id, subjects=people)
    error = "Select at least one young person" if request.session.pop(NOTHING_TICKED, False) else ""
    shown = {
        "part": part,
        "words": where.PARTS[part],
        "lines": lines,
        "listing": listing,
        "error": error,
        "problems": [(f"ticked-{lines[0].person.ref}" if lines else "", error)],
    }
    return render(request, "tracking/reconciling/addresses.html", shown)


@require_POST
@needs(Permission.PERSON_CHANGE)
def take(request: HttpRequest) -> HttpResponse:
    """For the ticked the district of their postcode is taken: shown first, done once it is confirmed."""
    refs = [each for each in request.POST.getlist("ticked") if _is_ref(each)]
    wanted = set(YoungPerson.objects.filter(ref__in=refs).values_list("pk", flat=True))
    found = [each for each in _living(request, where.DIFFERS) if each[0] in wanted]
    here = redirect("coverage_addresses", part=where.DIFFERS)
    if not found:
        request.session[NOTHING_TICKED] = True
        return here
    if "sure" not in request.POST:
        return render(request, "tracking/reconciling/take.html", {"lines": where.shown(found)})
    try:
        done = take_district(
            authority_id=request.authority_id, people=[each[0] for each in found], by=request.user
        )
    except NotPermitted:
        messages.warning(request, "Somebody among them may not be changed by you. Nothing was changed.")
    else:
        messages.success(request, f"The district of the postcode stands for {many(done, PEOPLE)}.")
    return here


def _living(request: HttpRequest, part: str) -> Sequence[tuple[int, str, str]]:
    authority = Authority.objects.get(pk=request.authority_id)
    return where.living(request.user, authority.pk, authority.code, part, ruleset(clock.today()))


def _is_ref(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
