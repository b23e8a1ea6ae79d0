"""The pages of next steps: what they show, what they do when posted to, and how many statements they take."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseload.transitions.actions import answer_cohort, draw_up_starts, record_step, write_plan
from caseload.transitions.models import CohortAnswer, PlanStep, StartCheck, TransitionPlan
from caseload.transitions.panels import home_panel
from caseload.transitions.statements import CohortSaid, PlanTold, StepTold
from neet.messages.models import Message
from tests.caseload.transitions.conftest import SPRING
from tests.factories import make_user
from tests.pdf import text_of
from tracking.register.models import Activity

pytestmark = pytest.mark.django_db

AUTUMN = date(2027, 9, 20)


def shown(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def form_of(**answers):
    said = {"next_step": "Level 2 construction", "code": "230"}
    for name, day in list(answers.items()):
        if isinstance(day, date):
            answers |= {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}
            del answers[name]
    return {**said, **answers}


def test_a_plan_is_written_changed_printed_and_ended(council, signed_in):
    person = council.at_risk(given_name="Juno", family_name="Quillfeather")
    client = signed_in(council.officer)
    url = reverse("transition_plan", args=[person.ref])
    assert "Write a plan" in shown(client.get(reverse("next_steps")))
    assert "No plan for 2027-28 yet" in shown(client.get(reverse("person", args=[person.ref])))

    client.post(url, form_of(establishment=council.college.pk, support="Bursary"))
    plan = TransitionPlan.objects.get()
    client.post(url, form_of(agreed_on=SPRING, finalised_on=SPRING, version=1, place="Garage"))
    plan.refresh_from_db()

    assert (plan.finalised_on, plan.place, plan.version) == (SPRING, "Garage", 2)
    assert "since 10 Mar 2027" in shown(client.get(reverse("next_steps") + "?state=settled"))
    paper = text_of(client.get(reverse("print_transition_plan", args=[person.ref])).getvalue())
    for words in ("Your plan for 2027-28", "Juno", "Level 2 construction", "Garage", "01632 960001"):
        assert words in paper
    assert person.young_person_id not in paper
    history = shown(client.get(reverse("person_history", args=[person.ref])))
    assert "Plan for 2027-28 final" in history
    client.post(reverse("end_transition_plan", args=[person.ref]), {"why": "Changed their mind"})
    assert client.get(reverse("print_transition_plan", args=[person.ref])).status_code == 404


def test_both_answers_are_shown_where_a_colleague_was_quicker(council, signed_in):
    person = council.at_risk()
    write_plan(person=person, told=PlanTold("A levels"), by=council.chief)
    client, url = signed_in(council.officer), reverse("transition_plan", args=[person.ref])

    answer = client.post(url, form_of(establishment=council.college.pk))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "A levels" in page
    assert "Ambleford College" in page
    assert 'name="version" value="1"' in page

    client.post(url, form_of(establishment=council.college.pk, version=1))
    assert TransitionPlan.objects.get().next_step == "Level 2 construction"


def test_final_plans_are_checked_from_the_list(council, signed_in):
    person = council.at_risk()
    told = PlanTold("A levels", agreed_on=SPRING, finalised_on=SPRING)
    plan = write_plan(person=person, told=told, by=council.officer)
    council.at(date(2027, 4, 20))
    client, url = signed_in(council.officer), reverse("check_transition_plans")

    page = shown(client.post(url, follow=True))
    assert "Select at least one young person" in page
    assert "1 plan checked" in shown(client.post(url, {"ticked": plan.pk}, follow=True)).lower()
    plan.refresh_from_db()
    assert plan.checked_on == date(2027, 4, 20)


def test_the_autumn_s_question_is_answered_in_a_click_and_referred_in_another(council, signed_in):
    person = council.at_risk(given_name="Juno", family_name="Quillfeather")
    write_plan(person=person, told=PlanTold("College", "230", council.college), by=council.officer)
    council.at(AUTUMN)
    draw_up_starts(authority=council.authority, on=AUTUMN)
    check, client = StartCheck.objects.get(), signed_in(council.officer)
    assert "Quillfeather" in shown(client.get(reverse("starts")))
    url = reverse("answer_start", args=[check.pk])

    page = shown(client.post(f"{url}?next=//elsewhere.example", {"answer": "not_started"}, follow=True))
    assert "Juno Quillfeather: did not start" in page
    assert "Everybody is spoken for" in page
    page = shown(client.get(reverse("starts") + "?state=not_started"))
    assert "Refer to Support" in page
    client.post(reverse("refer_unstarted", args=[check.pk]))
    assert "Referred to NEET support" in shown(client.get(reverse("starts") + "?state=not_started"))
    assert "Ambleford College" in shown(client.get(reverse("starts_by_place")))

    assert client.post(url, {"answer": "elsewhere"}).url == reverse("record_activity", args=[person.ref])
    client.post(url, {"answer": "started"})
    assert Activity.objects.filter(person=person, code="230").exists()
    assert "Choose" not in shown(client.post(url, {"answer": "perhaps"}, follow=True))


def test_a_service_speaks_of_its_people_on_one_page(council, signed_in):
    ours = council.pupil(service=council.send, given_name="Ada", family_name="Ambler")
    moved = council.pupil(service=council.send, given_name="Bram", family_name="Brook")
    client = signed_in(council.lead)
    url = reverse("confirm_cohort", args=[council.send.pk])
    assert client.get(reverse("cohort")).url == url
    assert "2 of 2 young people still to confirm" in shown(client.get(url))
    sent = {"person": [ours.pk, moved.pk], f"{ours.pk}-answer": "changed", f"{moved.pk}-answer": "moved"}

    page = shown(client.post(url, sent))
    assert "Enter what has changed" in page
    assert not CohortAnswer.objects.exists()
    page = shown(client.post(url, {**sent, f"{ours.pk}-words": "New school"}, follow=True))

    assert "2 answers saved" in page
    assert "Everybody is answered" in page
    assert "Moved away" in shown(client.get(url + "?state=answered"))
    assert client.get(reverse("confirm_cohort", args=[council.support.pk])).status_code == 404


def test_all_others_of_a_page_are_theirs_in_one_act(council, signed_in):
    people = [council.pupil(service=council.send) for _ in range(4)]
    sent = {"person": [each.pk for each in people], f"{people[0].pk}-answer": "moved", "others": "ours"}

    signed_in(council.lead).post(reverse("confirm_cohort", args=[council.send.pk]), sent)

    assert sorted(CohortAnswer.objects.values_list("answer", flat=True)) == ["moved", "ours", "ours", "ours"]


def test_who_shares_out_the_work_sees_how_far_services_are_and_reminds_them(council, signed_in):
    council.pupil(service=council.send)
    client = signed_in(council.officer)

    assert "SEND team" in shown(client.get(reverse("cohort")))
    page = shown(client.post(reverse("remind_cohort", args=[council.send.pk]), follow=True))

    assert "SEND team is reminded" in page
    assert "reminded today" in page
    assert Message.objects.count() == 1


def test_steps_of_plans_are_listed_by_step_and_district(council, signed_in):
    person = council.pupil("EHCP", given_name="Juno", family_name="Quillfeather")
    client = signed_in(council.officer)
    assert "Place named in the plan" in shown(client.get(reverse("plan_steps")))
    assert "Juno Quillfeather" in shown(client.get(reverse("plan_step", args=["named_place"])))
    url = reverse("record_plan_step", args=[person.ref, "named_place"])

    page = shown(client.post(url, {"done_on_day": 10, "done_on_month": 3, "done_on_year": 2027}))
    assert "Select the place" in page
    client.post(
        url,
        {"done_on_day": 10, "done_on_month": 3, "done_on_year": 2027, "establishment": council.college.pk},
    )
    client.post(reverse("plan_step_done", args=["consulted"]), {"ticked": person.pk})

    assert dict(PlanStep.objects.values_list("step", "done_on")) == {
        "named_place": SPRING,
        "consulted": SPRING,
    }
    record = shown(client.get(reverse("person", args=[person.ref])))
    assert "Ambleford College" in record
    assert "Overdue" in record
    done = reverse("plan_step_done", args=["named_place"])
    assert "place of each" in shown(client.post(done, {"ticked": person.pk}, follow=True))


def test_first_pages_say_only_what_is_due(council):
    council.pupil("EHCP", service=council.send)
    tiles = {each.words: each.number for each in home_panel(council.lead, SPRING).tiles}
    assert tiles["without a plan for the next step"] == 1
    assert tiles["still yours?"] == 1
    assert tiles["EHC plans: place named in the plan"] == 1

    answer_cohort(
        service=council.send,
        said=[CohortSaid(person.pk, "ours") for person in council.authority.young_people.all()],
        by=council.lead,
    )
    tiles = {each.words for each in home_panel(council.lead, SPRING).tiles}
    assert "still yours?" not in tiles
    assert home_panel(council.worker, SPRING) is None
    assert home_panel(make_user("mi_officer", council.authority), SPRING) is None


def peopled(council, number):
    """So many at every stage: expected and not started, and with steps to take."""
    for _ in range(number):
        person = council.pupil("EHCP", service=council.send)
        TransitionPlan.objects.create(
            person=person, year=2027, next_step="College", establishment=council.college
        )
        younger = council.pupil("EHCP", born=date(2012, 3, 3), service=council.send)
        write_plan(person=younger, told=PlanTold("College", "230", council.college), by=council.officer)
        told = StepTold(due_on=date(2028, 3, 1))
        record_step(person=younger, step="named_place", told=told, by=council.officer)
    draw_up_starts(authority=council.authority, on=AUTUMN)
    StartCheck.objects.update(answer="not_started", checked_on=AUTUMN)


def test_lists_take_as_many_statements_for_one_as_for_many(council, signed_in):
    council.at(AUTUMN)
    client = signed_in(council.officer)
    pages = [
        reverse("next_steps"), reverse("starts") + "?state=not_started", reverse("starts_by_place"),
        reverse("cohort"), reverse("confirm_cohort", args=[council.send.pk]), reverse("plan_steps"),
        reverse("plan_step", args=["named_place"]),
    ]  # fmt: skip

    counted = []
    for number in (1, 5):
        peopled(council, number)
        for each in pages:
            client.get(each)
            with CaptureQueriesContext(connection) as statements:
                assert "Quillfeather" not in shown(client.get(each))
            counted.append(len(statements))

    one, many = counted[: len(pages)], counted[len(pages) :]
    assert one == many
    assert max(many) <= 22, dict(zip(pages, many, strict=True))
