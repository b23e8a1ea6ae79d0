"""Who has sent and who has not; reminding them; one expected return with everything that may be done about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from returns.agreements.queries import running_out
from returns.board import queries
from returns.board.forms import BoardFilter, ExtendForm, WhyForm
from returns.board.queries import GROUPS, Wanted
from returns.board.views.frame import about, collection_of, expected_here
from returns.calendar.actions import answering
from returns.calendar.actions.planning import Refused
from returns.calendar.actions.telling import Refused as NotAgain
from returns.calendar.actions.telling import nudge, rang, resend
from returns.calendar.models import ExpectedReturn, Notice
from returns.calendar.queries.expected import deadline_of, written
from returns.calendar.rules.deadlines import in_words
from returns.intake.actions.applying import accept
from returns.intake.models import Intake
from returns.intake.queries.standing import words_of_state
from returns.intake.views.tabs import address

P = Permission
MOST_AT_ONCE = 500
NOTHING_TICKED = "returns_nothing_ticked"
TILES = (
    (queries.LATE, "late", "bad"),
    (queries.NOT_ANSWERED, "not answered", ""),
    (queries.NEEDS_US, "waiting for us", "attention"),
    (queries.ANSWERED, "answered", "good"),
)


@needs(P.RETURN_RECEIVE)
def board(request: HttpRequest) -> HttpResponse:
    """Every return that is asked for, how it stands, and whom to remind."""
    nothing_ticked = request.session.pop(NOTHING_TICKED, False)
    return _board(request, error="Select at least one return" if nothing_ticked else "")


@require_POST
@needs(P.RETURN_RECEIVE)
def on_many(request: HttpRequest) -> HttpResponse:
    """Remind or accept the ticked, note that they were rung up, or remind everybody on the list who has not answered;
    each at most once a day."""
    form = _filter(request)
    here = redirect(f"{reverse('returns_board')}{_kept(request, form)}")
    if request.POST.get("act") == "all":
        _remind(request, queries.board(request.user, _wanted(request, form), clock.today()))
        return here
    refs = [each for each in request.POST.getlist("ticked") if _is_ref(each)]
    if not refs:
        request.session[NOTHING_TICKED] = True
        return here
    found = queries.board(request.user, Wanted(), clock.today()).filter(ref__in=refs)
    if request.POST.get("act") == "accept":
        _accept(request, found)
    elif request.POST.get("act") == "rang":
        _rang(request, found)
    else:
        _remind(request, found)
    return here


def _accept(request: HttpRequest, found: QuerySet[ExpectedReturn]) -> None:
    """Accept those that were sent and have no row to look at."""
    ready = found.filter(standing=queries.TO_ACCEPT).values("pk")
    sent = list(Intake.objects.filter(expected__in=ready, state=Intake.State.CONFIRMED)[:MOST_AT_ONCE])
    for each in sent:
        accept(intake=each, by=request.user)
    if sent:
        messages.success(request, f"{many(len(sent), 'return,returns').capitalize()} accepted.")
    else:
        messages.info(request, "None of these waits to be accepted.")


def _rang(request: HttpRequest, found: QuerySet[ExpectedReturn]) -> None:
    """Note that these were rung up today."""
    number = rang(expected=list(found.select_related("collection")[:MOST_AT_ONCE]), by=request.user)
    if number:
        messages.success(request, f"{many(number, 'call,calls').capitalize()} noted.")
    else:
        messages.info(request, "No call was noted: they have answered, or a call is noted for today.")


def _remind(request: HttpRequest, found: QuerySet[ExpectedReturn]) -> None:
    open_now = queries.not_reminded(found, clock.today()).select_related("collection")
    number = nudge(expected=list(open_now[:MOST_AT_ONCE]), by=request.user)
    words = f"{many(number, 'school or college,schools and colleges').capitalize()} reminded."
    messages.success(request, words) if number else messages.info(request, NOBODY_TO_REMIND)


NOBODY_TO_REMIND = (
    "Nobody was reminded: they have answered, were reminded today, or have nobody we could write to."
)


def _is_ref(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _filter(request: HttpRequest) -> BoardFilter:
    return BoardFilter(request.GET, collections=queries.choices_of(request.user))


def _kept(request: HttpRequest, form: BoardFilter) -> str:
    return listing_of(request.GET, sorts=queries.SORTS, first="due", filters=form.fields).link()


def _wanted(request: HttpRequest, form: BoardFilter) -> Wanted:
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    chosen_one = asked.get("collection")
    collection = collection_of(request, int(chosen_one)) if chosen_one else None
    return Wanted(collection, asked.get("standing", ""), asked.get("kind", ""))


def _board(request: HttpRequest, error: str = "") -> HttpResponse:
    today = clock.today()
    form = _filter(request)
    wanted = _wanted(request, form)
    everything = queries.board(request.user, Wanted(wanted.collection, kind=wanted.kind), today)
    counts = queries.counted(everything)
    listing = listing_of(request.GET, sorts=queries.SORTS, first="due", filters=form.fields)
    listing = listing.counted(counts[wanted.group] if wanted.group in GROUPS else counts["all"])
    found = queries.board(request.user, wanted, today).order_by(*listing.order_by)
    lines = queries.lines_of(list(found[listing.start : listing.stop]), today)
    return render(
        request,
        "returns/board/board.html",
        about(
            request,
            "returns_board",
            form=form,
            listing=listing,
            chosen=chosen(form, listing),
            lines=lines,
            tiles=[
                (counts[slug], words, _tile_url(request, form, slug), tone) for slug, words, tone in TILES
            ],
            collection=wanted.collection,
            several=len({line.expected.collection_id for line in lines}) > 1,
            asked=counts["all"],
            open_now=counts[queries.NOT_ANSWERED],
            to_accept=counts[queries.TO_ACCEPT],
            agreements_soon=running_out(request.authority_id, today),
            many_url=f"{reverse('returns_many')}{_kept(request, form)}",
            error=error,
            problems=[(_first_tick(lines), error)],
        ),
    )


def _first_tick(lines: list[queries.Line]) -> str:
    """The id of the first box on the page; empty where there is none."""
    return next((f"ticked-{line.expected.ref}" for line in lines if line.may_be_ticked), "")


def _tile_url(request: HttpRequest, form: BoardFilter, standing: str) -> str:
    kept = request.GET.copy()
    for name in list(kept):
        if name not in form.fields:
            del kept[name]
    kept["standing"] = standing
    return f"?{kept.urlencode()}"


# --- one expected return ----------------------------------------------------------------------------
@needs(P.RETURN_RECEIVE)
def expected_return(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One establishment's return: how it stands, its versions, what was written about it."""
    found = expected_here(request, ref)
    today = clock.today()
    (line,) = queries.lines_of(
        list(queries.with_standing(ExpectedReturn.objects.filter(pk=found.pk), today).select_related(
            "collection", "establishment"
        )), today,
    )  # fmt: skip
    versions = list(found.intakes.select_related("begun_by", "confirmed_by").order_by("-version"))
    shown = {
        "expected": found,
        "line": line,
        "due": _due_words(found),
        "sent": next((each for each in versions if each.is_applied), None),
        "versions": [(each, *words_of_state(each)) for each in versions],
        "written": written([found])[found.pk],
        "contacts": queries.contacts_of(found),
        "letter": {"only": found.establishment_id},
        "queue_url": address("matches"),
        "is_open": not found.is_answered and found.collection.closed_on is None,
    }
    return render(request, "returns/board/expected.html", about(request, "", **shown))


