"""What a change of the points would do, said before it is done."""

from datetime import date

import pytest

from caseload.prevention.effects import points
from tests.caseload.prevention.conftest import TODAY
from tests.factories import make_characteristic
from tracking.reference.effects import Trial
from tracking.reference.models import ReferenceRow

pytestmark = pytest.mark.django_db


def tried(council, **values):
    row = ReferenceRow.objects.get(table="risk_factors", key="plan")

    def apply():
        ReferenceRow.objects.filter(pk=row.pk).update(values={**row.values, **values})

    return points(Trial("risk_factors", row.key, row.values | values, TODAY, council.officer, apply))


def test_who_would_have_other_points_is_counted(council):
    for _ in range(3):
        make_characteristic(council.pupil(born=date(2011, 5, 5)))

    effect = tried(council, points="4")

    assert effect.words == "3 young people would have other points. Nobody's status changes."
    assert [(each.was, each.becomes, each.count) for each in effect.moves] == [("2 points", "4 points", 3)]
    assert tried(council, points="4").total == 0
    assert [each.becomes for each in tried(council, points="0").moves] == ["no points"]
