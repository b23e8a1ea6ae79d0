"""The survey's file: made from the rows as the register says now, or once more as it said when it was made."""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from neet.files.writers import csv_chunks
from returns.activity_survey.models import ActivitySurvey
from returns.activity_survey.queries.asking import Whose, as_known
from returns.activity_survey.queries.reading import file_rows
from returns.activity_survey.rules.rows import Row, layout_of


@dataclass(frozen=True)
class Made:
    """A file, and whose rows it holds."""

    content: bytes
    rows: Sequence[Row]

    @property
    def packed(self) -> bytes:
        return gzip.compress(self.content, mtime=0)

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def made_of(whom: Whose, rows: Sequence[Row]) -> Made:
    """The file of these rows. Texts that a spreadsheet would compute are disarmed."""
    layout = layout_of(whom.rules.activity_survey_columns, whom.destinations, whom.authority.code)
    return Made(b"".join(csv_chunks(layout.headings, map(layout.cells, rows))), rows)


def made_again(survey: ActivitySurvey) -> Made:
    """The file from the history of the register and of the rules at the moment it was made: the same bytes, as long as
    nobody in it was erased."""
    assert survey.made_at is not None
    with as_known(survey, survey.made_at) as whom:
        return made_of(whom, file_rows(survey, whom))


def kept(survey: ActivitySurvey) -> bytes:
    """The file as it was made, byte for byte."""
    return gzip.decompress(survey.content or b"")
