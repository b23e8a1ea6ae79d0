"""Who on the register is meant by each row."""

from django.db import connection

from returns.intake.models import Intake
from returns.intake.queries.statements import statement


def match_rows(intake: Intake) -> None:
    """Find the young person of every row that was not looked for yet. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement("match_exact"), {"intake": intake.pk, "authority": intake.authority_id})
