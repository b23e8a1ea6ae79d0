"""Each service says who of its Year 11 and 12 is still theirs; tracking looks into the rest, nothing ends by itself."""

from datetime import date

import pytest
from django.core import mail

from caseload.transitions.actions import answer_cohort, remind
from caseload.transitions.models import CohortAnswer
from caseload.transitions.queries.cohort import ANSWERED, TO_CONFIRM, lines_of, of_service, of_state, progress
from caseload.transitions.statements import CohortSaid
from neet.messages.actions import deliver
from neet.messages.models import Message
from tests.caseload.transitions.conftest import SPRING, YEAR_12, YEAR_13
from tests.factories import make_authority, make_service, make_user
from tracking.register.models import Responsibility, Task, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db

Answer = CohortAnswer.Answer


def say(council, *said, by=None, service=None):
    told = [CohortSaid(person.pk, answer, words) for person, answer, words in said]
    return answer_cohort(service=service or council.send, said=told, by=by or council.lead)


def names(council, state):
    people = of_state(of_service(council.send, council.lead, SPRING), state)
    return set(people.values_list("pk", flat=True))


def test_a_service_is_asked_about_its_own_year_11_and_12(council):
    year_11, year_12 = (
        council.pupil(born=born, service=council.send) for born in (date(2011, 5, 5), YEAR_12)
    )
    council.pupil(born=YEAR_13, service=council.send)
    council.pupil(service=council.support)
    restricted = council.pupil(service=council.send)
    YoungPerson.objects.filter(pk=restricted.pk).update(restricted_on=SPRING, restricted_reason="Refuge")
    former = council.pupil(service=council.send)
    former.responsibilities.update(ends_on=date(2027, 1, 1))

    assert names(council, TO_CONFIRM) == {year_11.pk, year_12.pk}


def test_one_act_answers_for_many_and_opens_tracking_s_work(council, django_assert_max_num_queries):
    ours, changed, gone, moved = (council.pupil(service=council.send) for _ in range(4))
    said = (
        (ours, Answer.OURS, ""),
        (changed, Answer.CHANGED, "Lives with an aunt"),
        (gone, Answer.NOT_OURS, "Plan ended"),
        (moved, Answer.MOVED, "Leeds, says the mother"),
    )

    with django_assert_max_num_queries(14):
        assert say(council, *said) == 4
    assert say(council, *said) == 0

    assert names(council, TO_CONFIRM) == set()
    assert len(names(council, ANSWERED)) == 4
    tasks = dict(Task.objects.values_list("person", "words"))
    assert tasks == {
        gone.pk: "SEND team: not ours any more. Plan ended",
        moved.pk: "SEND team: moved away. Leeds, says the mother",
    }
    assert Responsibility.objects.filter(service=council.send, ends_on=None).count() == 4
    assert YoungPerson.objects.visible_to(council.lead).count() == 4


def test_a_later_answer_counts_and_the_earlier_one_stays(council):
    person = council.pupil(service=council.send)
    say(council, (person, Answer.NOT_OURS, ""))
    council.at(date(2027, 3, 11))
    say(council, (person, Answer.OURS, ""))

    (line,) = lines_of(of_service(council.send, council.lead, SPRING), council.send, council.lead, SPRING)

    assert line.said.answer == Answer.OURS
    assert CohortAnswer.objects.count() == 2


def test_from_march_on_everybody_is_asked_anew(council):
    person = council.pupil(service=council.send)
    council.at(date(2027, 2, 20))
    say(council, (person, Answer.OURS, ""))
    assert not of_state(of_service(council.send, council.lead, date(2027, 2, 28)), TO_CONFIRM).exists()

    first = council.at(date(2027, 3, 1))

    assert of_state(of_service(council.send, council.lead, first), TO_CONFIRM).get() == person
    assert progress(council.authority.pk, first)[0].left == 1


def test_what_does_not_stand_by_itself_is_asked_again(council):
    first, second = council.pupil(service=council.send), council.pupil(service=council.send)

    with pytest.raises(NotRight) as refused:
        say(council, (first, Answer.CHANGED, " "), (second, "perhaps", ""))

    assert refused.value.words == {
        str(first.pk): "Enter what has changed",
        str(second.pk): "Select an answer",
    }
    assert not CohortAnswer.objects.exists()


def test_a_service_speaks_for_its_own_people_only(council):
    theirs = council.pupil(service=council.support)

    assert say(council, (theirs, Answer.MOVED, "")) == 0
    for service in (council.support, make_service(make_authority())):
        with pytest.raises(NotPermitted):
            say(council, (theirs, Answer.MOVED, ""), service=service)
    assert say(council, (theirs, Answer.MOVED, ""), service=council.support, by=council.officer) == 1


def test_how_far_each_service_has_come_adds_up(council):
    one, two = council.pupil(service=council.send), council.pupil(service=council.send)
    council.pupil(service=council.support)
    say(council, (one, Answer.OURS, ""), (two, Answer.MOVED, ""))

    found = {each.service: each for each in progress(council.authority.pk, SPRING)}

    assert (found[council.send].people, found[council.send].left, found[council.send].cells) == (
        2,
        0,
        (1, 0, 0, 1),
    )
    assert (found[council.support].people, found[council.support].left) == (1, 1)


def test_a_reminder_goes_to_the_service_once_a_day_and_names_nobody(council):
    council.pupil(service=council.send, given_name="Quillon")
    with pytest.raises(NotPermitted):
        remind(service=council.send, by=council.worker)

    assert remind(service=council.send, by=council.officer) == 1
    assert remind(service=council.send, by=council.officer) == 0
    assert remind(service=council.support, by=council.officer) == 0
    deliver()
    council.at(date(2027, 3, 11))
    assert remind(service=council.send, by=council.chief) == 1

    assert [each.to for each in mail.outbox] == [[council.lead.email]]
    assert "1 young people" in mail.outbox[0].body
    assert "31 May 2027" in mail.outbox[0].body
    assert "Quillon" not in mail.outbox[0].body
    assert Message.objects.count() == 2


def test_the_named_contact_is_reminded_before_the_leads(council):
    council.pupil(service=council.send)
    contact = make_user("caseworker", council.authority, service=council.send)
    council.send.list_contacts.create(authority=council.authority, user=contact)

    remind(service=council.send, by=council.officer)

    assert [each.recipient_id for each in Message.objects.all()] == [contact.pk]
