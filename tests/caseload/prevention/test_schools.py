"""Schools by how many of their leavers were NEET, those worked with, and the plan of each."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from caseload.prevention.actions import schools as acts
from caseload.prevention.models import SchoolFocus
from caseload.prevention.queries.schools import chosen_lines, ranked, steps_of, years_of
from caseload.prevention.statements import FocusTold, StepTold
from tests.caseload.prevention.conftest import TODAY, freeze
from tests.factories import IN_YEAR_11, make_activity, make_person, make_school, make_user
from tests.pdf import text_of
from tracking.register.models import Task
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db


def leavers(council, school, statuses, born):
    """Pupils who left Year 11 of a school, wherever they are now."""
    college = make_school(kind="college")
    found = {}
    for status in statuses:
        person = make_person(council.authority, date_of_birth=born)
        make_activity(person, IN_YEAR_11, date(2021, 9, 1), ends_on=date(2025, 8, 31), establishment=school)
        make_activity(person, "230", date(2025, 9, 1), establishment=college)
        found[person] = (status, 16)
    return found


@pytest.fixture
def two_schools(council):
    big, small = make_school(name="Big School"), make_school(name="Small School")
    freeze(
        council, date(2026, 1, 31),
        leavers(council, big, ["NEET"] * 3 + ["EET"] * 30 + ["NOT_KNOWN"], date(2009, 3, 1))
        | leavers(council, small, ["NEET"] * 2 + ["EET"] + ["EXCLUDED"], date(2009, 3, 1)),
    )  # fmt: skip
    freeze(council, date(2027, 1, 31), leavers(council, small, ["NEET"] * 2 + ["EET"], date(2010, 3, 1)))
    freeze(council, date(2027, 2, 28), leavers(council, big, ["NEET"] * 9, date(2010, 3, 1)))
    return council


def test_schools_stand_by_how_many_of_their_leavers_were_neet(two_schools):
    years = years_of(two_schools.authority.pk, TODAY)
    assert [(each.year, each.month.slug) for each in years] == [(2026, "2027-01"), (2025, "2026-01")]

    both = ranked(two_schools.authority.pk, years, TODAY)
    last = ranked(two_schools.authority.pk, years[1:], TODAY)

    assert [(each.name, each.place, each.neet, each.leavers, each.is_few) for each in both] == [
        ("Small School", 1, 4, 6, True), ("Big School", 2, 3, 34, False),
    ]  # fmt: skip
    assert [(each.name, each.neet, each.not_known, round(each.rate, 1)) for each in last] == [
        ("Big School", 3, 1, 8.8), ("Small School", 2, 0, 66.7),
    ]  # fmt: skip
    assert ranked(two_schools.authority.pk, (), TODAY) == ()


def test_schools_are_chosen_once_a_year_by_who_plans(two_schools):
    authority = two_schools.authority
    found = ranked(authority.pk, years_of(authority.pk, TODAY), TODAY)

    assert acts.choose(authority=authority, schools=found[:1], by=two_schools.lead) == 1
    assert acts.choose(authority=authority, schools=found, by=two_schools.lead) == 1

    assert list(SchoolFocus.objects.order_by("place").values_list("place", "neet", "academic_year")) == [
        (1, 4, 2026), (2, 3, 2026),
    ]  # fmt: skip
    with pytest.raises(NotPermitted):
        acts.choose(authority=authority, schools=found, by=two_schools.sender)
    with pytest.raises(NotRight, match="at least one"):
        acts.choose(authority=authority, schools=[], by=two_schools.lead)
    one = SchoolFocus.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        SchoolFocus.objects.create(authority=authority, establishment=one.establishment, academic_year=2026)


@pytest.fixture
def focus(council):
    return SchoolFocus.objects.create(
        authority=council.authority, establishment=council.school, academic_year=2026, place=1, neet=4,
        chosen_by=council.lead,
    )  # fmt: skip


def test_steps_are_tasks_of_who_does_them(council, focus):
    acts.change_focus(focus=focus, told=FocusTold(council.sender, "Meet every term", TODAY), by=council.lead)
    late = acts.add_step(
        focus=focus, told=StepTold("Assembly for Year 11", due_on=date(2027, 5, 3)), by=council.lead
    )
    step = acts.add_step(
        focus=focus, told=StepTold("Visit", council.lead, date(2027, 6, 1)), by=council.sender
    )
    assert (
        acts.add_step(focus=focus, told=StepTold("Visit", None, date(2027, 6, 1)), by=council.sender) == step
    )

    assert [(each.words, each.owner, each.kind, each.person) for each in steps_of(focus)] == [
        ("Assembly for Year 11", council.sender, "school_plan", None), ("Visit", council.lead, "school_plan", None),
    ]  # fmt: skip
    (line,) = chosen_lines(council.authority, TODAY)
    assert (line.to_do, line.late, line.next_on) == (2, 1, date(2027, 5, 3))
    acts.close_step(focus=focus, step=late, outcome="120 pupils came", by=council.sender)
    late.refresh_from_db()
    assert (late.outcome, late.done_by) == ("120 pupils came", council.sender)
    acts.end_focus(focus=focus, by=council.lead)
    assert not Task.objects.filter(done_at=None, kind="school_plan").exists()
    assert chosen_lines(council.authority, TODAY) == ()


def test_what_does_not_fit_is_refused(council, focus):
    outsider = make_user(
        "caseworker", make_person(council.authority).authority, name="Nobody's"
    ).memberships.get()
    outsider.delete()

    with pytest.raises(NotRight, match="works on cases"):
        acts.change_focus(focus=focus, told=FocusTold(outsider.user), by=council.lead)
    with pytest.raises(NotRight, match="today or in the past"):
        acts.change_focus(focus=focus, told=FocusTold(reviewed_on=date(2027, 6, 1)), by=council.lead)
    with pytest.raises(NotRight, match="what is to be done"):
        acts.add_step(focus=focus, told=StepTold(" "), by=council.lead)
    with pytest.raises(NotPermitted):
        acts.end_focus(focus=focus, by=council.sender)


def test_the_pages_of_schools(two_schools, signed_in, assert_statements):
    client = signed_in(two_schools.lead)
    page = client.get(reverse("risk_schools")).content.decode()
    assert page.index("Small School") < page.index("Big School")
    assert "few leavers: do not compare" in page
    assert (
        "Work with the ticked"
        not in signed_in(two_schools.sender).get(reverse("risk_schools")).content.decode()
    )

    school = ranked(two_schools.authority.pk, years_of(two_schools.authority.pk, TODAY), TODAY)[0]
    client.post(reverse("choose_schools") + "?years=2026", {"ticked": [school.pk]})
    focus = SchoolFocus.objects.get()
    assert focus.neet == 2  # of the years that were chosen
    client.post(
        reverse("change_risk_school", args=[focus.pk]), {"officer": two_schools.sender.pk, "words": "Termly"}
    )
    client.post(reverse("add_school_step", args=[focus.pk]), {"words": "Careers fair"})
    step = steps_of(focus).get()
    client.get(reverse("risk_schools"))
    with assert_statements(13):
        page = client.get(reverse("risk_schools")).content.decode()
    assert "Worked with" in page
    shown = client.get(reverse("risk_school", args=[focus.pk])).content.decode()
    assert "Sal Send" in shown
    assert "Careers fair" in shown
    pdf = b"".join(client.get(reverse("print_risk_school", args=[focus.pk])))
    assert "Careers fair" in text_of(pdf)
    client.post(reverse("close_school_step", args=[focus.pk, step.pk]), {"outcome": "Went well"})
    assert "Went well" in client.get(reverse("risk_school", args=[focus.pk])).content.decode()
    client.post(reverse("end_risk_school", args=[focus.pk]))
    assert (
        "Not worked with any more since"
        in client.get(reverse("risk_school", args=[focus.pk])).content.decode()
    )


def test_without_figures_the_page_says_so(council, signed_in):
    assert "There are no figures yet" in signed_in(council.lead).get(reverse("risk_schools")).content.decode()
