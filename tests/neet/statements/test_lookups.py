"""`any`: keys as one value, on a column and on the way to another table."""

import pytest

from neet.statements import lookups  # noqa: F401  # registers it
from neet.statements.parts import Ids
from tests.factories import make_activity, make_authority, make_person
from tracking.register.models import Activity, YoungPerson

pytestmark = pytest.mark.django_db


def test_whose_keys_are_named_and_nobody_else() -> None:
    here = make_authority()
    one, two, three = (make_person(here) for _ in range(3))
    activity = make_activity(two, "230")

    assert set(YoungPerson.objects.filter(pk__any=Ids((one.pk, three.pk)))) == {one, three}
    assert list(Activity.objects.filter(person__any=Ids((one.pk, two.pk)))) == [activity]
    assert list(Activity.objects.filter(person__authority__any=Ids((here.pk,)))) == [activity]
    assert not YoungPerson.objects.filter(pk__any=Ids())
