"""Of somebody who objects only what the law lets pass is kept on a return."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from neet import clock
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.queries.statements import statement
from returns.intake.rules.cells import LEFT_OUT, NEXT_TIME


def take_extras_off(intake: Intake) -> int:
    """Take what an objector's school sent too much off the rows taken up (keeping.take_up), after everybody was looked
    for; how many values that were. They are in no row afterwards; the file stays as it was sent."""
    with connection.cursor() as cursor:
        text = statement("objectors").replace("{objecting}", statement("objecting", whose="looked"))
        cursor.execute(text, {"today": clock.today(), "dropped": _dropped(intake)})
        while cursor.nextset():
            pass
        return int(cursor.fetchone()[0])


def told_of_extras(intake: Intake, only: int | None = None) -> tuple[str, Mapping[str, Any]]:
    """The statement that says so among what was found, of all rows or of this one."""
    words = {"why": LEFT_OUT, "fix": NEXT_TIME}
    return statement("objectors_told"), {"dropped": _dropped(intake), "only": only, **words}


def _dropped(intake: Intake) -> list[str]:
    layout = LAYOUTS[intake.type]
    return sorted({column.name for column in layout.columns} - layout.kept_of_objectors())
