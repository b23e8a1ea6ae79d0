"""The pages of messages to many: what is seen before anything goes, whose names are shown, what a page costs."""

import pytest
from django.urls import reverse

from caseload.messaging.models import MessageBatch, OptOut
from caseload.messaging.panels import home_panel
from neet.audit.models import AuditEvent
from tests.caseload.messaging.conftest import TODAY
from tests.factories import make_service, make_user

pytestmark = pytest.mark.django_db


def words(response):
    return " ".join(response.content.decode().split())


def test_a_list_is_made_looked_at_and_sent_without_scripts(council, signed_in):
    person = council.person(given_name="Juno", family_name="Quillfeather")
    council.person(contact=False)
    client = signed_in(council.officer)

    nothing = client.post(reverse("new_messages"), {"most": "10"})
    assert "Select who gets the message" in words(nothing)
    made = client.post(
        reverse("new_messages"),
        {"audience": "not_known", "wording": "what_now_text", "most": "10"},
        follow=True,
    )

    page = words(made)
    assert "1 young person gets this message, 1 does not" in page
    assert "Amble Council: Hi Ada, what" in page
    assert "Nobody reads these messages" in page  # nothing but files here
    assert "No number or address of their own" in page
    assert "Quillfeather" in page
    batch = MessageBatch.objects.get()
    left = words(client.get(f"{reverse('message_batch', args=[batch.ref])}?show=no_number"))
    assert "Quillfeather" not in left
    assert [person.pk] in list(
        AuditEvent.objects.filter(kind="messaging.list_read").values_list("subjects", flat=True)
    )
    assert home_panel(council.officer, TODAY).waiting == (batch,)
    sent = words(client.post(reverse("release_messages", args=[batch.ref]), follow=True))
    assert "They are being sent now" in sent
    assert "Stop sending" in sent
    stopped = words(client.post(reverse("stop_messages", args=[batch.ref]), follow=True))
    assert "Stopped. 1 message did not go." in stopped
    again = words(client.post(reverse("release_messages", args=[batch.ref]), follow=True))
    assert "was sent or thrown away meanwhile" in again
    assert home_panel(council.officer, TODAY) is None


def test_names_are_shown_to_those_who_see_the_record(council, signed_in):
    council.person(given_name="Juno", family_name="Quillfeather")
    batch = council.batch()
    lead = make_user("service_lead", council.authority, service=make_service(council.authority))

    page = words(signed_in(lead).get(reverse("message_batch", args=[batch.ref])))

    assert "1 young person gets this message" in page
    assert "Quillfeather" not in page


def test_how_a_council_writes_is_set_on_one_page(council, signed_in):
    client = signed_in(council.officer)
    said = {"automatic": "nothing", "wording": "help_text", "most": "50", "quiet_days": "21"}

    client.post(reverse("messages_of_council"), said)

    now = council.authority.message_settings
    assert (now.automatic, now.wording, now.most, now.quiet_days) == ("nothing", "help_text", 50, 21)


def test_a_record_says_whether_somebody_wants_messages(council, signed_in):
    person = council.person()
    council.sent()
    client = signed_in(council.officer)
    assert "They want no messages" in words(client.get(reverse("person", args=[person.ref])))

    client.post(reverse("no_messages", args=[person.ref]), {"channel": "", "said_by": "young_person"})

    page = words(client.get(reverse("person", args=[person.ref])))
    assert "Wants no messages" in page
    client.post(reverse("messages_again", args=[person.ref]))
    assert not OptOut.objects.filter(ended_at=None).exists()


def test_pages_cost_the_same_for_many(council, signed_in, assert_statements):
    for _ in range(15):
        council.person()
    batch = council.sent()
    client = signed_in(council.officer)
    url = reverse("message_batch", args=[batch.ref])
    client.get(url)

    with assert_statements(20):
        assert client.get(url).content.count(b'<th scope="row"><a href="/people/') == 15
    with assert_statements(12):
        client.get(reverse("messages"))
