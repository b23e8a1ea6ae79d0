"""The pages: what they show, what they do when posted to, who may not, and how many statements they take."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from neet.audit.models import AuditEvent
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from tests.factories import make_activity, make_authority, make_district, make_user, sign_in
from tests.tracking.guarantee.conftest import LAST_OF_MAY, YEAR, YEAR_12
from tracking.guarantee.actions import add, propose
from tracking.guarantee.kinds import Kind
from tracking.guarantee.models import CohortFreeze, ResidencyCheck
from tracking.register.models import Guarantee, Residence

pytestmark = pytest.mark.django_db


def shown(answer):
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def signed_in():
    return lambda user: sign_in(Client(), user)


def work_off():
    """The one job that waits, done by a worker."""
    jobs.run(job_id=Job.objects.get(state=Job.State.WAITING).pk)


def test_a_district_lead_has_a_board_of_their_own_district(council, signed_in):
    beyond = make_district(council.authority, name="Burnside")
    council.pupil(family_name="Here")
    Residence.objects.filter(person=council.pupil(family_name="There")).update(district=beyond)
    council.set()
    lead = signed_in(make_user("district_lead", council.authority, district=council.district))

    page = shown(lead.get(f"{reverse('guarantee')}?by=district"))

    assert "Only the young people of your districts" in page
    assert "0 of 1 young person" in page
    assert ": 1 young person; 0 added" in page
    assert "Burnside" not in page
    behind = shown(lead.get(f"{reverse('guarantee_people')}?year={YEAR}&by=district&part={beyond.pk}"))
    assert "There" not in behind
    assert "Burnside" not in behind
    assert "0 of 2 young people" in shown(signed_in(council.officer).get(reverse("guarantee")))


def test_the_cohort_is_proposed_approved_and_taken_back_on_its_pages(council, signed_in):
    council.pupil()
    council.at(date(2027, 5, 30))
    client = signed_in(council.proposer)
    assert "can be proposed from 31 May 2027 on" in shown(client.get(reverse("set_cohort")))
    assert "No cohort is set" in shown(client.get(reverse("guarantee")))
    council.at(LAST_OF_MAY)
    client = signed_in(council.proposer)
    assert "Confirm that you have worked" in shown(client.post(reverse("propose_cohort"), {}))
    client.post(reverse("propose_cohort"), {"seen": "on"})
    freeze = CohortFreeze.objects.get()
    url = reverse("approve_cohort", args=[freeze.pk])
    assert "Somebody else approves it" in shown(client.get(url))
    assert "Somebody else approves" in shown(client.post(url, {"seen": "on", "why": "In a hurry"}))
    assert "waits for approval" in shown(client.get(reverse("guarantee")))

    client = signed_in(council.manager)
    assert "Approve the cohort" in shown(client.get(reverse("set_cohort")))
    assert "Waiting for its turn" in shown(client.post(url, {"seen": "on"}, follow=True))
    client.post(url, {"seen": "on"})
    assert "it is being set" in shown(client.get(url))
    assert "Cancel this work" not in shown(signed_in(council.proposer).get(reverse("set_cohort")))
    work_off()
    moving = client.get(reverse("set_cohort"), headers={"HX-Request": "true"})
    assert moving.headers["HX-Refresh"] == "true"
    assert "Set as the register stood on 31 May 2027" in shown(client.get(reverse("set_cohort")))
    board = shown(signed_in(council.proposer).get(reverse("guarantee")))
    assert "An offer was made to 0 of 1 young person: 0.0%" in board
    client = signed_in(council.manager)
    back = reverse("take_back_cohort", args=[freeze.pk])
    assert "Enter the reason" in shown(client.post(back, {"why": ""}))
    assert "Taking the cohort back" in shown(client.post(back, {"why": "Not finished"}, follow=True))
    assert "It can be taken back within" in shown(client.get(back))
    work_off()
    freeze.refresh_from_db()
    assert (freeze.withdrawn_by, freeze.withdrawn_why) == (council.manager, "Not finished")
    assert client.get(url).status_code == 404


def test_the_board_leads_to_people_and_their_file(council, signed_in):
    first, _ = council.pupil(family_name="Quillfeather"), council.pupil(family_name="Overlook")
    freeze = council.set()
    Guarantee.objects.filter(person=first).update(status="110", reason="By offers: told")
    client = signed_in(council.proposer)

    board = client.get(reverse("guarantee"), {"by": "school"})
    assert "An offer was made to 1 of 2 young people: 50.0%" in shown(board)
    assert "By school" in shown(board)
    asked = {"year": YEAR, "stand": "not_asked", "by": "school", "part": council.school.pk}
    page = shown(client.get(reverse("guarantee_people"), asked))
    assert "Overlook" in page
    assert "Quillfeather" not in page
    file = b"".join(
        client.get(reverse("guarantee_file"), {"year": YEAR, "stand": "offer"}).streaming_content
    ).decode()
    assert "Quillfeather" in file
    assert "Overlook" not in file
    assert "Ambleford School" in file
    event = AuditEvent.objects.get(kind=Kind.LIST_TAKEN)
    assert event.subjects == [first.pk]
    assert "Nobody matches" in shown(
        client.get(reverse("guarantee_people"), {"year": YEAR, "stand": "refused"})
    )
    assert "Nobody is counted here" in shown(client.get(reverse("guarantee_people"), {"year": 1999}))
    assert (
        client.get(reverse("guarantee_people"), {"year": YEAR, "by": "school", "part": "x"}).status_code
        == 200
    )

    assert signed_in(council.officer).get(reverse("guarantee_file")).status_code == 404
    manager = signed_in(council.manager)
    for name in ("guarantee", "guarantee_people", "intended_destinations", "destinations_missing"):
        assert manager.get(reverse(name), {"year": YEAR, "by": "school"}).status_code == 404, name
    assert freeze.year == YEAR


def test_those_who_left_year_12_are_a_list(council, signed_in):
    council.pupil()
    person = council.pupil(YEAR_12, code="", family_name="Quillfeather")
    make_activity(person, "210", date(2026, 9, 2), ends_on=date(2027, 2, 1), predicted_end_on=date(2027, 7, 9),
                  establishment=council.school)  # fmt: skip
    council.set()
    client = signed_in(council.officer)

    assert re.search(r"1 left Year 12, owed a new offer", shown(client.get(reverse("guarantee"))))
    page = shown(client.get(reverse("guarantee_people"), {"year": YEAR, "of": "left_year_12"}))
    assert "Quillfeather" in page
    assert "1 Feb 2027" in page
    assert "Ambleford School" in page


def test_the_list_before_shows_groups_and_mends(council, signed_in):
    council.at(date(2027, 4, 20))
    home = council.pupil(code="120", school=None, family_name="Quillfeather")
    client = signed_in(council.officer)

    assert "Taught at home, not looked up yet" in shown(client.get(reverse("guarantee_before")))
    page = shown(client.get(reverse("guarantee_before"), {"group": "at_home"}))
    assert "Quillfeather" in page
    url = reverse("check_residency", args=[home.ref])
    assert "Enter an answer" in shown(client.post(url, {"outcome": "moved"}))
    gone = client.post(url, {"outcome": "moved", "evidence": "The other council confirmed"})
    assert gone.url == reverse("change_cohort", args=[home.ref])
    stays = client.post(url, {"outcome": "resident", "evidence": "Seen at home"})
    assert stays.url == reverse("guarantee_before") + "?group=at_home"
    assert ResidencyCheck.objects.filter(person=home).count() == 2
    assert "Nothing to look at" in shown(client.get(reverse("guarantee_before"), {"group": "nonsense"}))
    assert "Nothing is left to do here" in shown(client.get(reverse("guarantee_before"), {"group": "twice"}))


def test_additions_and_removals_need_a_tick_and_a_reason(council, signed_in):
    leaver = council.pupil(family_name="Quillfeather")
    client = signed_in(council.proposer)
    assert "No cohort is set" in shown(client.get(reverse("cohort_changes")))
    freeze = council.set()
    council.at(date(2027, 6, 10))
    new = council.pupil(family_name="Overlook")
    type(leaver).objects.filter(pk=leaver.pk).update(cohort_status="E", cohort_status_on=date(2027, 6, 2))
    url = reverse("change_cohort_members")
    client = signed_in(council.proposer)

    assert "Overlook" in shown(client.get(reverse("cohort_changes")))
    assert "Select at least one young person" in shown(client.post(url, {"of": "new", "why": "Moved here"}))
    assert "Enter the reason" in shown(client.post(url, {"of": "new", "ticked": new.pk, "why": ""}))
    page = shown(client.post(url, {"of": "new", "ticked": new.pk, "why": "Moved here"}, follow=True))
    assert "1 young person added to the cohort." in page
    assert "Nobody to add" in page
    page = shown(client.get(reverse("cohort_changes"), {"of": "gone"}))
    assert "Quillfeather" in page
    assert "Moved out of England" in page
    client.post(url, {"of": "gone", "ticked": leaver.pk, "why": "Left England"})
    history = shown(client.get(reverse("person_history", args=[leaver.ref])))
    assert "Taken out of the September Guarantee" in history
    page = shown(client.get(reverse("cohort_changes"), {"of": "made"}))
    assert "Moved here" in page
    assert "Left England" in page
    assert "Mo Officer" in page
    assert "Select at least one young person" in shown(client.post(url, {"of": "nonsense", "why": "x"}))
    assert freeze.members.filter(removed_on=None).get().person == new
    reader = signed_in(council.officer)
    assert "Add the ticked" not in shown(reader.get(reverse("cohort_changes")))
    assert reader.post(url, {"of": "new"}).status_code == 404


def test_intended_destinations_lead_to_those_to_ask(council, signed_in):
    client = signed_in(council.officer)
    assert "Nobody is in Year 11" in shown(client.get(reverse("intended_destinations")))
    council.pupil(intended_destination="111", family_name="Overlook")
    council.pupil(intended_destination="611", family_name="Quillfeather")

    assert "Recorded for 1 of 2 young people (50.0%)" in shown(client.get(reverse("intended_destinations")))
    for asked in ({}, {"school": council.school.pk}):
        page = shown(client.get(reverse("destinations_missing"), asked))
        assert "Quillfeather" in page
        assert "Overlook" not in page
    assert "Everybody was asked" in shown(client.get(reverse("destinations_missing"), {"school": "0"}))
    assert "2025-26" in shown(client.get(reverse("intended_destinations"), {"year": "2025"}))


def test_another_council_s_cohort_is_not_there(council, signed_in):
    freeze = propose(authority=council.authority, year=YEAR, by=council.proposer)

    stranger = signed_in(make_user("mi_officer", make_authority()))
    for name in ("approve_cohort", "take_back_cohort"):
        assert stranger.get(reverse(name, args=[freeze.pk])).status_code == 404
    assert "No cohort is set" in shown(stranger.get(reverse("guarantee")))


def test_pages_take_as_many_statements_for_one_as_for_many(council, signed_in, django_assert_max_num_queries):
    for _ in range(30):
        council.pupil()
    freeze = council.set()
    council.at(date(2027, 6, 10))
    add(freeze=freeze, people=[council.pupil().pk for _ in range(5)], why="Moved here", by=council.proposer)
    for _ in range(20):
        council.pupil(code="120", school=None)
    client = signed_in(council.proposer)
    client.get(reverse("guarantee"))
    for name, asked in (
        ("guarantee", {"by": "service"}),
        ("guarantee_people", {"year": YEAR, "by": "district"}),
        ("guarantee_before", {"group": "at_home"}),
        ("set_cohort", {}),
        ("cohort_changes", {"of": "new"}),
        ("cohort_changes", {"of": "made"}),
        ("intended_destinations", {}),
        ("destinations_missing", {}),
    ):
        with django_assert_max_num_queries(25):
            assert client.get(reverse(name), asked).status_code == 200
