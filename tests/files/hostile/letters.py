"""Text with columns: every alphabet and separator a school's machine writes, and what goes wrong with them."""

from tests.files.hostile.case import HEADINGS, PUPILS, TABLE, Collection, lines

FILES = Collection()
PLAIN = lines(*TABLE)
read, refused = FILES.read, FILES.refused


def in_letters(name: str, encoding: str, about: str, mark: bytes = b"") -> None:
    """One file of the three pupils in these letters."""

    def make() -> bytes:
        return mark + PLAIN.encode(encoding)

    make.__doc__ = about
    read(name)(make)


in_letters("utf-8.csv", "utf-8", "As every program of today writes it.")
in_letters("utf-8-mark.csv", "utf-8", "As Excel writes CSV UTF-8.", b"\xef\xbb\xbf")
in_letters("utf-16-mark.csv", "utf-16-le", "As Excel writes Unicode text.", b"\xff\xfe")
in_letters("utf-16-big-mark.csv", "utf-16-be", "The same of another machine.", b"\xfe\xff")
in_letters("utf-16-bare.csv", "utf-16-le", "Two bytes a letter, and nothing says so.")
in_letters("utf-16-big-bare.csv", "utf-16-be", "Two bytes a letter the other way round, and nothing says so.")
in_letters("utf-32-mark.csv", "utf-32-le", "Four bytes a letter.", b"\xff\xfe\x00\x00")
in_letters("windows.csv", "cp1252", "As Excel writes CSV on Windows.")
in_letters("latin-1.csv", "latin-1", "An old database.")
in_letters("latin-9.csv", "iso8859-15", "An old database with a euro sign.")
in_letters("macintosh.csv", "mac_roman", "As Excel writes CSV on a Macintosh.")
in_letters("dos.csv", "cp850", "As Excel writes CSV (MS-DOS).")


@read("windows-quotes.csv", rows=(("O\u2019Neill", "Zoë", *PUPILS[0][2:]),))
def typographic() -> bytes:
    """A typographic apostrophe in the letters of Windows."""
    return lines(HEADINGS, ("O\u2019Neill", "Zoë", *PUPILS[0][2:])).encode("cp1252")


@read("one-accent.csv", rows=(("Smith", "Chloé", *PUPILS[0][2:]),))
def one_accent() -> bytes:
    """A single letter tells how the whole file is written."""
    return lines(HEADINGS, ("Smith", "Chloé", *PUPILS[0][2:])).encode("cp1252")


@read("capitals.csv", rows=(("MÜLLER", "CHLOÉ", *PUPILS[0][2:]),))
def capitals() -> bytes:
    """Accents on capital letters only."""
    return lines(HEADINGS, ("MÜLLER", "CHLOÉ", *PUPILS[0][2:])).encode("cp1252")


@read("two-alphabets.csv")
def two_alphabets() -> bytes:
    """A row of one program pasted below the rows of another."""
    rows = [lines(row) for row in TABLE]
    return "".join(rows[:3]).encode() + rows[3].encode("cp1252")


@read("other-scripts.csv", rows=(("אברהם", "محمد", *PUPILS[0][2:]), ("王", "小明🎓", *PUPILS[1][2:])))
def other_scripts() -> bytes:
    """Names written from right to left, in signs, and with a picture."""
    return lines(HEADINGS, ("אברהם", "محمد", *PUPILS[0][2:]), ("王", "小明🎓", *PUPILS[1][2:])).encode()


@read("turned-letters.csv", rows=(("Smith", "xslx.nnA", *PUPILS[0][2:]),))
def turned_letters() -> bytes:
    """Marks that turn the direction of what stands beside them on the screen."""
    return lines(HEADINGS, ("Smith", "\u202exslx.nnA\u202c", *PUPILS[0][2:])).encode()


# --- separators and line ends -----------------------------------------------------------------------------------


def separated(name: str, mark: str, about: str, first: str = "") -> None:
    """The three pupils with this between the cells; towns hold commas where that can be told apart."""
    rows = [(*row[:4], f"{row[4]}, by the mill, near Ashley, Ashford, Kent, England") for row in PUPILS]

    def make() -> bytes:
        return (first + lines(HEADINGS, *rows, mark=mark)).encode()

    make.__doc__ = about
    read(name, rows=tuple(rows), heading_row=2 if first else 1)(make)


