"""What dated tables there are, what their columns are called, and what may stand in them."""

from collections.abc import Mapping
from types import MappingProxyType

from tracking.reference.columns import Table
from tracking.reference.tables_assessment import OF_ASSESSMENT
from tracking.reference.tables_codes import OF_CODES
from tracking.reference.tables_keeping import OF_KEEPING
from tracking.reference.tables_returns import OF_RETURNS
from tracking.reference.tables_seeking import OF_SEEKING
from tracking.reference.tables_targets import OF_TARGETS
from tracking.reference.tables_words import OF_WORDS
from tracking.reference.tables_work import OF_WORK

ALL = (*OF_CODES, *OF_WORK, *OF_WORDS)

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (*ALL, *OF_RETURNS, *OF_KEEPING, *OF_ASSESSMENT, *OF_SEEKING, *OF_TARGETS)
    }
)
