"""What must be known before a record is read or changed, as higher rooms know it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from tracking.register.queries.together import together


def notices(person_id: int) -> list[str]:
    """The notices of a record; one statement for all."""
    return notices_in(together(**notice_rows(person_id)))


def notice_rows(person_id: int) -> dict[str, QuerySet[Any]]:
    """The rows notices are made of, to be read together with what else a page reads."""
    return {words: import_string(rows)(person_id) for rows, words in settings.RECORD_NOTICES}


def notices_in(found: Mapping[str, list[Any]]) -> list[str]:
    """Those rows in words."""
    said = (import_string(words)(found[words]) for _, words in settings.RECORD_NOTICES)
    return [words for words in said if words]