separated("semicolons.csv", ";", "A machine that is set to another country; commas within the towns.")
separated("tabs.txt", "\t", "Text that was copied out of a spreadsheet.")
separated("pipes.csv", "|", "An old exporter.")
separated("said-so.csv", ";", "The first line names the separator, as Excel likes it.", "sep=;\r\n")


@read("line-ends.csv")
def line_ends() -> bytes:
    """Three kinds of line ends in one file."""
    rows = [lines(row, end="") for row in TABLE]
    return f"{rows[0]}\r\n{rows[1]}\n{rows[2]}\r{rows[3]}".encode()


@read("old-mac.csv")
def old_mac() -> bytes:
    """Lines that end as they did on machines of the nineties."""
    return PLAIN.replace("\r\n", "\r").encode()


@read("blank-lines.csv", heading_row=101, numbers=(152, 153, 204))
def blank_lines() -> bytes:
    """A hundred blank rows above the headings, fifty between the pupils."""
    rows = [lines(row) for row in TABLE]
    return ("\r\n" * 100 + rows[0] + ",,,,\r\n" * 50 + rows[1] + rows[2] + "  \r\n" * 50 + rows[3]).encode()


@read("blank-columns.csv")
def blank_columns() -> bytes:
    """Sixteen thousand blank columns to the right, in every row."""
    return lines(*[(*row, *[""] * 16_000) for row in TABLE]).encode()


@read("quoted.csv", rows=(('Smith, "Bob"', "Ann\nMarie", *PUPILS[0][2:]),))
def quoted() -> bytes:
    """Commas, quotation marks and a line end within cells, all as they should be."""
    cells = ",".join(PUPILS[0][2:])
    return lines(HEADINGS).encode() + f'"Smith, ""Bob""","Ann\nMarie",{cells}\r\n'.encode()


@read("inches.csv", rows=(("Smith", 'Ann 5"', *PUPILS[0][2:]),))
def inches() -> bytes:
    """A quotation mark in the middle of a cell closes and opens nothing."""
    return lines(HEADINGS, ("Smith", 'Ann 5"', *PUPILS[0][2:])).encode()


@refused("never-closed.csv", "quotation mark")
def never_closed() -> bytes:
    """A quotation mark in the first pupil's row swallows the others."""
    return PLAIN.replace("O'Neill", "\"O'Neill").encode()


@refused("closed-far-below.csv", "quotation mark")
def closed_far_below() -> bytes:
    """A quotation mark closed fifty pupils later: all between would be one cell."""
    return lines(HEADINGS, ('"Smith', *PUPILS[0][1:]), *PUPILS * 20, ('Smith"', *PUPILS[0][1:])).encode()


@read(
    "comma-too-many.csv",
    headings=(*HEADINGS, "Column F"),
    rows=((*PUPILS[0], ""), (*PUPILS[1][:4], "2 High Street", "Wealdham"), (*PUPILS[2], "")),
    remarks=("Row 3 has more cells than there are headings",),
)
def comma_too_many() -> bytes:
    """A comma within a cell that nobody quoted: nothing is lost, and the sender is told."""
    return PLAIN.replace("Great Orchard", "2 High Street,Wealdham").encode()


# --- headings ---------------------------------------------------------------------------------------------------


@read("heading-in-row-5.csv", heading_row=5, numbers=(6, 7, 8))
def heading_in_row_5() -> bytes:
    """A title, a day and a school stand above the table."""
    return ("Year 12 and 13 pupils\nPrinted,22/11/2026\nExample School,8864001\n\n" + PLAIN).encode()


@read(
    "headings-alike.csv",
    headings=("Surname", "Forename", "Date of birth", "UPN", "Surname (E)"),
    remarks=("Columns A and E have the same heading",),
)
def headings_alike() -> bytes:
    """Two headings alike."""
    return PLAIN.replace("Town", "Surname").encode()


