"""What the two councils do about a move: answer, hand over, accept, take back."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from tracking.moves.actions.answering import TALKING, accept, accepted_there, record_came, say
from tracking.moves.actions.giving_out import give_out
from tracking.moves.actions.proposing import hand_over_asked
from tracking.moves.actions.taking_back import take_back
from tracking.moves.forms import AcceptForm, CameForm, ReplyForm, SayForm
from tracking.moves.models import Move
from tracking.moves.pack import cover, spreadsheet
from tracking.moves.queries import handing
from tracking.moves.queries.likely import likely_here
from tracking.moves.queries.seen import councils_of, moves_seen_by, sides_of
from tracking.moves.queries.shown import move_page
from tracking.moves.views.frame import move_of, tried
from tracking.register.forms.editing import RecordForm
from tracking.register.models import YoungPerson
from tracking.register.queries.people import NotVisible
from tracking.register.views.editing import answers
from tracking.rules.moves import OPEN, WITH_WORDS, Deed, Side, State

P = Permission
TITLES = {
    Deed.QUERY: ("Query the move", "Send the query", "Queried. The other council answers."),
    Deed.ANSWER: ("Answer the query", "Send the answer", "Answered. The other council decides."),
    Deed.REFUSE: ("Refuse the move", "Refuse", "Refused. Nothing has changed on either register."),
    Deed.TAKE_BACK: (
        "Take the move back",
        "Take it back",
        "Taken back. Both registers are as they were before.",
    ),
}


@needs(P.TRANSFER)
def say_it(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Query, answer, refuse or take back, in words; withdrawing needs none."""
    move = move_of(request, pk)
    if deed == Deed.WITHDRAW:
        return _withdrawn(request, move)
    if deed not in WITH_WORDS:
        raise Http404
    asked = Deed(deed)
    title, button, done = TITLES[asked]
    form = SayForm(answers(request), deed=asked)

    def act() -> object:
        words = form.cleaned_data["words"]
        if asked in TALKING:
            return say(move=move, deed=asked, words=words, by=request.user)
        return take_back(move=move, words=words, by=request.user)

    return _asked(request, move, form, act, (title, button, done))


def _withdrawn(request: HttpRequest, move: Move) -> HttpResponse:
    if request.method != "POST":
        raise Http404
    tried(request, lambda: say(move=move, deed=Deed.WITHDRAW, by=request.user), "Withdrawn.")
    return redirect("move", pk=move.pk)


@require_POST
@needs(P.TRANSFER)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The other council asked for them, and we agree that they moved."""
    move = move_of(request, pk)
    done = "Handed over. They stay on your register until the other council accepts."
    tried(request, lambda: hand_over_asked(move=move, by=request.user), done)
    return redirect("move", pk=pk)


@needs(P.TRANSFER)
def accepted(request: HttpRequest, pk: int) -> HttpResponse:
    """They are ours from today, as a new record or as one that stands here already."""
    move, today = move_of(request, pk), clock.today()
    mine = move.to_authority_id in councils_of(request.user)
    if not mine or not move.is_between_us or move.person is None:
        raise NotVisible
    if move.state not in (State.PROPOSED, State.QUERIED):
        return redirect("move", pk=pk)
    likely = likely_here(move, handing.hand_over(move.person, today), request.user, today)
    form = AcceptForm(answers(request), likely=likely)
    if request.method == "POST" and form.is_valid():
        here = {each.person.pk: each.person for each in likely}
        existing = here.get(form.chosen() or 0)
        if tried(
            request,
            lambda: accept(move=move, existing=existing, by=request.user),
            "Accepted. They are on your register from today; look through the record.",
            form,
        ):
            return redirect("person", ref=_arrived(move).ref)
    shown = {"form": form, "move": move, "likely": likely, "back_url": reverse("move", args=[pk])}
    return render(request, "tracking/moves/accept.html", shown)


def _arrived(move: Move) -> YoungPerson:
    return YoungPerson.objects.get(arrivals=move)


@needs(P.TRANSFER)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """A council elsewhere accepted."""
    move = move_of(request, pk)
    if move.to_authority_id is not None or move.person is None:
        raise NotVisible
    form = ReplyForm(answers(request))

    def act() -> object:
        said = form.cleaned_data
        return accepted_there(move=move, on=said["on"], words=said["words"], by=request.user)

    words = ("The other council has accepted", "Save", "Saved. They have left your register.")
    return _asked(request, move, form, act, words)


@needs(P.TRANSFER)
def came(request: HttpRequest, pk: int) -> HttpResponse:
    """A record asked of a council elsewhere has come."""
    move = move_of(request, pk)
    if move.from_authority_id is not None or move.new_person is None:
        raise NotVisible
    form = CameForm(answers(request))

    def act() -> object:
        return record_came(move=move, words=form.cleaned_data["words"], by=request.user)

    words = ("Their record has come", "Save", "Saved. Their earlier number stands on the record.")
    return _asked(request, move, form, act, words)


def _asked(
    request: HttpRequest,
    move: Move,
    form: RecordForm,
    act: Callable[[], object],
    words: tuple[str, str, str],
) -> HttpResponse:
    """One question about a move, answered and done."""
    title, button, done = words
    if request.method == "POST" and form.is_valid() and tried(request, act, done, form):
        seen = moves_seen_by(request.user).filter(pk=move.pk).exists()
        return redirect("move", pk=move.pk) if seen else redirect("moves")
    shown = {"form": form, "title": title, "button": button, "back_url": reverse("move", args=[move.pk])}
    return render(request, "one_form.html", shown)


@require_POST
@needs(P.TRANSFER)
def file(request: HttpRequest, pk: int) -> StreamingHttpResponse | HttpResponse:
    """The hand-over as a spreadsheet."""
    move = _to_give_out(request, pk)
    if not tried(
        request, lambda: give_out(move=move, by=request.user), "The hand-over was taken away as a file."
    ):
        return redirect("move", pk=pk)
    content = spreadsheet(move, handing.hand_over(move.person, clock.today()))
    return download_of([content], name=f"hand-over-{move.pk}.xlsx", kind=StoredFile.Kind.XLSX)


@require_POST
@needs(P.TRANSFER)
def cover_page(request: HttpRequest, pk: int) -> StreamingHttpResponse | HttpResponse:
    """Its cover on paper."""
    move = _to_give_out(request, pk)
    today = clock.today()
    if not tried(
        request, lambda: give_out(move=move, by=request.user), "The cover was taken away as a file."
    ):
        return redirect("move", pk=pk)
    page = move_page(moves_seen_by(request.user).filter(pk=pk), request.user, today)
    if page is None or move.from_authority is None:
        raise NotVisible
    content = cover(page, move.from_authority.name, today)
    return download_of([content], name=f"hand-over-{move.pk}.pdf", kind=StoredFile.Kind.PDF)


def _to_give_out(request: HttpRequest, pk: int) -> Move:
    """An open move away from us, of a record one sees; else there is nothing here."""
    move = move_of(request, pk)
    if Side.LEFT not in sides_of(request.user, move) or move.person is None or move.state not in OPEN:
        raise NotVisible
    return move
