"""Who gets a message and who gets none: each reason, the cap, who may make a list, and what a list costs."""

from datetime import date, timedelta

import pytest

from caseload.allocation.models import Case, MonthRun
from caseload.chase.models import Attempt
from caseload.messaging import actions
from caseload.messaging.models import BatchMessage, MessageBatch, MessageSettings, OptOut
from neet import clock
from neet.audit.models import AuditEvent
from neet.messages.actions import stop as stop_address
from tests.caseload.messaging.conftest import TODAY
from tests.factories import (
    COLLEGE,
    SEEKING,
    make_activity,
    make_collection,
    make_college,
    make_contact,
    make_district,
    make_expected,
    make_objection,
    make_person,
    make_residence,
    make_service,
    make_user,
)
from tracking.register.models import Activity, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight


def whys(batch):
    return dict(batch.messages.values_list("person", "why"))


def test_everybody_left_out_has_their_reason(council):
    reached, plain = council.person(), council.person()
    Attempt.objects.create(person=reached, channel="telephone", asked="young_person", outcome="learned",
                           reached=True, learned=True)  # fmt: skip
    restricted = council.person(restricted_on=TODAY, restricted_reason="Must not be found")
    wants_none, no_texts, no_emails = council.person(), council.person(), council.person()
    for person, channel in ((wants_none, ""), (no_texts, "text"), (no_emails, "email")):
        OptOut.objects.create(person=person, channel=channel, said_by="young_person")
    nothing, landline = council.person(contact=False), council.person("01632 960777")
    mothers = council.person(contact=False)
    make_contact(mothers, whose="parent")
    not_to_use = council.person(contact=False)
    make_contact(not_to_use, do_not_use=True)
    objects = council.person(contact=False)
    make_contact(objects, from_institution=True)
    make_objection(objects, made_by="young_person", made_on=TODAY - timedelta(days=30))
    ended = council.person(contact=False)
    make_contact(ended, ends_on=TODAY - timedelta(days=1))
    strangers = council.person("07700 900555")
    stop_address(address="+447700900555", by=None)
    twin = council.person("+44 7700 900 101")
    place = make_college()
    waits = council.person()
    Activity.objects.filter(person=waits).update(establishment=place)
    make_expected(place, make_collection(council.authority, due_on=TODAY + timedelta(days=3)))
    earlier = council.batch(wording="help_text")
    lately = council.person()
    BatchMessage.objects.create(batch=earlier, person=lately, state="handed_over", handed_over_at=clock.now())

    batch = council.batch()

    assert reached.pk not in whys(batch)
    assert restricted.pk not in whys(batch)  # nobody learns from a list that there is one
    assert whys(batch) == {
        plain.pk: "", no_emails.pk: "", wants_none.pk: "opted_out", no_texts.pk: "opted_out",
        nothing.pk: "no_number", landline.pk: "no_number", mothers.pk: "no_number", ended.pk: "no_number",
        not_to_use.pk: "not_to_use", objects.pk: "objected", strangers.pk: "stopped", waits.pk: "waits",
        lately.pk: "lately", twin.pk: "",
    }  # fmt: skip


def test_two_with_one_number_get_one_message(council):
    first, twin = council.person("07700 900123"), council.person("+44 7700 900 123")

    assert whys(council.batch()) == {first.pk: "", twin.pk: "same_number"}


def test_a_list_ends_at_its_number_and_takes_those_written_to_longest_ago(council):
    people = [council.person() for _ in range(3)]
    earlier = council.batch()
    BatchMessage.objects.filter(batch=earlier, person=people[0]).update(
        state="handed_over", handed_over_at=clock.now() - timedelta(days=40)
    )

    batch = council.batch(most=2)

    assert whys(batch) == {people[0].pk: "over_most", people[1].pk: "", people[2].pk: ""}
    event = AuditEvent.objects.filter(kind="messaging.list_made").latest("pk")
    assert set(event.subjects) == {people[1].pk, people[2].pk}
    assert event.counts == {"batch": batch.pk, "to_send": 2, "left_out_over_most": 1}


