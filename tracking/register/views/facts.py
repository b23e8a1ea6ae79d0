"""Characteristics, the guarantee and objections."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.words import day
from tracking.reference.queries import ruleset
from tracking.register.actions.facts import end_characteristic, record_characteristic, set_guarantee
from tracking.register.actions.objections import answer_at_16, record_objection, withdraw_objection
from tracking.register.columns import asker, characteristics
from tracking.register.fields import CODE, changes, characteristics_read
from tracking.register.forms.facts import (
    NEEDS,
    AnswerAt16Form,
    CharacteristicForm,
    EndForm,
    GuaranteeForm,
    ObjectionForm,
    WithdrawForm,
    characteristic_choices,
)
from tracking.register.models import Characteristic, Guarantee, YoungPerson
from tracking.register.queries.changing import roles_at
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.rules.activities import LAST_COMPULSORY_YEAR
from tracking.register.views.editing import Page, answers, asked_and_done
from tracking.rules.academic_year import year_group
from tracking.rules.guarantee import group_recorded_for


@needs(Permission.PERSON_CHANGE)
def add_characteristic(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Something that holds for them."""
    person = visible_person(request.user, ref)
    rules = ruleset(clock.today())
    roles = roles_at(request.user, person.authority_id)
    every = [code for code, _ in NEEDS] + list(rules.characteristics)
    open_to_them = {code for code in every if changes(roles, CODE + code)}
    form = CharacteristicForm(answers(request), choices=characteristic_choices(rules, open_to_them))

    def act() -> str:
        record_characteristic(person=person, by=request.user, **form.cleaned_data)
        return "Saved."

    return asked_and_done(request, person, form, act, Page("Add a need or circumstance"))


@needs(Permission.PERSON_CHANGE)
def end(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """It no longer holds."""
    person = visible_person(request.user, ref)
    held = characteristic_of(request, person, pk)
    known = ruleset(clock.today()).characteristics.get(held.code)
    words = known.plain_words if known else dict(NEEDS).get(held.code, f"code {held.code}")
    form = EndForm(answers(request), initial={"ends_on": clock.today()})

    def act() -> str:
        end_characteristic(characteristic=held, on=form.cleaned_data["ends_on"], by=request.user)
        return "Ended."

    return asked_and_done(request, person, form, act, Page(f"It no longer holds: {words}"))


def characteristic_of(request: HttpRequest, person: YoungPerson, pk: int) -> Characteristic:
    """One of this person's characteristics that the user may be shown."""
    who = asker(request.user, clock.today())
    codes = characteristics_read(who.roles, person.characteristics.values_list("code", flat=True))
    found = person.characteristics.filter(characteristics(who, codes), pk=pk).first()
    if found is None:
        raise NotVisible
    return found


@needs(Permission.PERSON_CHANGE)
def guarantee(request: HttpRequest, ref: UUID, year_group_of: int | None = None) -> HttpResponse:
    """How the September Guarantee stands; for the year group a status recorded today belongs to (in the days of grace
    the one just finished) unless another is asked for."""
    person = visible_person(request.user, ref)
    if year_group_of not in {None, *Guarantee.YearGroup}:
        raise NotVisible
    group = year_group_of or present_year_group(person)
    held = person.guarantees.filter(year_group=group).first()
    first = {"la_code": person.authority.code, "status_on": clock.today(), "was": ""}
    if held:
        first |= {name: getattr(held, name) for name in ("status", "status_on", "la_code", "reason")}
        first["was"] = held.status
    form = GuaranteeForm(answers(request), initial=first, rules=ruleset(clock.today()), year_group=group)

    def act() -> str:
        set_guarantee(person=person, offer=form.offer(), was=form.cleaned_data["was"], by=request.user)
        return f"September Guarantee for Year {group} saved."

    def stands() -> str:
        now = person.guarantees.filter(year_group=group).first()
        return now.status if now else ""

    return asked_and_done(request, person, form, act, Page(f"September Guarantee, Year {group}"), stands)


def present_year_group(person: YoungPerson) -> int:
    """The year group whose September a status recorded today is for; the nearer one where there is none."""
    today = clock.today()
    grace = ruleset(today).limits["guarantee_grace_days"]
    if group := group_recorded_for(person.date_of_birth, today, grace):
        return group
    group = year_group(person.date_of_birth, today) if person.date_of_birth else LAST_COMPULSORY_YEAR
    return min(max(group, 11), 12)


@needs(Permission.OBJECTION_RECORD)
def objection(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Somebody objects to passing on more than the law requires."""
    person = visible_person(request.user, ref)
    form = ObjectionForm(answers(request), initial={"made_on": clock.today()})

    def act() -> str:
        record_objection(person=person, by=request.user, **form.cleaned_data)
        return "Objection recorded. From now on schools and colleges pass on name, address and date of birth only."

    return asked_and_done(request, person, form, act, Page("Record an objection", then="person_contact"))


@needs(Permission.OBJECTION_RECORD)
def withdraw(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """It no longer stands."""
    person = visible_person(request.user, ref)
    held = person.objections.filter(pk=pk, withdrawn_on__isnull=True).first()
    if held is None:
        raise NotVisible
    form = WithdrawForm(answers(request), initial={"on": clock.today()})

    def act() -> str:
        withdraw_objection(objection=held, on=form.cleaned_data["on"], by=request.user)
        return "Objection withdrawn."

    intro = f"{held.get_made_by_display()} objected on {day(held.made_on)}."
    page = Page("Withdraw the objection", "Withdraw it", intro=intro, then="person_contact")
    return asked_and_done(request, person, form, act, page)


@needs(Permission.OBJECTION_RECORD)
def answer(request: HttpRequest, ref: UUID) -> HttpResponse:
    """At 16 the choice is the young person's own."""
    person = visible_person(request.user, ref)
    form = AnswerAt16Form(answers(request), initial={"on": clock.today()})

    def act() -> str:
        answer_at_16(person=person, by=request.user, **form.cleaned_data)
        return "Answer recorded."

    intro = "A parent or carer objected while the young person was under 16. Until the young person answers, it stands."
    page = Page("The young person’s answer", intro=intro, then="person_contact")
    return asked_and_done(request, person, form, act, page)
