"""Lists of the month: who receives them, who said so, reminders once a day, and a list as a protected file."""

from datetime import date
from io import BytesIO

import msoffcrypto
import openpyxl
import pytest
from django.core import mail
from django.urls import reverse

from caseload.reviews.actions import acknowledge, end_contact, hand_out, name_contact, nudge, review
from caseload.reviews.models import ListContact, ServiceList
from caseload.reviews.panels import home_panel, month_panel
from caseload.reviews.queries import standing
from caseload.reviews.queries.lists import lists_of
from caseload.reviews.statements import Named, ReviewTold
from neet.audit.models import AuditEvent
from neet.messages.actions import deliver
from tests.caseload.reviews.conftest import TODAY
from tests.factories import make_authority, make_district, make_person, make_service, make_user, sign_in
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db


def test_contacts_work_for_the_service_and_the_council(month):
    stranger = make_user("caseworker", make_authority())
    wrong = [
        Named(month.support, month.sender),
        Named(month.support, month.worker, deputy=month.sender),
        Named(month.support, month.worker, deputy=month.worker),
        Named(make_service(make_authority()), stranger),
        Named(month.support, month.worker, make_district(make_authority())),
    ]
    for named in wrong:
        with pytest.raises(NotRight):
            name_contact(authority=month.authority, named=named, by=month.chief)
    with pytest.raises(NotPermitted):
        name_contact(authority=month.authority, named=Named(month.support, month.worker), by=month.worker)

    assert not ListContact.objects.exists()


def test_naming_somebody_again_changes_who_stands_in(month):
    first = name_contact(authority=month.authority, named=Named(month.support, month.lead), by=month.chief)
    again = Named(month.support, month.lead, deputy=month.worker)

    assert name_contact(authority=month.authority, named=again, by=month.chief) == first
    assert ListContact.objects.get().deputy == month.worker


def test_one_act_hands_every_contact_a_list_and_writes_without_names(month, assert_statements):
    people = [make_person(month.authority, family_name="Quillfeather") for _ in range(3)]
    for person in people:
        month.case(person=person)
    month.case(month.send)
    month.contact(deputy=month.worker)
    month.contact(month.send, month.sender)
    month.contact(user=month.worker, district=make_district(month.authority))

    with assert_statements(13):
        assert hand_out(run=month.run, by=month.chief) == 3
    assert hand_out(run=month.run, by=month.chief) == 0
    deliver()

    counted = {(each.contact.service, each.contact.user): each.people for each in ServiceList.objects.all()}
    assert counted == {
        (month.support, month.lead): 3, (month.send, month.sender): 1, (month.support, month.worker): 0,
    }  # fmt: skip
    assert {each.to[0] for each in mail.outbox} == {
        each.email for each in (month.lead, month.worker, month.sender)
    }
    assert all("Quillfeather" not in each.subject + each.body for each in mail.outbox)
    assert any("NEET support" in each.body and "November 2026" in each.body for each in mail.outbox)


def test_a_contact_of_a_district_has_those_who_live_there(month):
    month.case()
    month.contact(district=month.district)
    hand_out(run=month.run, by=month.chief)

    assert ServiceList.objects.get().people == 1


def test_the_contact_or_who_stands_in_says_they_have_it(month):
    month.contact(deputy=month.worker)
    hand_out(run=month.run, by=month.chief)
    listed = ServiceList.objects.get()

    with pytest.raises(NotPermitted):
        acknowledge(listed=listed, by=month.sender)
    assert list(lists_of(month.worker, month.run)) == [listed]
    acknowledge(listed=listed, by=month.worker)
    again = acknowledge(listed=listed, by=month.lead)

    assert again.acknowledged_by == month.worker


def test_who_ends_receives_nothing_more(month):
    contact = month.contact(starts_on=date(2026, 1, 1))
    end_contact(contact=contact, by=month.chief)
    contact.refresh_from_db()
    assert contact.ends_on == TODAY
    ListContact.objects.update(ends_on=date(2026, 11, 22))

    assert hand_out(run=month.run, by=month.chief) == 0


def test_a_service_is_reminded_once_a_day_and_only_while_something_is_left(month, monkeypatch):
    case = month.case()
    month.contact(deputy=month.worker)
    hand_out(run=month.run, by=month.chief)
    deliver()
    mail.outbox.clear()

    assert nudge(run=month.run, service=month.support, by=month.chief) == 1
    assert nudge(run=month.run, service=month.support, by=month.chief) == 0
    monkeypatch.setenv("DJANGO_NOW", "2026-11-24T09:00")
    assert nudge(run=month.run, service=month.support, by=month.chief) == 1
    deliver()
    assert len(mail.outbox) == 4
    assert "1 still to review" in mail.outbox[0].subject
    monkeypatch.setenv("DJANGO_NOW", "2026-11-25T09:00")
    review(case=case, told=ReviewTold("working"), by=month.worker)

    assert nudge(run=month.run, service=month.support, by=month.chief) == 0


