"""Small lists and counts of several tables in one statement."""

from typing import Any

import pytest

from tests.factories import make_activity, make_authority, make_person, make_task
from tracking.register.models import Activity, Task
from tracking.register.queries.together import counted_together, together

pytestmark = pytest.mark.django_db


def test_lists_and_counts_are_what_each_would_be_alone(django_assert_num_queries: Any) -> None:
    person, other = (make_person(make_authority(code=code)) for code in ("886", "887"))
    make_activity(person, "230")
    make_task(person, "Ring back")
    make_task(other, "Ring somebody else")
    activities, tasks = Activity.objects.filter(person=person), Task.objects.order_by("pk")
    expected = {"activities": list(activities), "tasks": list(tasks), "nobody": []}

    with django_assert_num_queries(1):
        found = together(activities=activities, tasks=tasks, nobody=Task.objects.none())
    with django_assert_num_queries(1):
        counted = counted_together(activities=activities, tasks=tasks, nobody=Task.objects.none())

    assert found == expected
    assert [each.words for each in found["tasks"]] == ["Ring back", "Ring somebody else"]
    assert counted == {"activities": 1, "tasks": 2, "nobody": 0}
