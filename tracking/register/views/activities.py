"""Recording what a young person does, confirming it, correcting it, ending it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.fields import PARTS
from neet.ui.words import day
from tracking.reference.queries import ruleset
from tracking.register.actions.activities import correct_activity, end_activity, record_activity
from tracking.register.actions.confirmations import confirm_activity, void_confirmation
from tracking.register.forms.activities import (
    ActivityDetails,
    ChooseActivity,
    ConfirmActivity,
    CorrectActivity,
    EndActivity,
    WithdrawConfirmation,
    as_recorded,
)
from tracking.register.forms.editing import checked
from tracking.register.models import Activity, Situation, YoungPerson
from tracking.register.queries.changing import consequences, roles_at, usual_codes, words_of
from tracking.register.queries.notices import notices
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.rules.activities import LAST_COMPULSORY_YEAR
from tracking.register.statements import Ending
from tracking.register.views.editing import Page, answers, asked_and_done, visible_activity
from tracking.rules.academic_year import year_group
from tracking.rules.ruleset import RuleSet

RECORD = Page("Record what they do", template="tracking/edit/activity_details.html")


@needs(Permission.ACTIVITY_RECORD)
def record(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What are they doing? - where, since when, who told you - is this right? Nothing is kept before the last."""
    person = visible_person(request.user, ref)
    rules = ruleset(clock.today())
    code = request.POST.get("code", "")
    if request.method != "POST" or code not in rules.activities or request.POST.get("step") == "choose_again":
        return choose(request, person, rules)
    if request.POST.get("step") == "choose":
        return details(request, person, first_answers(request, person, code, rules), rules, code)
    form = ActivityDetails(
        request.POST, code=code, rules=rules, roles=roles_at(request.user, person.authority_id)
    )
    if request.POST.get("step") == "save" and form.is_valid():
        return save(request, person, form, rules)
    if request.POST.get("step") == "check" and form.is_valid():
        return check(request, person, form, rules)
    return details(request, person, form, rules, code)


def choose(request: HttpRequest, person: YoungPerson, rules: RuleSet) -> HttpResponse:
    today = clock.today()
    school_age = (
        person.date_of_birth is None or year_group(person.date_of_birth, today) <= LAST_COMPULSORY_YEAR
    )
    usual = usual_codes(person.authority_id, rules)
    again = request.POST if request.method == "POST" and request.POST.get("step") != "choose_again" else None
    first = {"code": request.POST.get("code", "")}
    form = ChooseActivity(again, initial=first, rules=rules, usual=usual, school_age=school_age)
    return render(
        request,
        "tracking/edit/activity.html",
        {"person": person, "form": form, "seen": seen(request, person), "notices": notices(person.pk)},
    )


def first_answers(request: HttpRequest, person: YoungPerson, code: str, rules: RuleSet) -> ActivityDetails:
    """The questions with what can be guessed: the same place as before, told today."""
    before = Situation.objects.select_related("activity").filter(person=person, code=code).first()
    held = before.activity if before else None
    first = {"told_on": clock.today(), "seen": seen(request, person)}
    if held and held.establishment_name:
        first |= {name: as_recorded(held)[name] for name in ("place", "place_asked", "establishment")}
    roles = roles_at(request.user, person.authority_id)
    return ActivityDetails(initial=first, code=code, rules=rules, roles=roles)


def details(
    request: HttpRequest, person: YoungPerson, form: ActivityDetails, rules: RuleSet, code: str
) -> HttpResponse:
    shown = {"doing": words_of(code, rules), "code": code, "page": RECORD, "notices": notices(person.pk)}
    return render(request, RECORD.template, {"person": person, "form": look_up_places(form, person), **shown})


def look_up_places(form: ActivityDetails, person: YoungPerson) -> ActivityDetails:
    """With script, the places that fit are shown while somebody types; without, after they press the button."""
    if "place" in form.fields:
        form.fields["place"].widget.attrs |= {
            "hx-post": reverse("activity_places", args=[person.ref]),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#places",
            "hx-include": "closest form",
        }
    return form


def check(request: HttpRequest, person: YoungPerson, form: ActivityDetails, rules: RuleSet) -> HttpResponse:
    rows = [(field.label, checked(field)) for field in form.visible_fields() if field.name != "establishment"]
    place = checked(form["establishment"]) if "establishment" in form.fields else ""
    shown = {
        "doing": words_of(form.code, rules),
        "code": form.code,
        "rows": [(label, place if place and label == "Where?" and "Somewhere else" not in place else said)
                 for label, said in rows],
        "kept": [(name, value) for name, value in kept_answers(request, form) if value],
        "consequences": consequences(person, form.told(), rules, clock.today()),
    }  # fmt: skip
    return render(request, "tracking/edit/activity_check.html", {"person": person, "form": form, **shown})


def kept_answers(request: HttpRequest, form: ActivityDetails) -> list[tuple[str, str]]:
    """The answers as they were given, to travel to the next page; the place as it was settled."""
    settled = {
        "establishment": form.cleaned_data.get("establishment", ""),
        "place_asked": form.cleaned_data.get("place", ""),
    }
    names = {part for name in form.fields for part in (name, *(f"{name}_{each}" for each in PARTS))}
    given = [(name, value) for name, value in request.POST.items() if name in names and name not in settled]
    return given + list(settled.items())


