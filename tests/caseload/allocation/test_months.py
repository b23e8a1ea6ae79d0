"""Opening a month, allocating again, late ones, taking it back, closing it."""

from datetime import date, timedelta

import pytest

from caseload.allocation.actions import (
    add_late,
    allocate,
    assign,
    close_month,
    decide,
    move_stage,
    open_month,
    set_up,
    take_back_opening,
)
from caseload.allocation.kinds import Kind
from caseload.allocation.models import Case, MonthRun
from caseload.allocation.queries import neet_on, running_run, statuses
from caseload.allocation.statements import Council
from neet.audit.models import AuditEvent
from tests.caseload.allocation.conftest import NOVEMBER, TODAY, YEAR_13
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

YESTERDAY = TODAY - timedelta(days=1)


def opened(authority, by, month=NOVEMBER):
    return open_month(authority=authority, month=month, by=by)


def lead_of(person):
    return Responsibility.objects.get(person=person, kind="lead", ends_on=None)


def starts_college(person):
    person.activities.update(ends_on=YESTERDAY)
    make_activity(person, COLLEGE, TODAY, verified_on=TODAY)


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


def test_allocating_again_changes_nothing(authority, officer, services, neet):
    neet()
    neet("110", "170")
    run = opened(authority, officer)
    before = list(Case.objects.order_by("pk").values())

    counts = allocate(run=run, by=officer)

    assert (counts["new"], counts["changed"], counts["moved_on"]) == (0, 0, 0)
    assert list(Case.objects.order_by("pk").values()) == before
    assert Responsibility.objects.count() == 1


def test_allocating_again_follows_the_facts_but_not_over_a_persons_decision(
    authority, officer, services, neet
):
    changes, decided = neet(), neet("110", "170")
    run = opened(authority, officer)
    decide(case=run.cases.get(person=decided), service=services["send"], why="Agreed", by=officer)
    changes.characteristics.create(code="170", starts_on=TODAY)

    counts = allocate(run=run, by=officer)

    assert counts["changed"] == 1
    assert run.cases.get(person=changes).service == services["youth-justice"]
    assert lead_of(changes).service == services["youth-justice"]
    assert run.cases.get(person=decided).service == services["send"]


def test_late_ones_are_earlier_notifications_and_those_who_started_moved_on(
    authority, officer, services, neet
):
    gone = neet()
    run = opened(authority, officer)
    late = neet()
    starts_college(gone)

    counts = allocate(run=run, by=officer)

    assert (counts["new"], counts["moved_on"]) == (1, 1)
    assert run.cases.get(person=late).is_late
    moved = run.cases.get(person=gone)
    assert (moved.state, moved.ended_on, moved.is_late) == ("moved_on", TODAY, False)
    assert lead_of(gone)  # goes on until the next month opens


def test_who_is_not_known_any_more_stays_somebodys_case(authority, officer, services, neet):
    person = neet()
    run = opened(authority, officer)
    person.activities.update(ends_on=YESTERDAY)

    allocate(run=run, by=officer)

    assert run.cases.get(person=person).state == "allocated"


def test_the_next_month_closes_the_last_and_ends_the_lead_of_who_moved_on(
    authority, officer, services, neet, monkeypatch
):
    gone, stays = neet(), neet()
    before = opened(authority, officer, date(2026, 10, 1))
    starts_college(gone)

    run = opened(authority, officer)

    before.refresh_from_db()
    assert before.closed_at == run.opened_at
    assert before.cases.get(person=gone).state == "moved_on"
    assert Responsibility.objects.get(person=gone).ends_on == TODAY
    assert list(run.cases.values_list("person", flat=True)) == [stays.pk]
    assert Responsibility.objects.get(person=stays).ends_on is None


def test_one_young_person_is_added_late_once(authority, officer, services, neet):
    run = opened(authority, officer)
    person = neet()

    first, second = add_late(person=person, by=officer), add_late(person=person, by=officer)

    assert first == second == run.cases.get()
    assert first.is_late
    assert lead_of(person).service == services["neet-support"]


def test_adding_late_needs_an_open_month_and_somebody_who_is_neet(authority, officer, services, neet):
    person = neet()
    with pytest.raises(NotRight, match="No month is open"):
        add_late(person=person, by=officer)
    opened(authority, officer)
    student = make_person(authority)
    with pytest.raises(NotRight, match="not NEET"):
        add_late(person=student, by=officer)
    with pytest.raises(NotPermitted):
        add_late(person=person, by=make_user("tracking_officer", make_authority()))


def test_a_closed_month_stays_as_it_is(authority, officer, services, neet):
    neet("110", "170")
    run = close_month(run=opened(authority, officer), by=officer)

    with pytest.raises(NotRight, match="is closed"):
        allocate(run=run, by=officer)
    with pytest.raises(NotRight, match="is closed"):
        decide(case=run.cases.get(), service=services["send"], why="Agreed", by=officer)
    assert running_run(authority, TODAY) is None
    assert close_month(run=run, by=officer).closed_at == run.closed_at


def test_an_opening_is_taken_back_as_if_it_had_not_been(authority, officer, services, neet):
    gone, led = neet(), neet()
    before = opened(authority, officer, date(2026, 10, 1))
    theirs = make_responsible(neet(), service=services["send"], kind="lead")
    starts_college(gone)
    was = list(Responsibility.objects.order_by("person").values("person", "service", "ends_on"))

    run = opened(authority, officer)
    allocate(run=run, by=officer)
    take_back_opening(run=run, by=officer)

    assert list(Responsibility.objects.order_by("person").values("person", "service", "ends_on")) == was
    assert list(MonthRun.objects.all()) == [before]
    before.refresh_from_db()
    assert before.closed_at is None
    assert before.cases.get(person=gone).state == "allocated"
    assert before.cases.get(person=led).state == "allocated"
    theirs.refresh_from_db()
    assert theirs.ends_on is None


def test_an_opening_somebody_worked_with_stays(authority, officer, services, neet):
    neet()
    run = opened(authority, officer)
    decide(case=run.cases.get(), service=services["send"], why="They know her", by=officer)

    with pytest.raises(NotRight, match="worked with"):
        take_back_opening(run=run, by=officer)


def test_a_stage_moves_while_the_month_is_open(authority, officer, services):
    run = opened(authority, officer)
    stage = run.stages.last()

    moved = move_stage(stage=stage, starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 26), by=officer)

    assert (moved.starts_on, moved.ends_on) == (date(2026, 11, 25), date(2026, 11, 26))
    with pytest.raises(NotRight):
        move_stage(stage=stage, starts_on=TODAY, ends_on=YESTERDAY, by=officer)


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
