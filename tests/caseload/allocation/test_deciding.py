"""What a person decides: a conflict, another service, who works with whom."""

import pytest

from caseload.allocation.actions import (
    assign,
    decide,
)
from caseload.allocation.kinds import Kind
from neet.audit.models import AuditEvent
from tests.caseload.allocation.ready import YESTERDAY, lead_of, opened
from tests.factories import (
    make_authority,
    make_responsible,
    make_user,
)
from tracking.register.models import Responsibility
from tracking.register.refusals import NotPermitted, NotRight


def test_a_person_decides_a_conflict_for_a_reason(authority, officer, services, neet):
    person = neet("110", "170")
    case = opened(authority, officer).cases.get()

    with pytest.raises(NotRight, match="Enter why"):
        decide(case=case, service=services["virtual-school"], why=" ", by=officer)
    with pytest.raises(NotPermitted):
        decide(
            case=case,
            service=services["send"],
            why="Mine",
            by=make_user("tracking_officer", make_authority()),
        )
    decided = decide(case=case, service=services["virtual-school"], why="Order ends in May", by=officer)

    assert (decided.state, decided.service, decided.decided_by) == (
        "allocated", services["virtual-school"], officer,
    )  # fmt: skip
    assert lead_of(person).service == services["virtual-school"]
    event = AuditEvent.objects.get(kind=Kind.DECIDED)
    assert event.subjects == [person.pk]


def test_deciding_the_same_twice_is_once(authority, officer, services, neet):
    neet()
    case = opened(authority, officer).cases.get()

    decide(case=case, service=services["send"], why="They know her", by=officer)
    again = decide(case=case, service=services["send"], why="They know her", by=officer)

    assert again.service == services["send"]
    assert AuditEvent.objects.filter(kind=Kind.DECIDED).last().counts == {"repeated": 1}
    assert Responsibility.objects.count() == 2


def test_workers_are_assigned_to_many_of_one_service(authority, officer, caseworker, services, neet):
    ours, others = [neet(), neet()], neet("170")
    run = opened(authority, officer)
    cases = list(run.cases.filter(person__in=ours).values_list("pk", flat=True))

    assert assign(run=run, cases=cases, worker=caseworker, by=officer) == 2
    assert assign(run=run, cases=cases, worker=caseworker, by=officer) == 0
    assert [lead_of(person).user for person in ours] == [caseworker] * 2
    assert set(run.cases.filter(pk__in=cases).values_list("worker", flat=True)) == {caseworker.pk}
    with pytest.raises(NotRight, match="one service"):
        assign(run=run, cases=[*cases, run.cases.get(person=others).pk], worker=caseworker, by=officer)
    with pytest.raises(NotRight, match="works in that service"):
        assign(run=run, cases=[run.cases.get(person=others).pk], worker=caseworker, by=officer)
    with pytest.raises(NotRight, match="Tick"):
        assign(run=run, cases=[], worker=caseworker, by=officer)


def test_a_worker_who_changes_leaves_the_days_before_to_the_other(
    authority, officer, caseworker, services, neet
):
    person = neet()
    before = make_responsible(person, service=services["neet-support"], user=caseworker, kind="lead")
    other = make_user("caseworker", authority, service=services["neet-support"])
    case = opened(authority, officer).cases.get()

    assign(run=case.run, cases=[case.pk], worker=other, by=officer)

    before.refresh_from_db()
    assert (before.user, before.ends_on) == (caseworker, YESTERDAY)
    assert lead_of(person).user == other


def test_nobody_gives_away_cases_they_do_not_see(authority, officer, caseworker, services, neet):
    neet("170")
    run = opened(authority, officer)
    theirs = make_user("service_lead", authority, service=services["send"])

    with pytest.raises(NotPermitted):
        assign(run=run, cases=[run.cases.get().pk], worker=caseworker, by=theirs)
