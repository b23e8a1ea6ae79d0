"""Checks of the whole file: identifiers, learner numbers and people that come twice (902, 907, 908)."""

from collections.abc import Hashable, Iterator

from returns.nccis.checks.context import Context
from returns.nccis.checks.registry import Finding
from returns.nccis.record import Record

FILE_ERRORS = ("902", "907", "908")


class FileChecks:
    """Remembers what it has seen of a file: `add` every record once, then ask for the findings."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._identifiers = _Seen()
        self._learner_numbers = _Seen()
        self._people = _Seen()

    def add(self, record: Record) -> None:
        """Remember one record."""
        if record.cohort_status not in self._context.guarantee_only:
            self._identifiers.add(record.young_persons_id, record.young_persons_id)
        if record.unique_learner_no and record.cohort_status not in self._context.merged:
            self._learner_numbers.add(record.unique_learner_no, record.young_persons_id)
        if record.given_name and record.family_name and record.dob:
            person = (record.given_name.casefold(), record.family_name.casefold(), record.dob)
            self._people.add(person, record.young_persons_id)

    def findings(self) -> list[Finding]:
        """One finding for each identifier that is repeated, one for each record that shares the rest."""
        return [
            *self._found("902", ((ids[0], ids[0]) for _, ids in self._identifiers.repeated())),
            *self._found("907", self._sharing(self._learner_numbers)),
            *self._found("908", self._sharing(self._people)),
        ]

    def _sharing(self, seen: "_Seen") -> Iterator[tuple[str, str]]:
        for shared, ids in seen.repeated():
            distinct = dict.fromkeys(ids)
            if len(distinct) > 1:
                shown = shared if isinstance(shared, str) else ""
                yield from ((each, shown) for each in distinct)

    def _found(self, code: str, whose: Iterator[tuple[str, str]]) -> Iterator[Finding]:
        rule = self._context.ruleset.errors.get(code)
        if rule is not None:
            yield from (Finding(each, value, rule) for each, value in whose)


class _Seen:
    """Which identifiers came with a thing; a list is only made where a thing comes again."""

    def __init__(self) -> None:
        self._first: dict[Hashable, str] = {}
        self._repeated: dict[Hashable, list[str]] = {}

    def add(self, thing: Hashable, whose: str) -> None:
        if thing in self._first:
            self._repeated.setdefault(thing, [self._first[thing]]).append(whose)
        else:
            self._first[thing] = whose

    def repeated(self) -> Iterator[tuple[Hashable, list[str]]]:
        yield from self._repeated.items()
