"""What two records are once they are one: whose they are, who may open them, where the other one leads."""

from datetime import date

import pytest
from django.urls import reverse

from neet.audit.models import AuditEvent
from tests.factories import (
    make_activity,
    make_authority,
    make_contact,
    make_note,
    make_objection,
    make_person,
    make_responsible,
    make_service,
    make_task,
    make_user,
)
from tracking.matching.candidates import names_of
from tracking.merging.actions.together import put_together, take_apart
from tracking.merging.kinds import Kind
from tracking.merging.refusals import CannotBe
from tracking.register.columns import objection_in_force
from tracking.register.models import AccessGrant, YoungPerson
from tracking.register.refusals import NotPermitted
from tracking.rules.matching.people import Vocabulary

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 2)


def test_all_that_was_the_others_is_the_kept_one_s(kept, gone, officer) -> None:
    make_note(gone), make_contact(gone), make_activity(gone, verified_on=OCTOBER)
    first, second = make_service(kept.authority), make_service(kept.authority)
    make_responsible(kept, service=first), make_responsible(gone, service=second)
    make_task(kept, kind="call", cause="x"), make_task(gone, kind="call", cause="x")

    merge = put_together(kept=kept, gone=gone, takes={"given_name"}, by=officer)

    kept.refresh_from_db(), gone.refresh_from_db()
    assert (kept.given_name, kept.upn, kept.previous_id) == ("Orlah", "A886000000001", gone.young_person_id)
    assert kept.former_names.get().given_name == "Orla"
    assert (gone.cohort_status, gone.merged_into) == ("M", kept)
    assert (kept.notes.count(), kept.contact_points.count(), kept.residences.count()) == (1, 1, 1)
    assert kept.situation.verified_on == OCTOBER
    assert {(each.service, each.kind) for each in kept.responsibilities.all()} == {
        (first, "lead"),
        (second, "support"),
    }
    assert kept.tasks.filter(done_at=None).count() == 1
    event = AuditEvent.objects.get(kind=Kind.PUT_TOGETHER)
    assert (sorted(event.subjects), event.pk) == (sorted([kept.pk, gone.pk]), merge.event_id)


def test_what_was_said_of_one_activity_on_both_records_is_said_of_the_one_that_stands(
    kept, gone, officer
) -> None:
    mine = make_activity(kept, verified_on=SEPTEMBER)
    make_activity(gone, verified_on=NOVEMBER)

    merge = put_together(kept=kept, gone=gone, takes=set(), by=officer)
    assert [each.pk for each in kept.activities.all()] == [mine.pk]
    assert kept.situation.verified_on == NOVEMBER

    take_apart(merge=merge, by=officer)
    kept.situation.refresh_from_db()
    assert kept.situation.verified_on == SEPTEMBER


def test_the_record_that_went_is_nowhere_and_its_address_leads_to_the_kept_one(
    kept, gone, officer, desk
) -> None:
    put_together(kept=kept, gone=gone, takes=set(), by=officer)

    answer = desk.get(reverse("person", args=[gone.ref]))

    assert answer.headers["Location"] == reverse("person", args=[kept.ref])
    assert list(YoungPerson.objects.visible_to(officer)) == [kept]
    assert set(names_of(kept.authority_id, Vocabulary()).person) == {kept.pk}
    history = desk.get(reverse("person_history", args=[kept.ref])).content.decode()
    assert "Put together with another record" in history
    assert "Take apart" in desk.get(reverse("person", args=[kept.ref])).content.decode()


def test_an_objection_on_either_holds_for_both(kept, gone, officer) -> None:
    make_objection(gone, made_by="young_person", made_on=SEPTEMBER)

    put_together(kept=kept, gone=gone, takes=set(), by=officer)

    assert YoungPerson.objects.filter(objection_in_force(date(2026, 11, 20)), pk=kept.pk).exists()


@pytest.mark.parametrize("restricted", ["kept", "gone"])
def test_a_restriction_on_either_holds_and_nobody_may_open_more_than_before(
    kept, gone, officer, restricted
) -> None:
    record = {"kept": kept, "gone": gone}[restricted]
    record.restricted_on, record.restricted_reason = SEPTEMBER, "At risk"
    record.save()
    other = make_user("tracking_officer", kept.authority)
    for user, person in ((officer, record), (other, {"kept": gone, "gone": kept}[restricted])):
        AccessGrant.objects.create(person=person, user=user, kind="named", reason="x")

    merge = put_together(kept=kept, gone=gone, takes=set(), by=officer)

    kept.refresh_from_db()
    assert kept.restricted_on == SEPTEMBER
    assert list(YoungPerson.objects.visible_to(officer)) == [kept]
    assert not YoungPerson.objects.visible_to(other).exists()

    take_apart(merge=merge, by=officer)
    assert YoungPerson.objects.visible_to(other).count() == 1


def test_only_who_sees_both_and_may_puts_together(kept, gone, officer) -> None:
    stranger = make_user("tracking_officer", make_authority())
    hub = make_user("hub_worker", kept.authority)
    elsewhere = make_person(make_authority())

    for by in (stranger, hub):
        with pytest.raises(NotPermitted):
            put_together(kept=kept, gone=gone, takes=set(), by=by)
    with pytest.raises(NotPermitted):
        put_together(kept=kept, gone=elsewhere, takes=set(), by=officer)
    gone.restricted_on, gone.restricted_reason = SEPTEMBER, "At risk"
    gone.save()
    with pytest.raises(NotPermitted):
        put_together(kept=kept, gone=gone, takes=set(), by=officer)


def test_what_is_part_of_another_is_put_together_no_more_and_the_last_is_taken_apart_first(
    kept, gone, officer
) -> None:
    third = make_person(kept.authority)
    first = put_together(kept=kept, gone=gone, takes=set(), by=officer)
    with pytest.raises(CannotBe):
        put_together(kept=third, gone=gone, takes=set(), by=officer)
    second = put_together(kept=third, gone=kept, takes=set(), by=officer)

    with pytest.raises(CannotBe):
        take_apart(merge=first, by=officer)
    take_apart(merge=second, by=officer)
    take_apart(merge=first, by=officer)
    with pytest.raises(CannotBe):
        take_apart(merge=first, by=officer)

    assert YoungPerson.objects.visible_to(officer).count() == 3
