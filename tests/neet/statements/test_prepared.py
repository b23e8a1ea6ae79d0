"""The text the database prepares: everything written out but the values, which carry their types."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from neet.statements.parts import Words
from neet.statements.prepared import asked_for, typed

pytestmark = pytest.mark.django_db
REF = UUID("7a2b54a0-9a5c-4b70-9d0d-0e6f6e6a1f10")


def test_values_stand_there_with_their_types_and_all_else_is_written_out() -> None:
    text = "select %s, %s, %s, %s, %s, '100%%'"
    values = (4, "50% of O'Neill", REF, [7, 8], Words("Lee"))

    found, taken = typed(text, values, lambda value: value != "50% of O'Neill", connection)

    assert found == "select %s::bigint, '50%% of O''Neill', %s::uuid, %s::bigint[], %s::text, '100%%'"
    assert taken == (4, REF, [7, 8], "Lee")
    assert asked_for(found, taken) == [(4, "50% of O'Neill", REF, [7, 8], "Lee", "100%")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), min_size=1))
def test_whatever_was_typed_comes_back_as_it_was(words: list[str]) -> None:
    text = "select " + ", ".join(["%s::text", "%s::text"] * len(words))
    both = tuple(each for word in words for each in (Words(word), word))

    found, taken = typed(text, both, lambda value: isinstance(value, Words), connection)

    assert asked_for(found, taken) == [tuple(str(each) for each in both)]


def test_a_connection_that_asks_again_has_it_prepared() -> None:
    asked = "select %s::bigint + 40 as only_here"
    answers = [asked_for(asked, (number,)) for number in range(4)]

    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_prepared_statements where statement like '%%+ 40 as only_here'"
        )
        prepared = cursor.fetchone()

    assert answers == [[(40,)], [(41,)], [(42,)], [(43,)]]
    assert prepared == (1,)


def test_statements_are_counted_as_all_others(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        asked_for("select %s::bigint", (1,))
