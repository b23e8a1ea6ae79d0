"""Two records of one young person put together, and taken apart again."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import make_authority, make_person, make_user
from tests.people_rows import World
from tracking.merging.actions.together import put_together, take_apart
from tracking.merging.ledger import CONFIRMATIONS, rows_of
from tracking.merging.ways import Way, hanging_beside, moving, way_of
from tracking.register.models import Confirmation, YoungPerson
from tracking.state.queries import digests

pytestmark = pytest.mark.django_db
TAKEN = st.sets(st.sampled_from(["given_name", "date_of_birth", "upn", "home", "cohort"]))


class Everything(TestCase):
    """Every table that names a young person filled for both, by reflection."""

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(0, 10**6), takes=TAKEN)
    def test_together_and_apart_leaves_everything_as_it_was(self, seed: int, takes: set[str]) -> None:
        kept, gone, officer, filled = two_records(seed)
        facts, rows = digests(), plainly(kept, gone)

        merge = put_together(kept=kept, gone=gone, takes=takes, by=officer)
        still_there = {table for table, _ in rows_of([gone.pk])}
        left = take_apart(merge=merge, by=officer)

        assert filled == {table.model for table in (*moving(), *hanging_beside())}
        assert not still_there & {each.table for each in moving() if way_of(each.model) == Way.REPOINT}
        assert left == 0
        assert digests() == facts
        assert plainly(kept, gone) == rows


def two_records(seed: int, wanted: int = 2) -> tuple[YoungPerson, YoungPerson, Any, set[str]]:
    """Two records of one council with rows in every table, who may put them together, and the tables that have some."""
    authority = make_authority()
    world = World(seed, authority)
    kept, gone = make_person(authority, upn="A1"), make_person(authority, uln="7", known_as="Bo")
    filled = set()
    for table in moving():
        rows = [row for person in (kept, gone) for row in world.rows(table, person, wanted)]
        below = [each for each in hanging_beside() if each.on == table.model and each.field != "voids"]
        filled |= {each.model for each in below if world.below(each, rows)} | {table.model} if rows else set()
    return kept, gone, make_user("tracking_officer", authority), filled


def plainly(*people: YoungPerson) -> dict[tuple[str, int], Any]:
    """All rows of these; of confirmations, which are only ever added to, those that hold."""
    void = set(Confirmation.objects.exclude(voids=None).values_list("voids", "pk"))
    gone = {pk for pair in void for pk in pair}
    rows = rows_of([each.pk for each in people])
    return {key: row for key, row in rows.items() if key[0] != CONFIRMATIONS or key[1] not in gone}


def test_the_number_of_statements_does_not_grow_with_the_rows() -> None:
    def statements(wanted: int) -> tuple[int, int]:
        kept, gone, officer, _ = two_records(3, wanted)
        with CaptureQueriesContext(connection) as together:
            merge = put_together(kept=kept, gone=gone, takes=set(), by=officer)
        with CaptureQueriesContext(connection) as apart:
            take_apart(merge=merge, by=officer)
        return len(together), len(apart)

    few, many = statements(2), statements(8)

    assert many[0] <= few[0] + 2 <= 130
    assert many[1] <= few[1] + 4 <= 150
