"""A database nothing was loaded into yet."""

import pytest
from django.db import connection

from tracking.reference.models import ReferenceRow


@pytest.fixture
def nothing_loaded(db: None) -> None:
    """The rules every test finds are away, and nothing remembers them."""
    ReferenceRow.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE tracking_referencerow_history")
