"""From the record to the copy in somebody's hands, as the people who do it meet the pages."""

from typing import Any

import pytest
from django.test import Client

from neet import clock
from neet.jobs.actions import run
from neet.jobs.models import Job
from tests.factories import sign_in
from tests.tracking.rights.conftest import Council
from tracking.register.actions.access import open_in_emergency
from tracking.register.fields import policy
from tracking.retention.actions.lists import call_off
from tracking.retention.models import ErasureRun
from tracking.rights.actions.requests import prove_identity, record_request
from tracking.rights.models import Copy, LookedInto, RightsRequest
from tracking.rights.processing import processing
from tracking.rights.statements import Ask


def test_copy_from_the_record_to_the_hands_of_whoever_asked(
    council: Council, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    officer, governance = sign_in(Client(), council.officer), sign_in(Client(), council.governance)

    officer.post(f"/people/{council.person.ref}/rights/copy/")
    asked = f"/rights/{RightsRequest.objects.get().pk}/"
    assert "Make sure who asks" in governance.get("/rights/").content.decode()
    governance.post(f"{asked}identity/", {"how": "Known to their worker"})
    governance.post(f"{asked}gather/")
    run(job_id=Job.objects.latest("pk").pk)
    assert "Talked about plumbing." in governance.get(f"{asked}copy/").content.decode()
    task = Copy.objects.get().entries.get(about="tracking.Task")
    governance.post(f"{asked}copy/{task.number}/", {"treatment": "others", "replaced": ""})
    governance.post(f"{asked}copy/read/")
    governance.post(f"{asked}copy/agree/")
    run(job_id=Job.objects.latest("pk").pk)
    taken = governance.get(f"{asked}copy/file/pdf/")
    governance.post(f"{asked}copy/given/", {"how": "At the office"})

    assert b"".join(taken.streaming_content).startswith(b"%PDF")
    assert RightsRequest.objects.get().state == "partly"
    assert "Given" in governance.get(f"{asked}copy/").content.decode()


def test_erasure_that_is_asked_for_leads_to_the_list_and_says_where_it_stands(
    council: Council, client: Client
) -> None:
    ask = Ask("erasure", "young_person", clock.today(), "Please erase it")
    asked = record_request(person=council.person, ask=ask, by=council.officer)
    prove_identity(request=asked, how="Known to their worker", by=council.governance)
    desk, erase = sign_in(client, council.governance), f"/people/{council.person.ref}/erase/"
    page = f"/rights/{asked.pk}/"
    assert "Open the record to erase it" in desk.get(page).content.decode()
    desk.post(f"/people/{council.person.ref}/", {"why": "They ask to be erased"})
    assert erase in desk.get(page).content.decode()

    desk.post(erase, {"cause": "right", "why": "Asked under article 17"})
    run_of_list = ErasureRun.objects.get()
    proposed = desk.get(page).content.decode()
    call_off(run=run_of_list, by=council.governance)
    called_off = desk.get(page).content.decode()

    assert "waits for release" in proposed
    assert f"/retention/lists/{run_of_list.pk}/" in proposed
    assert erase not in proposed
    assert "waits for release" not in called_off
    assert erase in called_off


def test_pages_ask_the_database_as_often_for_many(
    council: Council, asked: RightsRequest, client: Client, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, council.governance)
    for url in ("/rights/", f"/rights/{asked.pk}/", "/rights/opened/", "/privacy/what-we-hold/"):
        with django_assert_max_num_queries(25):
            assert client.get(url).status_code == 200


def test_emergency_is_looked_into_by_somebody_else(council: Council, client: Client) -> None:
    grant = open_in_emergency(person=council.person, why="A hospital rang", by=council.officer)
    sign_in(client, council.governance)
    assert "A hospital rang" in client.get("/rights/opened/").content.decode()

    client.post(f"/rights/opened/{grant.pk}/", {"found": "right", "words": "The hospital confirmed it"})

    assert LookedInto.objects.get().looked_by == council.governance
    assert council.person.tasks.get(kind="emergency_access").done_at


@pytest.mark.django_db
def test_young_people_read_what_is_held_and_auditors_the_record_of_processing(
    council: Council, client: Client
) -> None:
    assert {field.kind for field in policy().values()} <= set(processing())
    page = client.get("/privacy/what-we-hold/").content.decode()
    file = b"".join(sign_in(client, council.governance).get("/rights/processing/").streaming_content).decode()

    assert "How to reach you" in page
    assert "Say no to your school or college" in page
    assert "youngperson.upn" in file
    assert len(file.splitlines()) == len(policy()) + 1
