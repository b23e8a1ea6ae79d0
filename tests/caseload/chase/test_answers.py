"""Answers to confirm: forty at a time where they say what is recorded, one by one else, or set aside for a reason."""

from datetime import date

import pytest
from django.urls import reverse

from caseload.chase.actions.confirming import set_aside, take, take_as_recorded
from caseload.chase.queries.answers import AS_RECORDED, NEW, NOTHING_SAID, Wanted, answers_for, wanted_answers
from neet.audit.models import AuditEvent
from tests.caseload.chase.conftest import TODAY
from tests.factories import make_user
from tracking.models import Activity, Claim, Confirmation, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.rules.activities import Told

SAID_ON = date(2026, 11, 12)


def say(person, code="230", place="", said_on=SAID_ON, **fields):
    said = {"said_by": "young_person", "channel": "survey", **fields}
    return Claim.objects.create(person=person, code=code, place=place, said_on=said_on, **said)


def taken(town, *claims, by=None):
    keys = [each.pk for each in claims]
    return take_as_recorded(answers=keys, authority_id=town.authority.pk, by=by or town.officer)


def test_an_answer_is_as_recorded_where_day_activity_and_place_agree(town):
    same = say(town.at_college())
    named = say(town.at_college(), place="ambleford college")
    say(town.at_college(), place="Elsewhere College")
    say(town.at_college(), said_on=date(2026, 8, 20))
    say(town.lost())
    unsaid = say(town.lost(), code="")

    def found(alike):
        return set(wanted_answers(town.officer, Wanted(alike=alike), TODAY))

    assert found(AS_RECORDED) == {same, named}
    assert found(NOTHING_SAID) == {unsaid}
    assert len(found(NEW)) == 3


def test_those_that_say_what_is_recorded_confirm_it_together(town, django_assert_max_num_queries):
    alike = [say(town.at_college(), said_on=date(2026, 11, 10 + number % 2)) for number in range(40)]
    hub = say(town.at_college(), channel="hub", said_by="Hal Hub")
    other = say(town.lost())

    with django_assert_max_num_queries(60):
        assert taken(town, *alike, hub, other) == 41

    confirmed = Confirmation.objects.filter(verified_on__gte=date(2026, 11, 1))
    assert {(each.source, each.by) for each in confirmed} == {
        ("survey", town.officer),
        ("service", town.officer),
    }
    assert confirmed.count() == 41
    assert list(answers_for(town.officer)) == [other]
    event = AuditEvent.objects.get(kind="chase.answers_taken")
    assert (len(event.subjects), event.counts["answers"]) == (41, 41)
    assert taken(town, *alike) == 0


def test_what_is_new_is_recorded_as_the_desk_completed_it(town):
    answer = say(town.lost(), place="Ambleford College")
    told = Told("230", date(2026, 9, 7), SAID_ON, "survey", predicted_end_on=date(2027, 7, 1),
                establishment_id=town.college.pk)  # fmt: skip

    made = take(answer=answer, told=told, by=town.officer)

    assert (made.code, made.establishment, made.confirmations.get().verified_on) == (
        "230",
        town.college,
        SAID_ON,
    )
    answer.refresh_from_db()
    assert (answer.state, answer.decided_by) == ("taken", town.officer)
    with pytest.raises(NotRight, match="meanwhile"):
        take(answer=answer, told=told, by=town.officer)


def test_a_reason_is_given_for_what_is_set_aside(town):
    answers = [say(town.lost()), say(town.lost())]
    keys = [each.pk for each in answers]

    with pytest.raises(NotRight, match="why you set it aside"):
        set_aside(answers=keys, authority_id=town.authority.pk, why=" ", by=town.officer)
    assert set_aside(answers=keys, authority_id=town.authority.pk, why="A joke", by=town.officer) == 2

    assert set(Claim.objects.values_list("state", flat=True)) == {"set_aside"}
    assert AuditEvent.objects.get(kind="chase.answers_set_aside").why == "A joke"
    assert Activity.objects.exclude(code="810").count() == 0


def test_only_who_works_with_them_decides(town):
    answer = say(town.at_college())
    stranger = make_user("caseworker", town.authority, service=town.hub)
    told = Told("230", date(2026, 9, 7), SAID_ON, "survey")

    assert taken(town, answer, by=stranger) == 0
    with pytest.raises(NotPermitted):
        take(answer=answer, told=told, by=stranger)
    assert set_aside(answers=[answer.pk], authority_id=town.authority.pk, why="No", by=stranger) == 0
    YoungPerson.objects.update(restricted_on=TODAY, restricted_reason="Refuge")
    assert not answers_for(town.officer).exists()


def test_the_pages_work_without_scripts_and_the_next_one_comes_up(town, signed_in):
    same = say(town.at_college(given_name="Ada", family_name="Ambler"), said_on=date(2026, 11, 1))
    new = say(town.lost(given_name="Bram", family_name="Brook"), place="Ambleford College")
    last = say(town.lost(given_name="Cleo", family_name="Cotterell"), code="", place="At the skate park")
    client = signed_in(town.officer)

    page = client.get(reverse("answers_to_confirm")).content.decode()
    for words in ("Ambler, Ada", "The same", "At the skate park", "1 answer says what is recorded already"):
        assert words in page
    first = client.post(reverse("answer_to_confirm", args=[same.pk]), {"act": "same"}, follow=True)
    assert "Ada Ambler: confirmed." in first.content.decode()
    assert "Bram Brook" in first.content.decode()
    asked = client.post(reverse("answer_to_confirm", args=[new.pk]), {"act": "record", "code": "230"})
    assert "There is a problem" in asked.content.decode()
    days = {"starts_on": (7, 9, 2026), "told_on": (12, 11, 2026), "predicted_end_on": (1, 7, 2027)}
    given = {f"{name}_{part}": value for name, day in days.items()
             for part, value in zip(("day", "month", "year"), day, strict=True)}  # fmt: skip
    given |= {"act": "record", "code": "230", "place": "Ambleford College", "source": "survey"}
    second = client.post(reverse("answer_to_confirm", args=[new.pk]), given, follow=True)
    assert "Bram Brook: recorded." in second.content.decode()
    assert "Cleo Cotterell" in second.content.decode()
    aside = client.post(
        reverse("answers_together"),
        {"act": "set_aside", "ticked": [last.pk], "why": "Will be rung"},
        follow=True,
    )
    assert "No answer waits" in aside.content.decode()
    assert Activity.objects.filter(code="230", establishment=town.college).count() == 2


def test_the_list_costs_the_same_for_many(town, signed_in, assert_statements):
    for _ in range(12):
        say(town.at_college())
    client = signed_in(town.officer)
    client.get(reverse("answers_to_confirm"))

    with assert_statements(14):
        assert client.get(reverse("answers_to_confirm")).content.count(b"The same") == 12
