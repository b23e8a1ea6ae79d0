"""The same person twice: the list, one pair side by side, what was decided, and taking apart."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from neet.ui.listing import listing_of
from neet.ui.parts import Progress
from schools.models import Authority
from tracking.merging.actions.deciding import ask_again, two_people
from tracking.merging.actions.finding import JOB, ask_for_search
from tracking.merging.actions.together import put_together, take_apart
from tracking.merging.forms import LATER, SAME, PairForm
from tracking.merging.kinds import Kind
from tracking.merging.models import Duplicate
from tracking.merging.queries import pairs
from tracking.merging.queries.beside import FIRST, PairPage, pair_page
from tracking.merging.refusals import CannotBe
from tracking.register.refusals import NotPermitted
from tracking.tabs import tabs

LATER_ONES, NO_KEYS = "duplicates_later", "duplicates_without_keys"
MERGES = needs(Permission.MERGE)


@MERGES
def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs that wait, the likeliest first, with why; below them what was decided lately."""
    work = _work(request)
    if request.htmx:
        over = work is None or work.pace.is_over
        return HttpResponseClientRefresh() if over else _moving(request, work)
    everything, by_number = pairs.waiting(request.user), "numbers" in request.GET
    found = pairs.one_number_on_two(everything) if by_number else pairs.likely_ones(everything)
    sorts = {"likeliest": ("-sure", "pk")}
    listing = listing_of(request.GET, sorts=sorts, first="likeliest", filters=["numbers"])
    listing = listing.counted(found.count())
    others = everything.count() - listing.total
    lines = [pairs.line_of(each) for each in found[listing.start : listing.stop]]
    apart, together = (
        pairs.told_apart(request.user),
        list(pairs.put_together_of(request.user)[: pairs.LATELY]),
    )
    seen = {pk for each in lines for pk in (each.pair.first_id, each.pair.second_id)}
    seen |= {pk for each in apart for pk in (each.first_id, each.second_id)} | {
        each.kept_id for each in together
    }
    note_read(Kind.READ, by=request.user, authority_id=request.authority_id, subjects=sorted(seen))
    shown = {
        "tabs": tabs(request, "duplicates"),
        "listing": listing,
        "lines": lines,
        "apart": apart,
        "together": together,
        "last": pairs.last_search(request.user),
        "work": work,
        "by_number": by_number,
        "others": others,
    }
    return render(request, "tracking/merging/duplicates.html", shown)


@require_POST
@MERGES
def search_duplicates(request: HttpRequest) -> HttpResponse:
    """Everybody of the council beside everybody, now."""
    authority = get_object_or_404(Authority, pk__in=pairs.places_of(request.user), pk=request.authority_id)
    job = ask_for_search(authority=authority, by=request.user)
    if job is None:
        messages.info(request, "The register is being searched already.")
    else:
        ring(job)
    return redirect("duplicates")


@MERGES
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair side by side; the answer, field by field."""
    pair = get_object_or_404(pairs.waiting(request.user), pk=pk)
    page = pair_page(pair, clock.today())
    if request.method == "POST":
        return _answered(request, page)
    both = [pair.first_id, pair.second_id]
    note_read(Kind.READ, by=request.user, authority_id=pair.authority_id, subjects=both)
    shown = {
        "case": page,
        "keys": not request.session.get(NO_KEYS, False),
        "left": pairs.waiting(request.user).count(),
    }
    return render(request, "tracking/merging/pair.html", shown)


@MERGES
def next_duplicate(request: HttpRequest) -> HttpResponse:
    """The likeliest pair that waits."""
    pair = pairs.next_waiting(request.user, request.session.get(LATER_ONES, []))
    return redirect("duplicate", pk=pair.pk) if pair else redirect("duplicates")


@require_POST
@MERGES
def duplicate_keys(request: HttpRequest) -> HttpResponse:
    """Single letters act as buttons, or not, as somebody who speaks to the machine needs it."""
    request.session[NO_KEYS] = not request.session.get(NO_KEYS, False)
    return redirect("next_duplicate")


@require_POST
@MERGES
def duplicate_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision that two are two people is taken back."""
    apart = pairs.of_those_seen(request.user).filter(state=Duplicate.State.NOT_THE_SAME)
    pair = get_object_or_404(apart, pk=pk)
    try:
        ask_again(pair=pair, by=request.user)
    except (CannotBe, NotPermitted) as reason:
        messages.error(request, str(reason))
        return redirect("duplicates")
    messages.success(request, "Taken back: the pair waits again.")
    return redirect("duplicate", pk=pair.pk)


@MERGES
def take_merge_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more, then two records stand again."""
    merge = get_object_or_404(pairs.put_together_of(request.user), pk=pk)
    if request.method == "POST":
        try:
            left = take_apart(merge=merge, by=request.user)
        except (CannotBe, NotPermitted) as reason:
            messages.error(request, str(reason))
            return redirect("duplicates")
        words = "They are two records again."
        if left:
            words += f" {left} things stay as they were changed since; look through both records."
        messages.success(request, words)
        return redirect("person", ref=merge.merged.ref)
    note_read(Kind.READ, by=request.user, authority_id=merge.authority_id, subjects=[merge.kept_id])
    return render(request, "tracking/merging/take_apart.html", {"merge": merge})


def _answered(request: HttpRequest, page: PairPage) -> HttpResponse:
    form = PairForm(request.POST, [each.name for each in page.choices])
    if not form.is_valid():
        messages.error(request, "Say whether they are one person, and which record is kept.")
        return redirect("duplicate", pk=page.pair.pk)
    answer = form.cleaned_data["answer"]
    later = [each for each in request.session.get(LATER_ONES, []) if each != page.pair.pk]
    if answer == LATER:
        request.session[LATER_ONES] = [*later, page.pair.pk]
        return redirect("next_duplicate")
    try:
        words = _one_person(request, page, form) if answer == SAME else _two_people(request, page)
    except (CannotBe, NotPermitted) as reason:
        messages.error(request, str(reason))
        return redirect("duplicates")
    request.session[LATER_ONES] = later
    messages.success(request, words)
    return redirect("next_duplicate")


def _one_person(request: HttpRequest, page: PairPage, form: PairForm) -> str:
    first, second = (each.person for each in page.sides)
    kept, gone = (first, second) if form.cleaned_data["kept"] == FIRST else (second, first)
    hidden = {each.name: each.chosen for each in page.choices if each.is_hidden}
    takes = form.taken() | {name for name, which in hidden.items() if which != form.cleaned_data["kept"]}
    put_together(kept=kept, gone=gone, takes=takes, by=request.user)
    return f"Put together as {kept.young_person_id}. You can take them apart again at any time."


def _two_people(request: HttpRequest, page: PairPage) -> str:
    two_people(pair=page.pair, by=request.user)
    return "Two people. You are not asked again unless a name, birthday or number of theirs changes."


def _work(request: HttpRequest) -> Progress | None:
    """The search under way in this council, or the last one where it failed."""
    job = Job.objects.filter(kind=JOB, authority_id=request.authority_id).order_by("-pk").first()
    if job is None or job.state in {Job.State.DONE, Job.State.CANCELLED}:
        return None
    return progress_of(job, title="Searching the register", next_url=reverse("duplicates"), unit="people")


def _moving(request: HttpRequest, work: Progress) -> HttpResponse:
    return render(request, "components/progress.html", {"progress": work})
