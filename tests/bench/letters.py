"""Letters at county size: who is due one, a batch made, and five hundred set as one file beside one file for each."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.template.loader import get_template
from django.templatetags.static import static

from caseload.letters.actions.making import MOST, make_batch, save_letterhead
from caseload.letters.actions.nightly import keep_up
from caseload.letters.actions.sending import mark_sent
from caseload.letters.documents import SHEET, TEMPLATE, filled, letters_as_pdf
from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries import due
from caseload.letters.queries.contents import headed, sheets_of
from caseload.letters.statements import Head, Wanted
from neet import clock
from neet.accounts.models import User
from neet.documents.pdf import pdf_from
from schools.models import Authority
from tests.bench._measuring import Figure, county, median, report, spent, timed
from tracking.register.models import YoungPerson

SERIES, RUNS, ONE_BY_ONE = "not_known_first", 3, 50
HEAD = Head("Council offices\nExampleton\nZZ1 1ZZ", "Pat Example", "Head of participation")


def main() -> None:
    county()
    with transaction.atomic():
        measure(Authority.objects.get(), clock.today())
        transaction.set_rollback(True)


def measure(authority: Authority, day: date) -> None:
    by = User.objects.filter(memberships__role="tracking_officer").earliest("pk")
    save_letterhead(authority=authority, head=HEAD, by=by)
    board = median(lambda: due.board(by, authority, day), RUNS)
    report(Figure("who is due which letter today, county", f"{board * 1000:,.0f} ms", "none", None, RUNS))
    made: list[LetterBatch] = []
    wanted = Wanted(SERIES, day)
    seconds = timed(lambda: made.append(make_batch(authority=authority, wanted=wanted, by=by)))
    batch = filled_up(made[0], authority)
    report(Figure("make a batch of letters, county", f"{seconds * 1000:,.0f} ms", "none", None, 1))
    measure_file(batch, day)
    LetterBatch.objects.filter(pk=batch.pk).update(state=LetterBatch.State.PRINTED)
    mark_sent(batch=batch, sent_on=day, by=by)
    night = timed(lambda: keep_up(day=day))
    report(
        Figure(
            f"letters of the night, {MOST} that wait for an answer",
            f"{night * 1000:,.0f} ms",
            "none",
            None,
            1,
        )
    )


def filled_up(batch: LetterBatch, authority: Authority) -> LetterBatch:
    """Five hundred, whatever the season: others of the county, with an address."""
    have = batch.letters.filter(state=Letter.State.TO_SEND).count()
    others = YoungPerson.objects.of(authority).exclude(letters__batch=batch).order_by("pk")
    more = due.writable(others).values_list("pk", flat=True)[: MOST - have]
    Letter.objects.bulk_create(
        Letter(batch=batch, person_id=pk, to="young_person", number=number)
        for number, pk in enumerate(more, start=have + 1)
    )
    return batch


def measure_file(batch: LetterBatch, day: date) -> None:
    """The whole file, and so many letters each as a file of its own with the style sheet read again."""
    pages: list[int] = []
    ours = spent(lambda: pages.append(letters_as_pdf(batch, day, lambda done, total: None).pages))
    peer = spent(one_by_one(batch, day))
    rate, peers = pages[0] / ours.wall, ONE_BY_ONE / peer.wall
    what = f"{pages[0]} letters as one tagged PDF for the printer"
    told = f"{ours.wall:.1f} s, {rate:.0f} pages/s (processor {ours.processor:.1f} s)"
    report(Figure(what, told, f"a file for each letter, {peers:.0f} pages/s", rate / peers, 1))


def one_by_one(batch: LetterBatch, day: date) -> Callable[[], None]:
    head = headed(batch.authority)
    wording = due.wording_of(SERIES, "en", day)
    template = get_template(TEMPLATE)
    assert head
    assert wording
    link = f'</title><link rel="stylesheet" href="{static(SHEET)}">'
    sheets = list(sheets_of(batch))[:ONE_BY_ONE]

    def write() -> None:
        for sheet in sheets:
            shown = {"head": head, "wording": wording, "today": day, "letters_of": "Letters"}
            html = template.render({**shown, "letter": filled(sheet, head, wording, day)})
            pdf_from(html.replace("</title>", link))

    return write


if __name__ == "__main__":
    main()
