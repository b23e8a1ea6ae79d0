"""A record that is kept and not used: nobody is written to or rung from it, and it is counted as before."""

from datetime import date
from typing import Any

import pytest

from caseload.campaigns.queries.lists import Asked
from caseload.chase.queries.people import in_the_cohort
from caseload.chase.queries.whom import on_our_list
from caseload.letters.queries.due import why_left_out
from caseload.letters.queries.ways import mailboxes
from caseload.messaging.queries.choosing import Look, chosen
from caseload.messaging.rules import Why
from neet import clock
from tests.factories import make_contact, sign_in
from tests.tracking.rights.conftest import Council
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rights.actions.limits import limit_use, tell_before_use, use_again
from tracking.rights.models import UseLimited

TODAY = date(2026, 11, 22)


def everybody(council: Council) -> Any:
    return YoungPerson.objects.of(council.authority)


def reached(council: Council) -> dict[str, bool]:
    """By which ways they would be written to or rung today."""
    texts = chosen(everybody(council), Look(council.authority, "text", TODAY, 14), 10)
    asked = Asked(council.authority.pk, TODAY, TODAY, TODAY)
    return {
        "call": on_our_list(council.officer, TODAY).filter(pk=council.person.pk).exists(),
        "text": not texts[0].why,
        "letter": not why_left_out(everybody(council)),
        "e-mail": bool(mailboxes([council.person.pk], "young_person", TODAY)),
        "campaign": asked.people(16, 17).exists(),
    }


def test_nobody_is_reached_while_the_record_is_not_used(council: Council) -> None:
    make_contact(council.person, kind="email", value="fern@example.org")
    assert set(reached(council).values()) == {True}

    limit_use(person=council.person, why="disputed", by=council.officer)

    assert set(reached(council).values()) == {False}
    told = chosen(everybody(council), Look(council.authority, "text", TODAY, 14), 10)
    assert told[0].why == Why.USE_LIMITED
    assert everybody(council).filter(in_the_cohort(TODAY)).exists()


def test_used_again_only_after_they_were_told(council: Council) -> None:
    limit_use(person=council.person, why="objected", by=council.officer)
    assert limit_use(person=council.person, why="claim", by=council.officer).why == "objected"

    with pytest.raises(NotRight, match="Tell them first"):
        use_again(person=council.person, why="It was right", by=council.officer)
    tell_before_use(person=council.person, by=council.officer)
    ended = use_again(person=council.person, why="It was right", by=council.officer)

    assert (ended.told_on, ended.ends_on) == (clock.today(), clock.today())
    assert reached(council)["text"]
    with pytest.raises(NotRight, match="like any other"):
        use_again(person=council.person, why="Again", by=council.officer)


def test_only_who_may_record_objections_limits_use(council: Council) -> None:
    with pytest.raises(NotPermitted):
        limit_use(person=council.person, why="disputed", by=council.governance)
    assert not UseLimited.objects.exists()


def test_record_says_that_it_is_not_used_and_what_they_say(council: Council, client: Any) -> None:
    limit_use(person=council.person, why="disputed", by=council.officer)

    desk = sign_in(client, council.officer)
    shown = desk.get(f"/people/{council.person.ref}/").content.decode()

    assert shown.count("Kept and not used") == 1
    assert shown.index("Kept and not used") < shown.index("What is asked about this record")
    for page in ("contact/", "history/", "details/", "activity/record/"):
        assert "Kept and not used" in desk.get(f"/people/{council.person.ref}/{page}").content.decode(), page
    assert "They were told it will be used again" in shown
