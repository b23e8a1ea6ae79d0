"""Plans for the next step: the list, one plan, and the same on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.reviews.queries.lists import workers_of
from caseload.transitions.actions import change_plan, check_plans, end_plan, write_plan
from caseload.transitions.forms import PLAN_STATES, EndForm, ListFilter, PlanForm, as_planned
from caseload.transitions.kinds import Kind
from caseload.transitions.queries import plans as queries
from caseload.transitions.queries.people import districts_of, places_near, services_of
from caseload.transitions.rules import planned_year
from caseload.transitions.views.frame import SORTS, around, note_list, nothing_ticked, ticked
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.documents.pdf import pdf_of
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from schools.models import Service
from tracking.reference.queries import ruleset
from tracking.register.queries.people import visible_person
from tracking.register.views.editing import Page, answers, asked_and_done
from tracking.rules.academic_year import year_words

P = Permission
PLAN_SORTS = {"needs": ("needs", *SORTS["name"]), **SORTS}
NOTHING_TICKED = "transitions_nothing_ticked"
INTRO = "What they go on to, agreed with them and final before the exams. One plan for each young person and summer."


@needs(P.CASE_WORK)
def listed(request: HttpRequest) -> HttpResponse:
    """Who needs a plan this year, the most urgent first."""
    user, today = request.user, clock.today()
    form = ListFilter(
        request.GET,
        states=PLAN_STATES,
        services=services_of(user),
        districts=districts_of(user),
        schools=places_near(request.authority.code),
    )
    wanted = form.plans_wanted()
    people = queries.narrowed(queries.to_plan_for(user, today), wanted, today)
    counted = queries.counted(people, today)
    listing = listing_of(request.GET, sorts=PLAN_SORTS, first="needs", filters=form.fields)
    listing = listing.counted(counted[wanted.state] if wanted.state else counted.total)
    page = queries.of_state(people, wanted.state).order_by(*listing.order_by)
    lines = queries.lines_of(page[listing.start : listing.stop], user, today)
    note_list(request, [each.person.pk for each in lines])
    shown = {
        **around(request, "next_steps"),
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": lines,
        "counted": counted,
        "states": [(counted[state], words, state) for state, (words, _) in queries.STATES.items()],
        "to_check": wanted.state == queries.TO_CHECK,
        "year": year_words(planned_year(today)),
        **nothing_ticked(request, NOTHING_TICKED),
    }
    return render(request, "caseload/transitions/plans.html", shown)


@require_POST
@needs(P.CASE_WORK)
def check(request: HttpRequest) -> HttpResponse:
    """The ticked plans were gone through and still hold."""
    asked = ticked(request)
    if not asked:
        request.session[NOTHING_TICKED] = True
    else:
        number = check_plans(plans=asked, by=request.user)
        messages.success(request, f"{many(number, 'plan,plans').capitalize()} checked.")
    return redirect(f"{reverse('next_steps')}?state={queries.TO_CHECK}")


@needs(P.CASE_WORK)
def plan(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write somebody's plan for the coming summer, or change it."""
    person = visible_person(request.user, ref)
    today = clock.today()
    held = queries.plan_of(person.pk, today)
    form = PlanForm(
        answers(request),
        initial=as_planned(held) if held else {},
        authority=person.authority,
        workers=workers_of(Service.objects.filter(authority=person.authority).values_list("pk", flat=True)),
        rules=ruleset(today),
    )

    def act() -> str:
        if held is None:
            write_plan(person=person, told=form.told(), by=request.user)
            return "The plan is written."
        version = form.cleaned_data["version"] or 0
        change_plan(plan=held, told=form.told(), version=version, by=request.user)
        return "The plan is saved."

    def stands() -> str:
        now = queries.plan_of(person.pk, today)
        return str(now.version) if now else ""

    title = f"Plan for {year_words(planned_year(today))}"
    shown = {"plan": held}
    page = Page(title, "Save the plan", INTRO, template="caseload/transitions/plan.html", shown=shown)
    return asked_and_done(request, person, form, act, page, stands)


@needs(P.CASE_WORK)
def end(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The plan holds no longer."""
    person = visible_person(request.user, ref)
    held = queries.plan_of(person.pk, clock.today())
    if held is None:
        raise Http404
    form = EndForm(answers(request))

    def act() -> str:
        end_plan(plan=held, why=form.cleaned_data["why"], by=request.user)
        return "The plan has ended."

    return asked_and_done(request, person, form, act, Page("End the plan", "End the plan"))


@needs(P.CASE_WORK)
def on_paper(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """One page for the young person to keep."""
    person = visible_person(request.user, ref)
    held = queries.plan_of(person.pk, clock.today())
    if held is None:
        raise Http404
    note_read(Kind.PLAN_PRINTED, by=request.user, authority_id=person.authority_id, subjects=[person.pk])
    known = ruleset(clock.today()).activities.get(held.code)
    shown = {
        "council": str(person.authority),
        "authority": person.authority,
        "person": person,
        "plan": held,
        "activity": known.plain_words if known else "",
        "year": year_words(held.year),
        "made_on": clock.today(),
    }
    content = pdf_of("caseload/transitions/plan_on_paper.html", shown)
    return download_of([content], name="plan-for-the-next-step.pdf", kind=StoredFile.Kind.PDF)
