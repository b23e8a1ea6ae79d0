"""The DfE's checks of its monthly file, one small function for each error, active by the rules of the month.

`check_record` looks at one record, `FileChecks` at the whole file; both speak in findings.
"""

from returns.nccis.checks import activity, cohort, guarantee, identity, need
from returns.nccis.checks.context import Context
from returns.nccis.checks.file import FILE_ERRORS, FileChecks
from returns.nccis.checks.registry import CHECKS, Check, Finding
from returns.nccis.record import Record

__all__ = [
    "CHECKS",
    "FILE_ERRORS",
    "Check",
    "Context",
    "FileChecks",
    "Finding",
    "check_record",
]

# Importing a module of checks binds its functions; the shelves are named here so that none is forgotten.
SHELVES = (identity, cohort, need, activity, guarantee)


def check_record(record: Record, context: Context) -> list[Finding]:
    """Every error of this month's rules that this record has, in the order of the checks; errors of the whole
    file (902, 907, 908) are `FileChecks`' business."""
    return [
        Finding(record.young_persons_id, _shown(getattr(record, check.reads[0])), rule)
        for check, rule in context.active
        if check.fails(record, context)
    ]


def _shown(value: object) -> str:
    return value if isinstance(value, str) else " ".join(value) if isinstance(value, tuple) else ""
