"""Groups a council names: the list of them with their figures, and one of them line by line."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission as P
from schools.models import Authority
from tracking.figures.queries.reach import Reach, reach_of
from tracking.figures.queries.scorecard import asked_today
from tracking.figures.queries.tallies import live
from tracking.groups.actions import MOST_KEPT, Naming, TooMany, change_rule, forget_group, keep_group
from tracking.groups.forms import LineForm, NamingForm
from tracking.groups.models import Group
from tracking.groups.queries import counts_of, groups_of, line_of, offered, reads_all, said, usable, words
from tracking.rules.groups import MOST_LINES, NotARule, Rule, read, without
from tracking.rules.rates import Counts


@needs(P.FIGURES_EXPLORE)
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The groups this person may use, each as it counts today."""
    found = usable(request.user, request.authority_id)
    counted = _counts(request, [rule for _, rule in found], _reach(request))
    lines = [
        (group, counts, group.owner_id == request.user.pk)
        for (group, _), counts in zip(found, counted, strict=True)
    ]
    return render(request, "tracking/groups/groups.html", {"lines": lines, "title": "Groups"})


@needs(P.FIGURES_EXPLORE)
def new_group(request: HttpRequest) -> HttpResponse:
    """Name a group; whom it means is said on its page."""
    form = NamingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        council = Authority.objects.get(pk=request.authority_id)
        try:
            made = keep_group(
                authority=council, naming=Naming(**form.cleaned_data), rule=Rule(), by=request.user
            )
        except TooMany:
            form.add_error(None, f"{MOST_KEPT} groups are kept already. Take one away first.")
        else:
            return redirect("group", pk=made.pk)
    shown = {
        "form": form,
        "title": "A new group",
        "lead": "Name it first. On the next page you say who belongs to it.",
        "button": "Go on",
        "back_url": reverse("groups"),
    }
    return render(request, "one_form.html", shown)


@needs(P.FIGURES_EXPLORE)
@require_safe
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: its lines in words, how it counts today, and for its owner the way to change it."""
    found, rule = _group(request, pk)
    called = words(request.authority_id, clock.today())
    return _page(request, found, rule, LineForm(offered=offered(request.user, called)), called)


@needs(P.FIGURES_EXPLORE)
@require_POST
def add_line(request: HttpRequest, pk: int) -> HttpResponse:
    """One line more."""
    found, rule = _own(request, pk)
    called = words(request.authority_id, clock.today())
    form = LineForm(request.POST, offered=offered(request.user, called))
    if not form.is_valid():
        return _page(request, found, rule, form, called)
    line = line_of(form.cleaned_data["values"], form.cleaned_data["is_turned"], called)
    try:
        change_rule(group=found, rule=Rule((*rule.lines, line)), by=request.user)
    except NotARule:
        form.add_error(None, f"A group has at most {MOST_LINES} lines.")
        return _page(request, found, rule, form, called)
    return redirect("group", pk=pk)


@needs(P.FIGURES_EXPLORE)
@require_POST
def drop_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one line away; one that is not there is none."""
    found, rule = _own(request, pk)
    number = request.POST.get("line", "")
    if number.isdecimal() and len(number) < 3:
        change_rule(group=found, rule=without(rule, int(number)), by=request.user)
    return redirect("group", pk=pk)


@needs(P.FIGURES_EXPLORE)
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own group away."""
    found, _ = _own(request, pk)
    forget_group(group=found, by=request.user)
    messages.success(request, "Taken away.")
    return redirect("groups")


def _group(request: HttpRequest, pk: int) -> tuple[Group, Rule]:
    """A group this person may use; any other is not there."""
    found = get_object_or_404(groups_of(request.user, request.authority_id), pk=pk)
    rule = read(found.rule)
    if not reads_all(request.user, rule):
        raise Http404
    return found, rule


def _own(request: HttpRequest, pk: int) -> tuple[Group, Rule]:
    found, rule = _group(request, pk)
    if found.owner_id != request.user.pk:
        raise Http404
    return found, rule


def _reach(request: HttpRequest) -> Reach:
    reach = reach_of(request.user, request.authority_id)
    if reach is None:
        raise Http404
    return reach


def _counts(request: HttpRequest, rules: Sequence[Rule], reach: Reach) -> list[Counts]:
    """What groups count today, as far as somebody may cut figures."""
    asked: dict[str, Any] = {}
    here = reach.condition("r", asked)
    return counts_of(live(asked_today(request.authority_id, clock.today())), rules, here, **asked)


def _page(request: HttpRequest, found: Group, rule: Rule, form: LineForm, called: Any) -> HttpResponse:
    reach = _reach(request)
    counts = _counts(request, [rule], reach)[0]
    shown = {
        "group": found,
        "lines": [said(line, called) for line in rule.lines],
        "counts": counts,
        "form": form,
        "is_own": found.owner_id == request.user.pk,
        "may_add": len(rule.lines) < MOST_LINES,
        "reaches_all": reach.is_whole,
    }
    return render(request, "tracking/groups/group.html", shown)
