"""Tests keep to the database that was made for them."""

import pytest
from django.db import connection


def test_another_database_than_the_tests_own_is_refused(db: None) -> None:
    elsewhere = connection.copy()
    elsewhere.settings_dict["NAME"] = "postgres"

    with pytest.raises(AssertionError, match="not the tests' own"):
        elsewhere.connect()

    assert elsewhere.connection is None
