"""Sending one return by a link, without an account: no young person is shown, and nothing the register knows.

The link's secret leaves the address at once; a file may be sent again until the return is sent.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import anyone
from neet.accounts.limits import within
from neet.files.actions import CannotStore, remove, store
from neet.jobs.tasks import ring
from returns.exchange.actions.links import send_by_link
from returns.exchange.actions.parcels import Refused
from returns.exchange.links import digest_of, seen_of, usable_link
from returns.intake.actions.applying import ask_to_confirm
from returns.intake.actions.checking import ask_to_check
from returns.intake.actions.handing import record_notice
from returns.intake.forms.sending import FileForm, NoticeForm
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, UploadLink
from returns.intake.queries.standing import reference_of
from returns.intake.queries.work import is_at_work
from returns.intake.refusals import NotNow, NotReady

WHY = "a small provider sends one return by a link; no young person and nothing of the register is shown"
HELD, WRONG, FILES = "upload_link", "upload_link_wrong", "upload_link_file"
PURPOSE = "return"


@never_cache
@anyone(WHY)
def upload_link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the secret's digest in the session and go on without it in the address."""
    kept = digest_of(token)
    if usable_link(kept, clock.today()) is None:
        within(request, action=WRONG)
        return _gone(request)
    request.session[HELD] = kept
    response = redirect("send_by_link")
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@anyone(WHY)
def send_by_link_page(request: HttpRequest) -> HttpResponse:
    """The file, then what is wrong in it by its own rows, then that it was sent."""
    link = _link(request)
    if link is None:
        return _gone(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _taken(request, link, form):
        return redirect("send_by_link")
    return _page(request, link, form if request.method == "POST" else FileForm())


@require_POST
@never_cache
@anyone(WHY)
def send_link_return(request: HttpRequest) -> HttpResponse:
    """What was looked at is sent; where something of ours stands in the way, the council sees to it."""
    link = _link(request)
    if link is None:
        return _gone(request)
    intake = link.intake
    if intake is None or intake.state != Intake.State.CHECKED:
        return redirect("send_by_link")
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _page(request, link, FileForm(), form)
    try:
        record_notice(intake=intake, issued_on=form.cleaned_data["issued_on"], by=None)
        job = ask_to_confirm(intake=intake, by=None)
        if job is not None:
            ring(job)
    except (NotReady, NotNow):
        messages.info(request, "The council has your file and sees to the rest.")
    return redirect("send_by_link")


def _link(request: HttpRequest) -> UploadLink | None:
    return usable_link(request.session.get(HELD, ""), clock.today())


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "returns/exchange/link_gone.html", status=404)


def _taken(request: HttpRequest, link: UploadLink, form: FileForm) -> bool:
    """Whether the file was taken; else why not stands on the form."""
    if not within(request, action=FILES, key=str(link.pk)):
        form.add_error("file", "You sent many files just now. Wait ten minutes and send it again")
        return False
    sent, authority_id = form.cleaned_data["file"], link.expected.collection.authority_id
    try:
        kept = store(source=sent, name=sent.name, purpose=PURPOSE, by=None, authority_id=authority_id)
    except CannotStore as problem:
        form.add_error("file", f"{problem} Nothing was changed")
        return False
    try:
        made = send_by_link(kept=link.digest, file=kept)
    except (Refused, NotNow) as problem:
        remove(file=kept, by=None, why="not taken")
        form.add_error("file", str(problem))
        return False
    if made.file_id != kept.pk:
        remove(file=kept, by=None, why="the same file is here already")
    elif (job := ask_to_check(intake=made, by=None)) is not None:
        ring(job)
    return True


def _page(
    request: HttpRequest, link: UploadLink, form: FileForm, notice: NoticeForm | None = None
) -> HttpResponse:
    intake = link.intake
    shown: dict[str, Any] = {
        "link": link,
        "collection": link.expected.collection,
        "place": link.expected.sent_by,
        "form": form,
        "state": "new" if intake is None else _state(intake),
    }
    if intake is not None:
        shown |= {"reference": reference_of(intake), "refusal": intake.refusal}
    if intake is not None and shown["state"] == "checked":
        # Asked of every file: whether it must be hangs on who on the register has objected.
        shown |= {"seen": seen_of(intake), "notice": notice or NoticeForm()}
    if shown["state"] == "columns":
        columns = LAYOUTS[link.expected.collection.type].columns
        shown["headings"] = [column.words for column in columns if column.required]
    return render(request, "returns/exchange/send.html", shown)


def _state(intake: Intake) -> str:
    """Where it stands, as far as a link tells it."""
    if is_at_work(intake):
        return "working"
    if intake.waits_for_columns:
        return "columns"
    if intake.state in (Intake.State.CHECKED, Intake.State.REFUSED):
        return str(intake.state)
    return "sent" if intake.is_applied else "working" if intake.is_open else "sent"