def save(request: HttpRequest, person: YoungPerson, form: ActivityDetails, rules: RuleSet) -> HttpResponse:
    seen_id = int(form.cleaned_data["seen"]) if form.cleaned_data["seen"].isdecimal() else None

    def act() -> str:
        made = record_activity(person=person, told=form.told(), by=request.user, seen_id=seen_id)
        return f"Saved: {words_of(made.code, rules)} since {day(made.starts_on)}. {until_words(person, made)}"

    page = Page(
        "Record what they do",
        template=RECORD.template,
        shown={"doing": words_of(form.code, rules), "code": form.code},
    )
    return asked_and_done(request, person, form, act, page, lambda: present_id(person))


def seen(request: HttpRequest, person: YoungPerson) -> str:
    """The activity that stood when the first page was opened; travels with the answers."""
    return request.POST["seen"] if "seen" in request.POST else present_id(person)


def present_id(person: YoungPerson) -> str:
    held = Situation.objects.filter(person=person).values_list("activity_id", flat=True).first()
    return str(held or "")


def until_words(person: YoungPerson, made: Activity) -> str:
    """What it means, in a sentence."""
    held = Situation.objects.get(person=person)
    if made.ends_on:
        return f"It lasted until {day(made.ends_on)}."
    if held.activity_id != made.pk:
        return f"It counts from {day(made.starts_on)}."
    if held.lapses_on is None:
        return "It stands until something else is recorded."
    if held.lapses_on < clock.today():
        return f"It counted until {day(held.lapses_on)} and needs somebody to confirm it."
    return f"It counts until {day(held.lapses_on)}."


@needs(Permission.ACTIVITY_RECORD)
def places(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The schools and colleges that fit what is typed, as the radio buttons of the same question."""
    person = visible_person(request.user, ref)
    code = request.POST.get("code", "")
    rules = ruleset(clock.today())
    if request.method != "POST" or code not in rules.activities:
        return redirect("record_activity", ref=person.ref)
    form = ActivityDetails(
        request.POST, code=code, rules=rules, roles=roles_at(request.user, person.authority_id)
    )
    form.is_bound = False
    return render(request, "tracking/edit/places.html", {"form": form})


@needs(Permission.ACTIVITY_RECORD)
def confirm(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """Somebody says that it goes on."""
    person, held = visible_activity(request, ref, pk)
    form = ConfirmActivity(answers(request), initial={"on": clock.today(), "source": held.source})

    def act() -> str:
        confirm_activity(activity=held, by=request.user, **form.cleaned_data)
        return f"Confirmed. {until_words(person, held)}"

    doing = words_of(held.code, ruleset(clock.today()))
    page = Page(f"Confirm: {doing}", "Confirm", intro=where_and_since(held), then="person")
    return asked_and_done(request, person, form, act, page)


@needs(Permission.ACTIVITY_RECORD)
def correct(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """What was recorded was wrong."""
    person, held = visible_activity(request, ref, pk)
    rules = ruleset(clock.today())
    code = request.POST.get("code") or held.code
    if code not in rules.activities:
        return redirect("record_activity", ref=person.ref)
    roles = roles_at(request.user, person.authority_id)
    form = CorrectActivity(answers(request), initial=as_recorded(held), code=code, rules=rules, roles=roles)

    def act() -> str:
        asked = {"version": form.cleaned_data["version"], "why": form.cleaned_data["why"]}
        made = correct_activity(activity=held, told=form.corrected(held), by=request.user, **asked)
        return f"Corrected. {until_words(person, made)}"

    shown = {"doing": words_of(code, rules), "code": code, "activity": held}
    page = Page("Correct what is recorded", template="tracking/edit/activity_correct.html", then="person_activities",
                shown=shown)  # fmt: skip
    return asked_and_done(request, person, form, act, page, lambda: version_of(held))


def version_of(held: Activity) -> str:
    return str(Activity.objects.values_list("version", flat=True).get(pk=held.pk))


@needs(Permission.ACTIVITY_RECORD)
def end(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """It ended; what follows is asked next where somebody knows."""
    person, held = visible_activity(request, ref, pk)
    form = EndActivity(answers(request), initial={"version": held.version, "ends_on": clock.today()})

    def act() -> str:
        ending = Ending(form.cleaned_data["ends_on"], form.cleaned_data["reason"])
        end_activity(activity=held, ending=ending, version=form.cleaned_data["version"], by=request.user)
        knows = form.cleaned_data["then"] == "known"
        return (
            "Ended. Now say what they are doing."
            if knows
            else "Ended. They are not known from the day after."
        )

    doing = words_of(held.code, ruleset(clock.today()))
    knows = request.POST.get("then") == "known"
    page = Page(
        f"It has ended: {doing}", intro=where_and_since(held), then="record_activity" if knows else "person"
    )
    return asked_and_done(request, person, form, act, page, lambda: version_of(held))


@needs(Permission.ACTIVITY_RECORD)
def withdraw(request: HttpRequest, ref: UUID, pk: int, confirmation: int) -> HttpResponse:
    """A confirmation was a mistake."""
    person, held = visible_activity(request, ref, pk)
    mistaken = held.confirmations.filter(pk=confirmation, voids__isnull=True).first()
    if mistaken is None:
        raise NotVisible
    form = WithdrawConfirmation(answers(request))

    def act() -> str:
        void_confirmation(confirmation=mistaken, why=form.cleaned_data["why"], by=request.user)
        return f"Taken back. {until_words(person, held)}"

    page = Page(
        "Take back a confirmation",
        "Take it back",
        intro=f"{mistaken.get_source_display()} said on {day(mistaken.verified_on)} that it goes on.",
        then="person_activities",
    )
    return asked_and_done(request, person, form, act, page)


def where_and_since(held: Activity) -> str:
    place = f"{held.establishment_name}, " if held.establishment_name else ""
    return f"{place}since {day(held.starts_on)}."
