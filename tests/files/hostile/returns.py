"""Returns that can be read and are not right: the wrong pupils, days and numbers as machines spoil them."""

from tests.files.hostile.case import Collection, lines

FILES = Collection()
HEADINGS = (
    "Surname",
    "Forename",
    "DOB",
    "Gender",
    "UPN",
    "ULN",
    "Address line 1",
    "Postcode",
    "Year group",
    "Mobile",
)
ANN = ("Smith", "Ann", "05/10/2009", "F", "L886400109010", "", "1 Mill Lane", "ZZ9 9ZZ", "12", "07700900123")
BEA = ("Brown", "Bea", "17/11/2009", "F", "A886400109011", "", "2 Mill Lane", "ZZ9 9ZZ", "12", "07700900124")
CAL = ("Green", "Cal", "28/02/2010", "M", "P886400109012", "", "3 Mill Lane", "ZZ9 9ZZ", "12", "07700900125")
ALL = (ANN, BEA, CAL)


def changed(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    """The row with other cells, by the first word of their heading."""
    at = {heading.split()[0].lower(): place for place, heading in enumerate(HEADINGS)}
    made = list(row)
    for name, text in cells.items():
        made[at[name]] = text
    return tuple(made)


def a_return(
    name: str,
    about: str,
    *rows: tuple[str, ...],
    problems: tuple[tuple[int, str], ...] = (),
    clean: tuple[tuple[int, str, str], ...] = (),
    headings: tuple[str, ...] = HEADINGS,
) -> None:
    """A file of these rows, and what a check must find in it."""

    def make() -> bytes:
        quoted = [[f'"{cell}"' if "," in cell else cell for cell in row] for row in (headings, *rows)]
        return lines(*quoted).encode()

    make.__doc__ = about
    wide = [(*row, *[""] * (len(headings) - len(row))) for row in rows]
    FILES.read(name, headings=headings, rows=tuple(wide), problems=problems, clean=clean)(make)


BORN, MOBILE = "date_of_birth", "mobile"

a_return("right.csv", "Nothing is wrong.", *ALL, clean=((2, BORN, "2009-10-05"), (2, MOBILE, "07700 900123")))
a_return("twice.csv", "One learner on two rows.", *ALL, ANN, problems=((5, "twice"),))
a_return(
    "upn-twice.csv",
    "One number beside two names.",
    ANN,
    changed(BEA, upn=ANN[4]),
    problems=((3, "shared_number"),),
)
a_return("other-school.csv", "Every row names another school.", *[(*row, "886/5999") for row in ALL],
         headings=(*HEADINGS, "LAESTAB"), problems=((2, "other_school"), (4, "other_school")))  # fmt: skip
a_return("year-9.csv", "Pupils three years too young.", changed(ANN, dob="05/10/2012", year="9"),
         problems=((2, "outside_years"),))  # fmt: skip
a_return(
    "grown-up.csv",
    "Somebody of thirty.",
    changed(ANN, dob="05/10/1996"),
    problems=((2, "birth_not_possible"),),
)
a_return("american.csv", "The month stands first.", changed(ANN, dob="10/25/2009"), changed(BEA, dob="11/17/2009"),
         changed(CAL, dob="02/28/2010"), clean=((2, BORN, "2009-10-25"), (4, BORN, "2010-02-28")))  # fmt: skip
a_return("days-in-words.csv", "Days in words.", changed(ANN, dob="5th October 2009"), changed(BEA, dob="17-Nov-09"),
         clean=((2, BORN, "2009-10-05"), (3, BORN, "2009-11-17")))  # fmt: skip
a_return("days-counted.csv", "Days as Excel counts them.", changed(ANN, dob="40091"), changed(BEA, dob="40134"),
         clean=((2, BORN, "2009-10-05"),))  # fmt: skip
a_return("day-that-never-was.csv", "The 31st of February.", changed(ANN, dob="31/02/2010"), BEA,
         problems=((2, "no_such_day"),))  # fmt: skip
a_return("no-zeros.csv", "Telephone numbers without their zero.", changed(ANN, mobile="7700900123"), BEA,
         clean=((2, MOBILE, "07700 900123"),))  # fmt: skip
a_return("rounded.csv", "A number that a spreadsheet rounded.", changed(ANN, uln="1.23457E+09"), BEA,
         problems=((2, "number_rounded"),))  # fmt: skip
a_return("failed.csv", "What a formula leaves when it fails.", changed(ANN, dob="#N/A"), BEA,
         problems=((2, "spreadsheet_error"),))  # fmt: skip
a_return("formula.csv", "A cell that would start a program.", changed(ANN, address="=cmd|' /C calc'!A0"), BEA,
         problems=((2, "formula"),))  # fmt: skip
a_return("total.csv", "A line with the sum below the pupils.", *ALL, ("Total", "", "", "", "", "", "", "", "3", ""),
         problems=((5, "missing"),))  # fmt: skip
a_return("names-together.csv", "Both names in one cell.", changed(ANN, surname="Smith, Ann", forename=""), BEA,
         problems=((2, "names_together"),))  # fmt: skip
a_return("long-name.csv", "A name of thirty thousand letters.", changed(ANN, surname="x" * 30_000), BEA,
         problems=((2, "too_long"),))  # fmt: skip
a_return("script-for-a-name.csv", "A name that would run in a page.", changed(ANN, surname="<script>alert(1)</script>"),
         BEA, problems=((2, "name_signs"),))  # fmt: skip
a_return("other-alphabet.csv", "A name in Arabic letters.", changed(ANN, surname="محمد"), BEA,
         problems=((2, "name_letters"),))  # fmt: skip
a_return(
    "9995999SchoolPost16Enrolment2026-27.csv",
    "Named for a school of another council.",
    *ALL,
    problems=((0, "file_authority"),),
)
a_return("SchoolPost16Enrolment2024-25.csv", "Named for another year.", *ALL, problems=((0, "file_year"),))
