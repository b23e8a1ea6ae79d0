"""A return that came by another road: its file is recognised and goes the same way as the school's own."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.files.actions import CannotStore, remove, store
from neet.files.models import StoredFile
from neet.files.reader import Unreadable
from returns.board.forms import AUTO, BringForm
from returns.board.views.frame import about
from returns.calendar.actions.planning import Sent, ad_hoc
from returns.intake.actions.routing import Came, bring
from returns.intake.layouts import LAYOUTS
from returns.intake.recognising import WHY, Whence, what_is
from returns.intake.refusals import NotNow
from returns.intake.views.sending import PURPOSE, SAME, check_beside
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.rules.return_calendar import at_council

SALT = "returns.brought"


@needs(Permission.RETURN_RECEIVE)
def bring_return(request: HttpRequest) -> HttpResponse:
    """Whose it is, the file, and which return; where its columns say which, nobody has to (R2)."""
    authority = Authority.objects.get(pk=request.authority_id)
    known = at_council(ruleset(clock.today()).channel_labels.values(), authority.code)
    labels = [(each.code, each.words) for each in known]
    form = BringForm(
        request.POST or None, request.FILES or None, la_code=authority.code, labels=sorted(labels)
    )
    if request.method == "POST" and form.is_valid():
        answer = _brought(request, form, authority)
        if answer is not None:
            return answer
    return render(request, "returns/board/bring.html", about(request, "bring_return", form=form))


def _brought(request: HttpRequest, form: BringForm, authority: Authority) -> HttpResponse | None:
    typed = form.cleaned_data
    if not typed["file"] and not typed["kept"]:
        sent = Sent(authority, typed["establishment"], typed["type"], clock.today())
        found = ad_hoc(sent=sent, title=LAYOUTS[typed["type"]].title, by=request.user)
        return redirect("due_return", ref=found.ref)
    file = _file_of(request, form, authority)
    if file is None:
        return None
    which, why = _type_of(form, file)
    if not which:
        _ask_again(form, file, why)
        return None
    return _received(request, form, Sent(authority, typed["establishment"], which, clock.today()), file, why)


def _file_of(request: HttpRequest, form: BringForm, authority: Authority) -> StoredFile | None:
    """The file just sent, or the one that was kept while somebody was asked which return it is."""
    sent = form.cleaned_data["file"]
    if sent is None:
        try:
            kept = signing.loads(form.cleaned_data["kept"], salt=SALT, max_age=3600)
        except signing.BadSignature:
            kept = 0
        found = StoredFile.objects.filter(pk=kept, authority_id=authority.pk, stored_by=request.user).first()
        if found is None:
            form.add_error("file", "Select the file once more")
        return found
    try:
        return store(source=sent, name=sent.name, purpose=PURPOSE, by=request.user, authority_id=authority.pk)
    except CannotStore as problem:
        form.add_error("file", f"{problem} Nothing was changed")
        return None


def _type_of(form: BringForm, file: StoredFile) -> tuple[str, str]:
    """Which return, and why; none where it is not sure."""
    typed = form.cleaned_data
    try:
        found = what_is(file.path, file.name, Whence(typed["establishment"].kind, typed["label"]))
    except Unreadable as problem:
        return ("", str(problem)) if typed["type"] == AUTO else (typed["type"], "")
    if typed["type"] == AUTO:
        return (found.type, found.why) if found.sure else ("", found.why)
    return typed["type"], found.why if found.type == typed["type"] else ""


def _ask_again(form: BringForm, file: StoredFile, why: str) -> None:
    form.add_error("type", f"{why} Say which return it is")
    form.data = {**form.data.dict(), "kept": signing.dumps(file.pk, salt=SALT)}


def _came(form: BringForm) -> Came:
    """How it came, with the label in words: they stay what they were when somebody changes the table."""
    labels = dict(form.fields["label"].choices)
    label = form.cleaned_data["label"]
    return Came(form.cleaned_data["came_by"], labels[label] if label else "")


def _received(
    request: HttpRequest, form: BringForm, sent: Sent, file: StoredFile, why: str
) -> HttpResponse | None:
    title: Any = LAYOUTS[sent.type].title
    try:
        made = bring(sent=sent, file=file, why=why[:WHY], by=request.user, came=_came(form))
    except NotNow as problem:
        remove(file=file, by=request.user, why="not taken")
        form.add_error("file", str(problem))
        return None
    if made.file_id != file.pk:
        remove(file=file, by=request.user, why="the same file is here already")
        messages.info(request, SAME)
    else:
        messages.success(request, f"Taken as “{title}”. {why}".strip())
    return check_beside(request, made)
