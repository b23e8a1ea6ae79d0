"""A year is set up, worked through, and set up again from the last."""

from datetime import date, timedelta

import pytest

from caseload.plan.actions import add_item, again, change, hand_on, plan_of_the_day, set_up_year, settle
from caseload.plan.actions.council import set_up_council
from caseload.plan.models import CouncilYear
from caseload.plan.queries.board import Wanted as WantedItems
from caseload.plan.queries.board import board, narrowed, years_with_a_plan
from caseload.plan.queries.items import tasks_of
from caseload.plan.statements import CouncilTold, ItemTold
from neet.audit.models import AuditEvent
from tests.caseload.plan.conftest import SEPTEMBER, TODAY
from tests.factories import make_authority, make_user
from tracking.register.models import Task
from tracking.register.queries.tasks import open_tasks, piles
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db
YEAR = 2026


def set_up(council, on=SEPTEMBER, year=YEAR, by=None):
    return set_up_year(authority=council.authority, year=year, on=on, by=by or council.lead)


def one(council, item, service=None, year=YEAR):
    return tasks_of(council.authority.pk, year).get(cause__contains=f":{item}:", service=service)


def test_a_year_is_set_up_once_with_a_task_for_each_service_that_is_named(council):
    made = set_up(council)

    assert made == tasks_of(council.authority.pk, YEAR).count() > 20
    assert set_up(council) == 0
    plans = tasks_of(council.authority.pk, YEAR).filter(cause__contains=":transition_plans:")
    assert {each.service for each in plans} == {council.support, council.send}
    assert one(council, "placements_named", council.send).due_on == date(2027, 3, 31)
    assert one(council, "enrolment_in").service is None
    assert AuditEvent.objects.filter(kind="plan.year_set_up").count() == 2
    with pytest.raises(NotPermitted):
        set_up(council, by=council.officer)


def test_a_year_that_runs_begins_today_and_one_without_the_named_service_is_the_councils(council):
    set_up(council, on=TODAY)

    assert not tasks_of(council.authority.pk, YEAR).filter(due_on__lt=TODAY).exists()
    assert one(council, "hubs_july").service is None


def test_next_year_comes_from_this_one_in_one_act(council):
    set_up(council)
    moved, left = one(council, "destinations_known"), one(council, "not_known_january")
    change(
        task=moved,
        words="Destinations as of 1 November, all of them",
        due_on=date(2026, 12, 4),
        by=council.data,
    )
    settle(task=left, words="We have no such target", by=council.data, needed=False)
    own = add_item(
        authority=council.authority, year=YEAR, by=council.data,
        told=ItemTold("Taster day at the college", date(2027, 2, 11), council.support),
    )  # fmt: skip

    set_up(council, on=date(2027, 7, 1), year=YEAR + 1)

    assert one(council, "destinations_known", year=2027).due_on == date(2027, 12, 3)
    assert one(council, "destinations_known", year=2027).words == "Destinations as of 1 November, all of them"
    assert not tasks_of(council.authority.pk, 2027).filter(cause__contains=":not_known_january:").exists()
    again_own = one(council, "own-1", council.support, year=2027)
    assert (again_own.words, again_own.due_on) == (own.words, date(2028, 2, 11))
    assert one(council, "scorecard", year=2027).due_on.year == 2028
    assert years_with_a_plan(council.authority, TODAY) == [2027, 2026]


def test_the_year_goes_on_by_itself_and_items_follow_their_post(council):
    council.post(holder=council.lead, deputy=council.worker)
    set_up(council)
    task = one(council, "transition_plans", council.support)
    assert task.owner == council.lead
    council.authority.posts.update(away_from=TODAY, away_until=TODAY + timedelta(days=3))

    assert plan_of_the_day(day=TODAY)["handed_on"] > 0
    task.refresh_from_db()
    assert task.owner == council.worker
    assert plan_of_the_day(day=TODAY) == {"set_up": 0, "handed_on": 0}
    hand_on(authority=council.authority, day=TODAY + timedelta(days=4))
    task.refresh_from_db()
    assert task.owner == council.lead
    assert plan_of_the_day(day=date(2027, 9, 1))["set_up"] > 20
    assert plan_of_the_day(day=date(2027, 9, 1))["set_up"] == 0