@read("headings-odd.csv", headings=("Surname", "Forename", "Date of birth", "Column D", "Town"))
def headings_odd() -> bytes:
    """Headings over two lines, with hard spaces, and one that is blank."""
    return PLAIN.replace("Date of birth", '"Date\nof\u00a0 birth "').replace("UPN", " ").encode()


@refused("heading-only.csv", "no table")
def heading_only() -> bytes:
    """The row of headings, and nobody below it."""
    return lines(HEADINGS).encode()


# --- what cells hold --------------------------------------------------------------------------------------------


@read("empty-bytes.csv")
def empty_bytes() -> bytes:
    """Bytes of nothing between the letters, as a broken export leaves them."""
    return PLAIN.replace("Ashdown", "Ash\x00down").replace("Wealdham", "Wealdham\x00", 1).encode()


@read("signals.csv")
def signals() -> bytes:
    """Signals to an old terminal within names."""
    return PLAIN.replace("Ashdown", "\x1bAsh\x07down").encode()


FORMULAS = (
    "=cmd|' /C calc'!A0",
    '=WEBSERVICE("http://127.0.0.1:47113/leak")',
    "+44 7700 900123",
    "@SUM(1+1)",
    "-2+3",
)


@read("formulas.csv", rows=(FORMULAS,))
def formulas() -> bytes:
    """Cells that would compute in a spreadsheet: they are letters to us."""
    return (lines(HEADINGS) + ",".join('"' + cell.replace('"', '""') + '"' for cell in FORMULAS)).encode()


MARKUP = (
    "<script>alert(1)</script>",
    "${7*7}#{7*7}<%= 7*7 %>",
    "'; DROP TABLE tracking_youngperson;--",
    "&lt;b&gt;",
    "%s%n",
)


@read("markup.csv", rows=(MARKUP,))
def markup() -> bytes:
    """Cells that would run in a page, a template or a database."""
    return lines(HEADINGS, MARKUP).encode()


AS_PEOPLE_WRITE = (
    ("Smith", "Ann", "1st May 2009", "12", "07700900123"),
    ("Brown", "Bea", "01/05/09", "12", "7700900123"),
    ("Green", "Cal", "05/31/2009", "12", "1.23457E+09"),
    ("White", "Dee", "39934", "12", "0012345678"),
)


@read("days.csv", rows=AS_PEOPLE_WRITE)
def days() -> bytes:
    """Days in words, short, in American order and as Excel counts them; numbers with and without their zeros."""
    return lines(HEADINGS, *AS_PEOPLE_WRITE).encode()


# --- too much ---------------------------------------------------------------------------------------------------


@refused("rows-60001.csv", "more than 60,000 rows")
def too_many_rows() -> bytes:
    """One row more than the largest county has pupils three times over."""
    return (lines(HEADINGS) + lines(PUPILS[0]) * 60_001).encode()


@read("rows-60000.csv", count=60_000)
def most_rows() -> bytes:
    """As many rows as may be."""
    return (lines(HEADINGS) + lines(PUPILS[0]) * 60_000).encode()


@refused("columns-201.csv", "more than 200 columns")
def too_many_columns() -> bytes:
    """One column more than may be."""
    return lines([f"Heading {at}" for at in range(201)], ["x"] * 201).encode()


@refused("cell-32768.csv", "longer than 32,767")
def cell_too_long() -> bytes:
    """One letter more than a cell of Excel can hold."""
    return PLAIN.replace("Great Orchard", "x" * 32_768).encode()


@read("cell-32767.csv", rows=(PUPILS[0], (*PUPILS[1][:4], "x" * 32_767), PUPILS[2]))
def longest_cell() -> bytes:
    """As many letters as a cell of Excel can hold."""
    return PLAIN.replace("Great Orchard", "x" * 32_767).encode()


@refused("one-line.csv", "longer than", "columns", "no table", "no spreadsheet")
def one_line() -> bytes:
    """Eight million letters without a line end."""
    return b"x" * 8_000_000


@refused("commas.csv", "columns", "empty", "no table")
def commas() -> bytes:
    """Eight million cells in one row."""
    return b"x," * 4_000_000
