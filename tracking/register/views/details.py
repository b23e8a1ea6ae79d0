"""Adding a young person, and changing who they are, what is planned, and whether they are in the cohort."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import note_read
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.actions.cohort import set_cohort_status
from tracking.register.actions.people import add_person, change_details
from tracking.register.forms.details import CohortForm, DetailsForm, NewPersonForm, PlansForm
from tracking.register.kinds import Kind
from tracking.register.models import YoungPerson
from tracking.register.queries.changing import hidden_by_objection, likely_same, roles_at
from tracking.register.queries.earlier import with_earlier
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.statements import Standing
from tracking.register.views.editing import Page, answers, asked_and_done

HIDDEN = "UPN and ULN are not shown: an objection is in force."


def version_of(person: YoungPerson) -> str:
    return str(YoungPerson.objects.values_list("version", flat=True).get(pk=person.pk))


@needs(Permission.PERSON_CHANGE)
def details(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Names, date of birth, gender, ethnicity and numbers."""
    return changed(request, visible_person(request.user, ref), DetailsForm, "Change details")


@needs(Permission.PERSON_CHANGE)
def plans(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Where they are educated, how much help they need, what they mean to do."""
    return changed(request, visible_person(request.user, ref), PlansForm, "Change plans and support")


def changed(
    request: HttpRequest, person: YoungPerson, kind: type[DetailsForm] | type[PlansForm], title: str
) -> HttpResponse:
    today = clock.today()
    hidden = hidden_by_objection(person, today)
    form = kind(
        answers(request),
        person=person,
        roles=roles_at(request.user, person.authority_id),
        hidden=hidden,
        rules=ruleset(today),
    )

    def act() -> str:
        asked = form.changes()
        change_details(person=person, changes=asked, version=form.cleaned_data["version"], by=request.user)
        for words in form.warnings() if isinstance(form, DetailsForm) else []:
            messages.warning(request, f"Saved as it is. {words}")
        return "Details saved."

    intro = HIDDEN if {"upn", "uln"} & hidden and kind is DetailsForm else ""
    return asked_and_done(request, person, form, act, Page(title, intro=intro), lambda: version_of(person))


@needs(Permission.TRANSFER)
def cohort(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Moved, left England, reached the age, died: why they are or are not in the cohort."""
    person = visible_person(request.user, ref)
    rules = ruleset(clock.today())
    first = {"status": person.cohort_status, "on": clock.today(), "to_la": person.transferred_to_la,
             "version": person.version}  # fmt: skip
    form = CohortForm(answers(request), initial=first, rules=rules, own=person.authority.code)

    def act() -> str:
        asked = form.cleaned_data
        standing = Standing(asked["status"], asked["on"], asked["to_la"])
        set_cohort_status(person=person, standing=standing, version=asked["version"], by=request.user)
        return f"Saved: {rules.cohort_statuses[standing.status].plain_words.lower()}."

    intro = "Whoever leaves is in the file to the DfE once more, in the month of leaving."
    page = Page("Change why they are in the cohort", intro=intro)
    return asked_and_done(request, person, form, act, page, lambda: version_of(person))


@needs(Permission.PERSON_ADD)
def add(request: HttpRequest) -> HttpResponse:
    """Somebody new: the register is searched first, and whoever might be the same is shown before anything is kept."""
    authority = own_authority(request)
    rules = ruleset(clock.today())
    form = NewPersonForm(answers(request), rules=rules)
    if request.method != "POST" or not form.is_valid():
        return render(request, "tracking/edit/add_person.html", {"form": form})
    if request.POST.get("step") != "save":
        return show_likely(request, form, authority)
    try:
        person = add_person(authority=authority, new=form.new(), searched=True, by=request.user)
    except NotPermitted:
        raise NotVisible from None
    except NotRight as refused:
        form.take(refused)
        return render(request, "tracking/edit/add_person.html", {"form": form})
    for words in form.warnings():
        messages.warning(request, f"Saved as it is. {words}")
    messages.success(request, f"{person.full_name} is on the register. Now say what they do.")
    return redirect("record_activity", ref=person.ref)


def show_likely(request: HttpRequest, form: NewPersonForm, authority: Authority) -> HttpResponse:
    """Who may be the same, with their earlier times out of school (R37), and the choice to add somebody new all the
    same."""
    new = form.new()
    found = likely_same(authority.pk, new.family_name, new.given_name, new.date_of_birth, request.user)
    likely = with_earlier(found, request.user, clock.today())
    subjects = [each.person.pk for each in likely]
    note_read(Kind.SEARCHED, by=request.user, authority_id=authority.pk, subjects=subjects)
    kept = [
        (name, value) for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "step"}
    ]
    shown = {"form": form, "new": new, "likely": likely, "kept": kept}
    return render(request, "tracking/edit/add_person_check.html", shown)


def own_authority(request: HttpRequest) -> Authority:
    """The authority whose register the person at the desk adds to: the one they work from."""
    places = scope_of(request.user).where(Permission.PERSON_ADD)
    return Authority.objects.get(pk=places[0].authority_id)
