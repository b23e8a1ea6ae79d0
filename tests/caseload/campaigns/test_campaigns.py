"""A campaign's list follows the register, is shared out, worked through and closed (R81, R137)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from caseload.campaigns.actions import (
    close_campaign,
    lists_of_the_day,
    open_campaign,
    refresh,
    settle,
    share_out,
    unsettle,
)
from caseload.campaigns.models import Campaign, CampaignPerson
from caseload.campaigns.queries.effect import days, effect
from caseload.campaigns.queries.lists import LISTS, Asked, belonging
from caseload.campaigns.queries.people import Wanted, asked_after, owners, wanted_people
from caseload.campaigns.rules import OUTCOMES, WHY
from caseload.campaigns.statements import CampaignTold
from caseload.chase.queries.order import Day, candidates
from caseload.chase.rules.ranking import valued
from caseload.chase.rules.reasons import reasons
from caseload.messaging.models import MessageBatch
from neet import clock
from neet.audit.models import AuditEvent
from tests.caseload.campaigns.conftest import FIRST, LAST, TODAY, YEAR_11, YEAR_12, stand
from tests.factories import (
    COLLEGE,
    IN_YEAR_11,
    SEEKING,
    make_activity,
    make_authority,
    make_characteristic,
    make_contact,
    make_user,
    sign_in,
)
from tracking.register.models import Guarantee, YoungPerson
from tracking.register.queries.rule_facts import TAUGHT_AT_HOME
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.council_year import ListRule

pytestmark = pytest.mark.django_db


def opened(council, kind="christmas_leavers", first=FIRST, last=LAST):
    told = CampaignTold(kind, first, last)
    return open_campaign(authority=council.authority, told=told, by=council.officer)


def on_list(campaign):
    rows = campaign.people.filter(left_on=None, done_at=None)
    return dict(rows.values_list("person", "why"))


def test_leavers_of_the_autumn_are_those_who_left_since_september_and_those_about_to(council):
    left, about_to = council.left(), council.finishes()
    council.left(on=date(2026, 8, 31), began=date(2025, 9, 1))
    council.stays()
    council.left(born=date(2006, 3, 3))
    unheard = council.person()
    make_activity(
        unheard, COLLEGE, date(2026, 9, 1), ends_on=date(2026, 11, 20), verified_on=date(2026, 11, 20)
    )

    campaign = opened(council)

    assert on_list(campaign) == {left.pk: "left", unheard.pk: "left", about_to.pk: "about_to_end"}
    assert opened(council) == campaign
    assert set(LISTS) == set(ListRule)
    assert {why for reasons in LISTS.values() for why, _ in reasons} == set(WHY)


def test_easter_asks_since_the_new_year(council):
    council.left()
    asked = Asked(council.authority.pk, date(2027, 3, 15), date(2027, 4, 30), date(2027, 3, 20))

    assert belonging(ListRule.LEFT_SINCE_NEW_YEAR, asked) == {}
    later = council.left(on=date(2027, 2, 12))
    assert belonging(ListRule.LEFT_SINCE_NEW_YEAR, asked) == {later.pk: "left"}


def test_summer_and_results_day_hold_families_without_an_offer_first(council, monkeypatch):
    stand(monkeypatch, date(2027, 7, 5))
    everybody = {}
    for name, code in (
        ("home", TAUGHT_AT_HOME),
        ("plan", IN_YEAR_11),
        ("none", IN_YEAR_11),
        ("offered", IN_YEAR_11),
    ):
        everybody[name] = person = council.person(born=YEAR_11)
        make_activity(person, code, date(2026, 9, 1), verified_on=date(2027, 6, 1))
    make_characteristic(everybody["plan"])
    Guarantee.objects.create(person=everybody["none"], year_group=11, status="151")
    Guarantee.objects.create(person=everybody["offered"], year_group=11, status="110")
    everybody["neet"] = person = council.person(born=YEAR_12)
    make_activity(person, SEEKING, date(2027, 5, 1), verified_on=date(2027, 7, 1))
    pks = {name: person.pk for name, person in everybody.items()}

    summer = Asked(council.authority.pk, date(2027, 7, 1), date(2027, 8, 31), date(2027, 7, 5))
    # School years turn on 1 September while the campaign of results day runs: its list stays those of August.
    results = Asked(council.authority.pk, date(2027, 8, 15), date(2027, 9, 10), date(2027, 9, 3))

    assert belonging(ListRule.SUMMER, summer) == {
        pks["home"]: "home_no_offer", pks["plan"]: "plan_no_offer", pks["none"]: "no_offer", pks["neet"]: "neet",
    }  # fmt: skip
    assert set(belonging(ListRule.RESULTS_DAY, results)) == {pks["home"], pks["plan"], pks["none"]}
    stand(monkeypatch, date(2027, 9, 3))
    everybody["none"].activities.filter(code=IN_YEAR_11).update(ends_on=date(2027, 8, 31))
    make_activity(everybody["none"], COLLEGE, date(2027, 9, 1), verified_on=date(2027, 9, 2))
    assert pks["none"] not in belonging(ListRule.RESULTS_DAY, results)


def test_each_night_who_fits_comes_and_who_does_not_leaves_with_the_reason_kept(council):
    leaver, done = council.left(), council.left()
    campaign = opened(council)
    row = campaign.people.get(person=done)
    settle(campaign=campaign, rows=[row.pk], outcome="all_well", by=council.officer)
    for person in (leaver, done):
        person.activities.filter(code=SEEKING).update(ends_on=TODAY - timedelta(days=1))
        make_activity(person, COLLEGE, TODAY, verified_on=TODAY)
    newly = council.left(on=date(2026, 12, 4))

    assert lists_of_the_day(day=TODAY) == {"came": 1, "left": 1}
    assert lists_of_the_day(day=TODAY) == {"came": 0, "left": 0}
    gone = campaign.people.get(person=leaver)
    assert (gone.left_on, gone.why) == (TODAY, "left")
    assert campaign.people.get(person=done).outcome == "all_well"
    assert on_list(campaign) == {newly.pk: "left"}
    leaver.activities.filter(starts_on=TODAY).delete()
    assert refresh(campaign=campaign, day=TODAY, by=None) == {"came": 1, "left": 0}
    assert campaign.people.get(person=leaver).left_on is None
    assert lists_of_the_day(day=LAST + timedelta(days=1)) == {"came": 0, "left": 0}


def test_a_list_is_shared_evenly_and_nobody_is_taken_away_unasked(council):
    for _ in range(7):
        council.left()
    campaign = opened(council)
    colleague = make_user("tracking_officer", council.authority, name="Cas Colleague")

    assert share_out(campaign=campaign, owners=[council.officer, colleague], by=council.officer) == 7
    assert sorted(each.to_do for each in owners(council.officer, campaign)) == [3, 4]
    third = make_user("tracking_officer", council.authority)
    assert share_out(campaign=campaign, owners=[third], by=council.officer) == 0
    assert share_out(campaign=campaign, owners=[third], by=council.officer, anew=True) == 7
    assert wanted_people(third, campaign, Wanted(owner="me")).count() == 7
    school = make_user("manager", council.authority)
    with pytest.raises(NotRight):
        share_out(campaign=campaign, owners=[school], by=council.officer)
    with pytest.raises(NotPermitted):
        share_out(campaign=campaign, owners=[third], by=council.worker)


def test_an_outcome_is_of_somebody_one_may_ring_and_can_be_taken_back(council):
    person = council.left()
    campaign = opened(council)
    row = campaign.people.get()

    with pytest.raises(NotPermitted):
        settle(campaign=campaign, rows=[row.pk], outcome="all_well", by=council.worker)
    with pytest.raises(NotRight):
        settle(campaign=campaign, rows=[row.pk], outcome="rung", by=council.officer)
    assert settle(campaign=campaign, rows=[row.pk], outcome="started", by=council.officer, words="Job") == 1
    assert settle(campaign=campaign, rows=[row.pk], outcome="all_well", by=council.lead) == 0
    event = AuditEvent.objects.filter(kind="campaigns.outcomes_recorded").latest("pk")
    assert (event.subjects, event.counts["changed"]) == ([person.pk], 0)
    unsettle(campaign=campaign, row=row.pk, by=council.lead)
    row.refresh_from_db()
    assert (row.outcome, row.done_at) == ("", None)


def test_what_it_led_to_is_counted_by_day_and_by_what_they_do_now(council):
    people = [council.left() for _ in range(3)]
    campaign = opened(council)
    CampaignPerson.objects.update(added_on=TODAY - timedelta(days=3))
    first, second, _ = campaign.people.order_by("person")
    settle(campaign=campaign, rows=[first.pk], outcome="started", by=council.officer)
    settle(campaign=campaign, rows=[second.pk], outcome="not_reached", by=council.officer)
    people[0].activities.filter(code=SEEKING).update(ends_on=TODAY - timedelta(days=1))
    make_activity(people[0], COLLEGE, TODAY, verified_on=TODAY)

    found = effect(council.officer, campaign, TODAY)

    assert (found.contacted, found.confirmed) == (2, 1)
    assert dict(found.statuses) == {"In learning or work": 1, "NEET": 1, "Not known": 0}
    assert sum(number for *_, number in found.outcomes) == 2
    counted = days(council.officer, campaign, TODAY)
    assert (counted[0].on, counted[-1].on, counted[-1].number, counted[-1].so_far) == (FIRST, TODAY, 2, 2)
    assert len(counted[0].outcomes) == len(OUTCOMES)
    assert effect(council.worker, campaign, TODAY).contacted == 0


def test_a_closed_campaign_stays_as_it_is(council):
    council.left()
    campaign = opened(council)
    with pytest.raises(NotPermitted):
        close_campaign(campaign=campaign, by=council.worker)
    closed = close_campaign(campaign=campaign, by=council.lead)

    assert close_campaign(campaign=campaign, by=council.lead).closed_at == closed.closed_at
    assert lists_of_the_day(day=TODAY) == {"came": 0, "left": 0}
    with pytest.raises(NotRight):
        settle(campaign=campaign, rows=[campaign.people.get().pk], outcome="all_well", by=council.officer)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"kind": "no_such"}, "kind"),
        ({"ends_on": date(2026, 11, 1)}, "ends_on"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused(council, told, wrong):
    said = {"kind": "christmas_leavers", "starts_on": FIRST, "ends_on": LAST, **told}
    with pytest.raises(NotRight) as refused:
        open_campaign(authority=council.authority, told=CampaignTold(**said), by=council.officer)
    assert list(refused.value.words) == [wrong]
    with pytest.raises(NotPermitted):
        open_campaign(
            authority=make_authority(),
            told=CampaignTold("christmas_leavers", FIRST, LAST),
            by=council.officer,
        )


def test_the_page_takes_as_many_statements_for_thirty_as_for_one(
    council, client, django_assert_max_num_queries
):
    council.left()
    campaign = opened(council)
    sign_in(client, council.officer)
    page = reverse("campaign", args=[campaign.ref])
    client.get(page)
    for _ in range(29):
        council.left()
    refresh(campaign=campaign, day=TODAY, by=None)

    with django_assert_max_num_queries(25):
        shown = client.get(page)
    assert "30 young people" in shown.text
    with django_assert_max_num_queries(20):
        assert "Christmas leavers" in client.get(reverse("campaigns")).text
    ticked = list(campaign.people.order_by("pk").values_list("pk", flat=True)[:3])
    client.post(page, {"ticked": ticked, "outcome": "all_well"})
    client.post(page, {"one": f"{ticked[0]}:again"})
    assert campaign.people.filter(outcome="all_well").count() == 2
    lines = b"".join(client.get(reverse("campaign_days", args=[campaign.ref])).streaming_content).decode()
    assert lines.splitlines()[-1] == "2026-12-07,2,0,0,0,0,2,2"
    assert Campaign.objects.count() == 1


def test_whoever_is_still_to_be_contacted_comes_sooner_on_the_calls_and_the_line_says_why(council):
    first, second, third = (council.left(on=date(2026, 9, 25)) for _ in range(3))
    campaign = opened(council)
    settle(
        campaign=campaign,
        rows=campaign.people.filter(person=first).values_list("pk", flat=True),
        outcome="all_well",
        by=council.officer,
    )
    campaign.people.filter(person=second).update(left_on=TODAY)
    now = clock.now()
    at = Day.of(council.officer, TODAY, now)

    found = candidates(YoungPerson.objects.filter(pk__in=[first.pk, second.pk, third.pk]), at)
    lines = {each.person_id: valued(each, at.moment) for each in found}

    assert lines[third.pk].score == pytest.approx(1.5 * lines[first.pk].score)
    assert lines[second.pk].who.sought == ""
    assert "on the list of “Christmas leavers”" in reasons(lines[third.pk], at.moment)
    assert not asked_after(LAST + timedelta(days=1)).exists()


def test_a_campaign_writes_to_those_still_to_contact_and_to_nobody_else(council, client):
    done, still = council.left(), council.left()
    elsewhere = council.left(born=YEAR_11)
    for person in (done, still, elsewhere):
        make_contact(person, value=f"07700 9001{person.pk % 90 + 10}")
    campaign = opened(council)
    campaign.people.filter(person=done).update(outcome="all_well", done_at=clock.now())
    sign_in(client, make_user("mi_officer", council.authority))
    page = client.get(reverse("campaign", args=[campaign.ref])).text
    assert "Write to those still to contact" in page
    assert "All is well:" not in page

    form = {"wording": "what_now_text", "most": "50"}
    made = client.post(reverse("write_to_campaign", args=[campaign.ref]), form, follow=True).text

    batch = MessageBatch.objects.get()
    assert "Christmas leavers" in made
    assert set(batch.messages.values_list("person", flat=True)) == set(
        campaign.people.filter(done_at=None).values_list("person", flat=True)
    )
    assert done.pk not in batch.messages.values_list("person", flat=True)
    assert client.post(reverse("campaign", args=[campaign.ref]), {"one": "1:all_well"}).status_code == 404
    home = client.get(reverse("home")).text
    assert "Messages and letters" in home
    sign_in(client, council.worker)
    assert client.get(reverse("write_to_campaign", args=[campaign.ref])).status_code == 404
    assert "Messages and letters" not in client.get(reverse("home")).text
