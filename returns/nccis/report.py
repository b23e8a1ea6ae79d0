"""What a check of a return says on paper: errors by number, how many, what is wrong, how to mend it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from returns.nccis.checks import Finding
from tracking.rules.codes import ErrorRule

SHOWN = 5


@dataclass(slots=True)
class Found:
    """One error number of a file: how often it came, and where first."""

    rule: ErrorRule
    count: int = 0
    first: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """The findings of a file, counted; it keeps a few identifiers for each error and nothing else."""

    found: dict[str, Found] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Tally":
        """Count findings."""
        tally = cls()
        for finding in findings:
            tally.add(finding)
        return tally

    def add(self, finding: Finding) -> None:
        """Count one finding."""
        found = self.found.setdefault(finding.code, Found(finding.rule))
        found.count += 1
        if len(found.first) < SHOWN:
            found.first.append(finding.young_persons_id)

    @property
    def errors(self) -> int:
        """How many findings count as errors."""
        return sum(found.count for found in self.found.values() if not found.rule.is_warning)

    @property
    def warnings(self) -> int:
        """How many findings are only said."""
        return sum(found.count for found in self.found.values() if found.rule.is_warning)

    @property
    def rejects_file(self) -> bool:
        """Whether one of the errors makes the DfE refuse the whole file."""
        return any(found.rule.rejects_file for found in self.found.values())

    def lines(self) -> Iterator[str]:
        """The errors, the gravest first and then by number."""
        for found in sorted(self.found.values(), key=_gravity):
            yield from _paragraph(found)


def _gravity(found: Found) -> tuple[int, int, str]:
    digits = found.rule.code if found.rule.code.isdigit() else "9999"
    return found.rule.priority, int(digits), found.rule.code


def _paragraph(found: Found) -> Iterator[str]:
    rule = found.rule
    kind = "Warning" if rule.is_warning else "Error"
    yield f"{kind} {rule.code} (priority {rule.priority}): {many(found.count, 'record')}"
    yield f"  {rule.wrong}"
    yield f"  To mend: {rule.mend}"
    more = found.count - len(found.first)
    yield f"  {', '.join(found.first)}{f' and {more} more' if more else ''}"


def many(count: int, thing: str, things: str = "") -> str:
    """A count with its noun: 1 record, 2 records."""
    return f"{count} {thing if count == 1 else things or thing + 's'}"