def test_only_who_answers_works_there_or_may_change_the_plan_settles_an_item(council):
    set_up(council)
    task = one(council, "transition_plans", council.support)

    for refused in (council.sender, council.officer, make_user("mi_officer", make_authority())):
        with pytest.raises(NotPermitted):
            settle(task=task, words="", by=refused)
    with pytest.raises(NotRight):
        settle(task=task, words=" ", by=council.worker, needed=False)
    done = settle(task=task, words="All 41", by=council.worker)
    assert (done.done_by, done.outcome) == (council.worker, "All 41")
    assert settle(task=task, words="Again", by=council.lead).outcome == "All 41"
    assert again(task=task, by=council.data).done_at is None
    with pytest.raises(NotRight):
        change(task=task, words="Later", due_on=date(2027, 9, 1), by=council.lead)
    with pytest.raises(NotPermitted):
        change(task=task, words="Later", due_on=date(2027, 4, 1), by=council.worker)
    with pytest.raises(NotRight):
        add_item(
            authority=council.authority, year=YEAR, by=council.lead, told=ItemTold("Late", date(2028, 1, 5))
        )


def test_the_board_counts_what_the_list_holds(council, django_assert_max_num_queries):
    set_up(council)
    settle(task=one(council, "enrolment_in"), words="", by=council.data)

    with django_assert_max_num_queries(10):
        found = board(council.authority, YEAR, TODAY)

    assert sum(cell.total for row in found.rows for cell in row.cells) == len(found.lines)
    assert sum(found.counts.values()) == len(found.lines)
    the_council = found.rows[0]
    assert (the_council.name, the_council.done) == ("The council as a whole", 1)
    assert the_council.cells[0].words == "Late"
    september = narrowed(found, WantedItems(service="council", month="2026-09"), council.lead)
    assert len(september) == the_council.cells[0].total
    assert {each.state for each in narrowed(found, WantedItems(state="done"), council.lead)} == {"done"}
    autumn = narrowed(found, WantedItems(term="1"), council.lead)
    assert {each.due_on.month for each in autumn} == {9, 10}
    mine = narrowed(found, WantedItems(mine=True), council.worker)
    assert {each.service for each in mine} == {"NEET support"}


def test_what_a_plan_asks_stands_on_the_list_of_tasks_of_those_it_concerns(council):
    set_up(council)
    near = one(council, "christmas_leavers", council.support)
    far = one(council, "transition_plans", council.support)

    assert near in open_tasks(council.worker, TODAY)
    assert far not in open_tasks(council.worker, TODAY)
    assert far in open_tasks(council.worker, date(2027, 3, 10))
    assert not open_tasks(council.sender, TODAY).filter(service=council.support).exists()
    nobodys = Task.objects.filter(owner=None, service=None, kind="plan", due_on__lte=TODAY)
    assert set(nobodys) <= set(open_tasks(council.data, TODAY))
    assert not open_tasks(council.officer, TODAY).exists()
    contractor = make_user("contractor", council.authority, service=council.support)
    stranger = make_user("mi_officer", make_authority())
    assert not open_tasks(contractor, TODAY).exists()
    assert not open_tasks(stranger, TODAY).exists()
    assert [each.kind for each in piles(council.worker, TODAY)] == ["plan"]


def test_the_simple_shape_is_five_answers(council):
    told = CouncilTold(shape="simple", terms=3, new_service="Participation team")

    with pytest.raises(NotPermitted):
        set_up_council(authority=council.authority, told=told, by=council.lead)
    counts = set_up_council(authority=council.authority, told=told, by=council.officer)

    assert counts == {"items": 0, "meetings": 1}
    settings = council.authority.case_settings
    assert (settings.shape, settings.default_service.name) == ("simple", "Participation team")
    assert CouncilYear.objects.get().terms == 3
    assert [each.words for each in council.authority.meeting_types.all()] == ["NEET meeting"]
    told = CouncilTold(shape="simple", terms=3, service=settings.default_service)
    counts = set_up_council(authority=council.authority, told=told, by=council.lead)
    assert counts["items"] > 10
    assert tasks_of(council.authority.pk, YEAR).filter(cause__contains=":directory:").count() == 3
    assert set_up_council(authority=council.authority, told=told, by=council.lead)["items"] == 0
