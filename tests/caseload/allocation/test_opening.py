"""Opening a month: who is a case, which service answers, who leads from then on, the council's own shape."""

from datetime import date

import pytest

from caseload.allocation.actions import (
    set_up,
)
from caseload.allocation.kinds import Kind
from caseload.allocation.models import Case
from caseload.allocation.queries import neet_on, statuses
from caseload.allocation.statements import Council
from neet.audit.models import AuditEvent
from tests.caseload.allocation.conftest import TODAY, YEAR_13
from tests.caseload.allocation.ready import YESTERDAY, lead_of, opened
from tests.factories import (
    COLLEGE,
    make_activity,
    make_authority,
    make_person,
    make_responsible,
    make_user,
)
from tracking.register.models import Responsibility
from tracking.register.refusals import NotPermitted, NotRight


@pytest.mark.parametrize(
    ("codes", "fields", "slug"),
    [
        ([], {}, "neet-support"),
        (["110"], {"corporate_parent_la": "802"}, "neet-support"),
        (["110", "170"], {"corporate_parent_la": "802"}, "neet-support"),
        (["110"], {}, "virtual-school"),
        (["160"], {}, "virtual-school"),
        (["UASC"], {}, "virtual-school"),
        (["170"], {}, "youth-justice"),
        (["180"], {}, "open-access"),
        (["120"], {}, "open-access"),
    ],
)
def test_each_goes_to_the_service_the_rules_name(authority, officer, services, neet, codes, fields, slug):
    person = neet(*codes, **fields)

    run = opened(authority, officer)

    case = Case.objects.get(run=run, person=person)
    assert (case.state, case.service, case.neet_since) == ("allocated", services[slug], date(2026, 10, 1))
    assert lead_of(person).service == services[slug]
    assert lead_of(person).starts_on == TODAY
    assert case.rule


def test_only_those_who_are_neet_and_counted_are_cases(authority, officer, services, neet):
    here = neet()
    neet(born=date(2011, 3, 3))  # Year 11
    neet(cohort_status="T")
    neet(born=date(2007, 3, 3))  # Year 15, without a plan
    with_plan = neet("EHCP", born=date(2007, 3, 3))
    student = make_person(authority)
    make_activity(student, COLLEGE, verified_on=TODAY)
    elsewhere = make_authority()
    make_activity(make_person(elsewhere), "619", verified_on=TODAY)

    run = opened(authority, officer)

    assert set(run.cases.values_list("person", flat=True)) == {here.pk, with_plan.pk}


def test_today_and_any_other_day_count_alike(authority, officer, services, neet):
    for _ in range(3):
        neet()
    past = {
        person: each.neet_since for person, each in statuses(authority, YESTERDAY).items() if each.is_neet
    }

    assert neet_on(authority, TODAY) == past == neet_on(authority, YESTERDAY)


def test_two_rules_that_insist_and_none_that_fits_go_to_a_person(authority, officer, services, neet):
    both, not_asked = neet("110", "170"), neet("EHCP")

    run = opened(authority, officer)

    conflict, without = (Case.objects.get(run=run, person=person) for person in (both, not_asked))
    assert (conflict.state, conflict.service, conflict.also) == ("conflict", None, "court_order mainstream")
    assert (without.state, without.service, without.rule) == ("no_rule", None, "")
    assert not Responsibility.objects.exists()


def test_whoever_led_before_leads_until_the_day_before(authority, officer, services, neet):
    person = neet()
    before = make_responsible(person, service=services["send"], kind="lead")

    opened(authority, officer)

    before.refresh_from_db()
    assert before.ends_on == YESTERDAY
    assert lead_of(person).service == services["neet-support"]


def test_the_service_that_leads_already_goes_on_with_its_worker(
    authority, officer, caseworker, services, neet
):
    person = neet()
    before = make_responsible(person, service=services["neet-support"], user=caseworker, kind="lead")

    run = opened(authority, officer)

    assert lead_of(person) == before
    assert Case.objects.get(run=run, person=person).worker == caseworker


def test_a_lead_that_begins_today_is_not_ended_before_it_began(authority, officer, services, neet):
    person = neet()
    before = make_responsible(person, service=services["send"], kind="lead", starts_on=TODAY)

    opened(authority, officer)

    before.refresh_from_db()
    assert before.ends_on == TODAY


def test_messages_only_begins_nobodys_lead_and_leaves_what_the_month_did_not_begin(
    authority, officer, services, neet
):
    alone, led = neet(born=YEAR_13), neet(born=YEAR_13)
    theirs = make_responsible(led, service=services["virtual-school"], kind="lead")

    run = opened(authority, officer)

    assert set(run.cases.values_list("offer", flat=True)) == {"minimal"}
    assert not Responsibility.objects.filter(person=alone).exists()
    theirs.refresh_from_db()
    assert theirs.ends_on is None


def test_opening_twice_opens_once(authority, officer, services, neet):
    neet()
    first, second = opened(authority, officer), opened(authority, officer)

    assert first == second
    assert Case.objects.count() == Responsibility.objects.count() == 1
    events = AuditEvent.objects.filter(kind=Kind.MONTH_OPENED).order_by("pk")
    assert [event.counts.get("repeated", 0) for event in events] == [0, 1]
    assert events[0].counts["people"] == events[0].counts["new"] == 1


def test_a_month_opens_only_for_those_who_may_and_when_it_has_begun(authority, officer, services):
    with pytest.raises(NotPermitted):
        opened(authority, make_user("caseworker", authority, service=services["send"]))
    with pytest.raises(NotPermitted):
        opened(make_authority(), officer)
    with pytest.raises(NotRight, match="has not begun"):
        opened(authority, officer, date(2026, 12, 1))
    opened(authority, officer)
    with pytest.raises(NotRight, match="later month"):
        opened(authority, officer, date(2026, 10, 1))


def test_opening_has_the_stages_of_the_councils_plan(authority, officer, services):
    run = opened(authority, officer)

    found = [(each.words, each.starts_on.day, each.ends_on.day) for each in run.stages.all()]
    assert found == [
        ("Tracking and screening", 1, 30),
        ("Allocate and hand the lists out", 2, 6),
        ("Review and update", 9, 20),
        ("Meeting about those with EHC plans", 24, 30),
    ]
    assert run.stages.first().starts_on == date(2026, 10, 1)


def test_the_simple_shape_is_one_service(authority, officer, services, neet):
    neet("110", "170")
    simple = Council("simple", services["neet-support"], 14, 5)
    set_up(authority=authority, council=simple, by=officer)

    run = opened(authority, officer)

    assert list(run.cases.values_list("state", "service")) == [("allocated", services["neet-support"].pk)]
    assert [each.words for each in run.stages.all()][-1] == "Meeting"


def test_without_a_rule_the_councils_own_service_answers(authority, officer, services, neet):
    neet("EHCP")
    own = Council("several", services["send"], 14, 5)
    set_up(authority=authority, council=own, by=officer)

    assert opened(authority, officer).cases.get().service == services["send"]


def test_settings_are_refused_where_they_cannot_work(authority, officer, services):
    theirs = Council("simple", None, 14, 5)
    with pytest.raises(NotRight, match="works with everybody"):
        set_up(authority=authority, council=theirs, by=officer)
    with pytest.raises(NotPermitted):
        set_up(authority=make_authority(), council=theirs, by=officer)
