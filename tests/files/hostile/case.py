"""What a hostile or awkward file is, and what must become of it."""

from collections.abc import Callable
from dataclasses import dataclass

HEADINGS = ("Surname", "Forename", "Date of birth", "UPN", "Town")
PUPILS = (
    ("O'Neill", "Zoë", "2009-10-05", "L886400109010", "Wealdham"),
    ("Muller-Smith", "René", "2009-11-17", "A886400109011", "Great Orchard"),
    ("Ashdown", "Siân", "2010-02-28", "P886400109012", "Wealdham"),
)
TABLE = (HEADINGS, *PUPILS)

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Verdict:
    """Either `refused` with one of these words, or read: the headings, the rows and what is remarked on.

    As a return, a file that is read shows these `problems` (row number, kind), and these cells come out `clean`
    (row number, column, value).
    """

    refused: tuple[str, ...] = ()
    headings: tuple[str, ...] = HEADINGS
    heading_row: int = 1
    rows: Rows = PUPILS
    numbers: tuple[int, ...] = ()
    count: int = 0
    remarks: tuple[str, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()
    clean: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True)
class Case:
    """One file: the name it is sent under, what is odd about it, how it is made, and the verdict."""

    name: str
    about: str
    make: Callable[[], bytes]
    verdict: Verdict


class Collection:
    """The cases of one module, in the order they are written down."""

    def __init__(self) -> None:
        self.cases: list[Case] = []

    def read(self, name: str, **verdict: object) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
        """The file is read; without more words it gives the three pupils below their five headings."""
        return self._add(name, Verdict(**verdict))  # type: ignore[arg-type]

    def refused(self, name: str, *words: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
        """The file is refused, and the answer holds one of these words."""
        return self._add(name, Verdict(refused=words))

    def _add(self, name: str, verdict: Verdict) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
        def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
            self.cases.append(Case(name, (make.__doc__ or "").strip(), make, verdict))
            return make

        return keep


def lines(*rows: tuple[str, ...] | list[str], mark: str = ",", end: str = "\r\n") -> str:
    """Rows as text with columns, nothing quoted."""
    return "".join(mark.join(row) + end for row in rows)
