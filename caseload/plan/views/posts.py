"""Who answers for what, and what the council is like."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from caseload.allocation.queries import settings_of
from caseload.plan.actions import save_post
from caseload.plan.actions.council import set_up_council
from caseload.plan.forms import CouncilForm, PostForm
from caseload.plan.models import Post
from caseload.plan.queries.board import may_change
from caseload.plan.queries.council import steps
from caseload.plan.queries.items import terms_at
from caseload.plan.queries.posts import directory
from caseload.plan.statements import PostTold
from caseload.plan.views.frame import council_of, of_a_council, year_tabs
from caseload.views import tried
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.words import many
from tracking.register.views.editing import answers

P = Permission


@needs(P.REFERENCE_READ)
@of_a_council
def posts(request: HttpRequest) -> HttpResponseBase:
    """The directory of who answers for what, with what is missing on top."""
    authority = council_of(request)
    shown = {
        "tabs": year_tabs(request, "posts"),
        "directory": directory(authority, clock.today()),
        "may_change": may_change(request.user, authority.pk),
    }
    return render(request, "caseload/plan/posts.html", shown)


@needs(P.PLAN_CHANGE)
def add_post(request: HttpRequest) -> HttpResponse:
    return _asked(request, None, "Add a post")


@needs(P.PLAN_CHANGE)
def change_post(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Post, pk=pk, authority=request.authority_id)
    return _asked(request, held, f"Change {held.words}")


def _asked(request: HttpRequest, held: Post | None, title: str) -> HttpResponse:
    authority = council_of(request)
    first = {name: getattr(held, name) for name in PostTold.__dataclass_fields__} if held else {}
    form = PostForm(answers(request), initial=first, authority=authority, on=clock.today())
    if request.method == "POST" and form.is_valid():
        told = form.told()
        if tried(form, lambda: save_post(authority=authority, told=told, by=request.user, held=held)):
            messages.success(request, f"“{told.words}” is saved. What is open in the plan goes with it.")
            return redirect("posts")
    shown = {"form": form, "title": title, "button": "Save", "back_url": reverse("posts")}
    return render(request, "one_form.html", shown)


@needs(P.ALLOCATE)
def council_like(request: HttpRequest) -> HttpResponse:
    """Five questions, then what was set up and what is left to say."""
    authority = council_of(request)
    now = settings_of(authority)
    first = {
        "shape": now.shape,
        "service": now.default_service_id,
        "terms": len(terms_at(authority)),
        "takes_meetings": True,
        "takes_plan": True,
    }
    form = CouncilForm(
        answers(request),
        initial=first,
        authority=authority,
        adds_services=request.scope.can(P.ESTABLISHMENT_CHANGE),
        plans=may_change(request.user, authority.pk),
    )

    def act() -> None:
        made = set_up_council(authority=authority, told=form.told(), by=request.user)
        found = [
            many(made.get("meetings", 0), "kind of meeting,kinds of meeting"),
            many(made["items"], "item,items"),
        ]
        messages.success(request, f"Saved. New: {found[0]}, {found[1]} of the plan.")

    if request.method == "POST" and form.is_valid() and tried(form, act):
        return redirect("council_like")
    shown = {
        "tabs": year_tabs(request, "council_like"),
        "form": form,
        "council_name": authority.name,
        "steps": steps(authority, request.user, clock.today()),
    }
    return render(request, "caseload/plan/council.html", shown)
