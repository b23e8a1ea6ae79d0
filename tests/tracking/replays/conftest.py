"""A small council in December whose October was frozen; then something is heard of October."""

from datetime import date

import pytest

from tests.factories import confirm, make_activity, make_person
from tests.tracking.figures.conftest import _in_december, council
from tracking.figures.actions import Month, freeze
from tracking.models import Activity

__all__ = ["_in_december", "council"]
OCTOBER = date(2026, 10, 31)


@pytest.fixture
def october(council):
    """One at college, one NEET, one nobody knew anything of; frozen, and only then it is heard that the third was at
    work since September and the second started college in the middle of October."""
    student, seeker, lost = (make_person(council, family_name=f"Person{n}") for n in "ABC")
    make_activity(student, "410", date(2026, 1, 5), verified_on=date(2026, 9, 10))
    make_activity(seeker, "619", date(2026, 9, 1), verified_on=date(2026, 9, 10))
    frozen = freeze(month=Month(council.pk, OCTOBER), by=None)
    make_activity(lost, "310", date(2026, 9, 1), verified_on=date(2026, 10, 6))
    Activity.objects.filter(person=seeker).update(ends_on=date(2026, 10, 11))
    confirm(make_activity(seeker, "410", date(2026, 10, 12)), date(2026, 10, 20))
    return {"frozen": frozen, "student": student, "seeker": seeker, "lost": lost}