def _due_words(expected: ExpectedReturn) -> str:
    due = deadline_of(expected)
    words = in_words(due.due_on)
    if due.is_extended:
        words += f" (asked of all by {in_words(expected.collection.due_on)})"
    if not due.is_working_day:
        words += f". Not a working day: {in_words(due.advised_on)} is the last one before it"
    return words


@require_POST
@needs(P.RETURN_RECEIVE)
def remind_one(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Remind this one now."""
    found = expected_here(request, ref)
    if nudge(expected=[found], by=request.user):
        messages.success(request, f"{found.establishment} is reminded.")
    else:
        messages.info(request, NOBODY_TO_REMIND)
    return redirect("expected_return", ref=ref)


@needs(P.RETURN_RECEIVE)
def extend(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Give them until a later day."""
    found = expected_here(request, ref)
    form = ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        if _done(form, lambda: answering.extend(expected=found, to=to, by=request.user)):
            messages.success(request, f"{found.establishment} has until {in_words(to)}.")
            return redirect("expected_return", ref=ref)
    return _form_page(request, form, found, "Give more time", "Give more time")


@needs(P.RETURN_RECEIVE)
def waive(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Ask them no more, for a reason."""
    found = expected_here(request, ref)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if _done(form, lambda: answering.waive(expected=found, why=why, by=request.user)):
            messages.success(request, f"{found.establishment} is not asked for it any more.")
            return redirect("expected_return", ref=ref)
    return _form_page(request, form, found, "Stop asking for this return", "Stop asking")


@require_POST
@needs(P.RETURN_RECEIVE)
def ask_again(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Ask after all: what was waived, or said to be nothing."""
    found = expected_here(request, ref)
    answering.ask_again(expected=found, by=request.user)
    if found.nil_at:
        answering.take_nil_back(expected=found, by=request.user)
    messages.success(request, f"{found.establishment} is asked again.")
    return redirect("expected_return", ref=ref)


@require_POST
@needs(P.RETURN_RECEIVE)
def send_again(request: HttpRequest, ref: UUID, notice_id: int) -> HttpResponse:
    """Send a message once more."""
    found = expected_here(request, ref)
    notice = get_object_or_404(Notice, pk=notice_id, expected=found)
    try:
        resend(notice=notice, by=request.user)
        messages.success(request, "The message is sent again.")
    except NotAgain as why:
        messages.info(request, str(why))
    return redirect("expected_return", ref=ref)


def _done(form: Any, act: Any) -> bool:
    try:
        act()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def _form_page(
    request: HttpRequest, form: Any, found: ExpectedReturn, title: str, button: str
) -> HttpResponse:
    shown = {
        "form": form,
        "title": title,
        "button": button,
        "caption": f"{found.collection}, {found.establishment}",
        "back_url": reverse("expected_return", args=[found.ref]),
    }
    return render(request, "one_form.html", shown)