def test_audiences_are_lists_of_their_own(council):
    rung, soon, only = council.person(), make_person(council.authority), make_person(council.authority)
    for _ in range(2):
        Attempt.objects.create(person=rung, channel="telephone", asked="young_person", outcome="no_answer",
                               reached=False, learned=False)  # fmt: skip
    council.person()
    make_activity(
        soon,
        COLLEGE,
        date(2026, 9, 1),
        verified_on=date(2026, 9, 7),
        predicted_end_on=TODAY + timedelta(days=12),
    )
    make_activity(only, SEEKING, TODAY - timedelta(days=20), verified_on=TODAY - timedelta(days=2))
    run = MonthRun.objects.create(authority=council.authority, month=TODAY)
    Case.objects.create(
        run=run, person=only, state="allocated", offer="minimal", service=make_service(council.authority)
    )

    assert set(whys(council.batch(audience="rung_in_vain"))) == {rung.pk}
    assert set(whys(council.batch(audience="running_out"))) == {soon.pk}
    assert set(whys(council.batch(audience="messages_only", wording="help_text"))) == {only.pk}


def test_a_list_is_narrowed_to_a_district_and_a_year_group(council):
    district = make_district(council.authority)
    there, elsewhere = council.person(), council.person()
    make_residence(there, district=district)
    make_residence(elsewhere, district=make_district(council.authority))

    assert set(whys(council.batch(narrowed={"district": district.pk}))) == {there.pk}
    assert len(whys(council.batch(narrowed={"year_group": 13}))) == 2
    assert not whys(council.batch(narrowed={"year_group": 12}))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"audience": "everybody"}, "Select who"),
        ({"wording": "no_such"}, "Select a message"),
        ({"most": 0}, "from 1 to"),
        ({"most": 10_001}, "from 1 to"),
    ],
)
def test_what_does_not_fit_is_refused(council, wrong, words):
    with pytest.raises(NotRight, match=words):
        council.batch(**wrong)


def test_nobody_writes_to_those_they_do_not_see(council):
    person = council.person()
    service = make_service(council.authority)
    lead = make_user("service_lead", council.authority, service=service)
    stranger = make_user("tracking_officer", make_person(council.person().authority).authority)
    caseworker = make_user("caseworker", council.authority, service=service)

    assert not whys(council.batch(by=lead))
    assert person.pk in whys(council.batch(by=stranger))
    with pytest.raises(NotPermitted):
        council.batch(by=caseworker)
    with pytest.raises(NotPermitted):
        actions.release(batch=council.batch(), by=lead)


def test_a_list_costs_the_same_for_many(council, assert_statements):
    for _ in range(12):
        council.person()
    council.batch()

    with assert_statements(26):
        assert council.batch().messages.count() == 12


def test_each_week_begins_with_one_list_that_nobody_has_to_send(council):
    council.person()

    for _ in range(2):
        assert actions.make_automatic(day=TODAY) == 1
    assert actions.make_automatic(day=TODAY + timedelta(days=1)) == 0

    batch = MessageBatch.objects.get()
    assert (batch.state, batch.cause, batch.made_by, batch.most) == ("draft", "automatic", None, 200)


@pytest.mark.parametrize(("automatic", "states"), [("nothing", []), ("send", ["released"])])
def test_what_happens_by_itself_is_the_council_s_choice(council, automatic, states):
    council.person()
    council.person()
    said = MessageSettings(automatic=automatic, wording="what_now_text", most=1, quiet_days=10)
    actions.set_up(authority=council.authority, council=said, by=council.officer)

    actions.make_automatic(day=TODAY)

    assert [each.state for each in MessageBatch.objects.all()] == states
    assert BatchMessage.objects.filter(state="to_send").count() == len(states)


def test_nothing_is_sent_by_itself_where_a_second_person_looks_at_each_list(council):
    council.person()
    said = MessageSettings(automatic="send", wording="what_now_text", most=1, quiet_days=10)
    actions.set_up(authority=council.authority, council=said, by=council.officer)
    council.authority.needs_second_person = True
    council.authority.save()

    actions.make_automatic(day=TODAY)

    assert MessageBatch.objects.get().state == "draft"
    with pytest.raises(NotRight, match="second person"):
        actions.set_up(authority=council.authority, council=said, by=council.officer)


def test_without_anybody_to_write_to_no_list_is_made(council):
    assert actions.make_automatic(day=TODAY) == 0
    assert not YoungPerson.objects.exists()
