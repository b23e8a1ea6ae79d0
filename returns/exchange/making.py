"""Files made for each establishment of a collection: its own pupils, and of nobody more than may be passed on (R4)."""

from collections.abc import Callable, Iterator, Sequence

from neet.accounts.models import User
from neet.files.actions import store
from returns.calendar.models import Collection, ExpectedReturn
from returns.exchange.statements import ForOne
from returns.intake.papers import Paper, template_of

PURPOSE = "exchange"
Tell = Callable[[int, int], None]


def templates_of(collection: Collection, by: User | None, tell: Tell) -> Iterator[ForOne]:
    """The file to fill in for every establishment that is asked and has not answered, one after the other."""
    asked = collection.expected.filter(waived_on=None, nil_at=None, sent_at=None, establishment__isnull=False)
    rows: Sequence[ExpectedReturn] = list(
        asked.select_related("collection__authority", "establishment").order_by("establishment__name", "pk")
    )
    for done, expected in enumerate(rows, start=1):
        place = expected.establishment
        assert place is not None
        paper = template_of(expected, "students" if place.is_college else "pupils")
        yield kept(paper, place.pk, collection.authority_id, by)
        tell(done, len(rows))


def kept(paper: Paper, establishment_id: int, authority_id: int, by: User | None) -> ForOne:
    """A file that was made, kept until it is collected."""
    file = store(source=[paper.content], name=paper.name, purpose=PURPOSE, by=by, authority_id=authority_id)
    return ForOne(establishment_id, file, paper.people)
