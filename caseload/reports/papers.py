"""A report as a tagged PDF and as a sheet for each of its parts."""

from collections.abc import Iterator

from caseload.reports.rules.content import Content, grid, number
from neet.documents.pdf import pdf_of
from neet.files.writers import Sheet, xlsx_bytes

REFUSED = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST = 31


def pdf(content: Content) -> bytes:
    """PDF/UA-1, with its fonts inside."""
    sections = [grid(each) for each in content.sections]
    shown = {"content": content, "sections": sections, "council": content.place}
    return pdf_of("caseload/reports/paper.html", shown)


def xlsx(content: Content) -> bytes:
    """A sheet that says what it is, then a sheet for each part with the very numbers of the page; nothing is hidden."""
    return xlsx_bytes(_front(content), *_sheets(content))


def _front(content: Content) -> Sheet:
    rows = [
        ("Month", content.month),
        ("Of", content.place),
        ("Figures", content.state),
        *((each.title, f"{each.message}. {each.note}".strip()) for each in content.sections),
    ]
    return Sheet("Report", (content.title, ""), rows)


def _sheets(content: Content) -> Iterator[Sheet]:
    for place, each in enumerate(content.sections, start=1):
        if each.rows:
            name = f"{place} {each.title}".translate(REFUSED)[:LONGEST].strip()
            yield Sheet(name, each.columns, [[number(cell) for cell in row] for row in each.rows])