def test_the_counters_are_the_same_on_the_first_page_and_on_the_month(month):
    month.case()
    month.case(month.send)
    month.contact()
    hand_out(run=month.run, by=month.chief)

    ours, all_of_them = home_panel(month.lead, TODAY), home_panel(month.chief, TODAY)

    assert (ours.left, ours.days_left, ours.title, len(ours.handed)) == (1, 6, "My service’s list", 1)
    assert (all_of_them.left, all_of_them.may_nudge) == (2, True)
    assert month_panel(month.run, month.chief, TODAY) == all_of_them
    by_service = {each.service: each.may_nudge for each in standing(month.run, TODAY)}
    assert by_service == {"NEET support": True, "SEND team": False}
    assert home_panel(make_user("mi_officer", month.authority), TODAY) is None


def test_the_lists_page_from_naming_to_reminding(month, signed_in):
    month.case()
    client, lead = signed_in(month.chief), signed_in(month.lead)
    client.post(reverse("add_list_contact"), {"service": month.support.pk, "user": month.lead.pk})
    client.post(reverse("hand_out_lists"))
    assert "Has not said so" in client.get(reverse("review_lists")).content.decode()
    assert "Your list has come" in lead.get(reverse("reviews")).content.decode()
    lead.post(reverse("acknowledge_list", args=[ServiceList.objects.get().pk]))
    assert "Has it" in client.get(reverse("review_lists")).content.decode()

    answer = client.post(reverse("remind_service", args=[month.support.pk]), follow=True)

    assert "NEET support is reminded." in answer.content.decode()
    assert "reminded today" in answer.content.decode()


def opened(content, password):
    office, plain = msoffcrypto.OfficeFile(BytesIO(content)), BytesIO()
    office.load_key(password=password)
    office.decrypt(plain)
    return openpyxl.load_workbook(plain)


def test_the_file_opens_with_its_password_only_and_holds_the_visible_list(month, signed_in):
    trap = make_person(month.authority, given_name="=1+1", family_name="Quillfeather")
    case = month.case(person=trap)
    hidden = month.case()
    YoungPerson.objects.filter(pk=hidden.person_id).update(restricted_on=TODAY, restricted_reason="Refuge")
    month.case(month.send)
    review(case=case, told=ReviewTold("working", words="@SUM(A1)", note="A private worry"), by=month.worker)
    client = signed_in(month.lead)

    page = client.post(reverse("review_file", args=[month.support.pk]), {"why": "For the panel"})
    password = client.session["reviews_file"]["password"]
    assert password in page.content.decode()
    content = b"".join(client.post(reverse("fetch_review_file", args=[month.support.pk])).streaming_content)

    assert b"Quillfeather" not in content
    assert not content.startswith(b"PK")
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        opened(content, "another password")
    book = opened(content, password)
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"]
    rows = list(book.worksheets[0].iter_rows())
    assert len(rows) == 2
    assert [cell.data_type for cell in rows[1] if cell.value in ("=1+1", "@SUM(A1)")] == ["s", "s"]
    assert "A private worry" not in str([[cell.value for cell in row] for row in rows])
    event = AuditEvent.objects.get(kind="reviews.list_taken_out_as_a_file")
    assert (event.subjects, event.why, event.user_id) == ([trap.pk], "For the panel", month.lead.pk)


def test_the_password_is_shown_once_and_the_file_comes_once(month, signed_in):
    month.case()
    client = signed_in(month.lead)
    client.post(reverse("review_file", args=[month.support.pk]), {"why": "For the panel"})
    client.post(reverse("fetch_review_file", args=[month.support.pk]))

    again = client.post(reverse("fetch_review_file", args=[month.support.pk]))

    assert again.status_code == 302
    assert "reviews_file" not in client.session


def test_a_file_asks_for_a_reason_the_right_and_one_s_own_service(month, signed_in):
    month.case(month.send)
    refused = signed_in(month.lead).post(reverse("review_file", args=[month.support.pk]), {"why": " "})

    assert refused.status_code == 200
    assert signed_in(month.lead).get(reverse("review_file", args=[month.send.pk])).status_code == 404
    assert signed_in(month.worker).get(reverse("review_file", args=[month.support.pk])).status_code == 404
    assert not AuditEvent.objects.filter(kind="reviews.list_taken_out_as_a_file").exists()


def test_a_file_needs_a_second_factor_given_just_now(month, client):
    sign_in(client, month.lead)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()

    answer = client.get(reverse("review_file", args=[month.support.pk]))

    assert answer.status_code == 302
    assert "review" not in answer.url.split("?")[0]
