"""What the gallery shows: invented people, schools and figures in every state a part can be in."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from neet.ui import charts
from neet.ui.context import SignedIn
from neet.ui.fields import DayField, Option, SeveralField
from neet.ui.forms import PlainForm, chosen
from neet.ui.listing import Listing, listing_of
from neet.ui.parts import Answer, Link, Pace, Progress, Section

MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
SORTS = {"name": ("name",), "school": ("school", "name"), "checked": ("checked_on",)}
SCHOOLS = (("1", "Ash Lane Academy"), ("2", "Long Meadow School"), ("3", "River College"))
STATUSES = (("known", "Situation known"), ("unknown", "Situation not known"), ("due", "Check is due"))
PEOPLE = (
    ("Ann Other", "Ash Lane Academy", "School sixth form", "210", date(2026, 10, 2), "Known", "good"),
    (
        "Błażej Wójcik",
        "Long Meadow School",
        "Looking for work or training",
        "619",
        date(2026, 6, 11),
        "Check is due",
        "attention",
    ),
    (
        "Siân Gruffudd-Ŵyn",
        "River College",
        "Full-time at a further education college",
        "220",
        date(2026, 9, 30),
        "Known",
        "good",
    ),
    ("Tom Nobody", "River College", "Not recorded", "", None, "Not known", "waiting"),
    (
        "Zara Longname-Featherstonehaugh",
        "Ash Lane Academy",
        "Training with an employer",
        "330",
        date(2026, 11, 19),
        "Known",
        "good",
    ),
)


class SampleFilter(PlainForm):
    """The filters of a list; nothing that names a person is among them."""

    status = forms.ChoiceField(choices=(("", "Any"), *STATUSES), required=False)
    school = SeveralField(
        choices=SCHOOLS, required=False, widget=forms.CheckboxSelectMultiple(attrs={"data-small": True})
    )


class SampleForm(PlainForm):
    """One of every kind of field."""

    name = forms.CharField(label="Full name", help_text="As the school has it")
    upn = forms.CharField(label="UPN", widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}))
    born_on = DayField(label="Date of birth", must="past", help_text="For example, 27 3 2009")
    situation = forms.ChoiceField(
        label="What are they doing now?",
        widget=forms.RadioSelect,
        choices=[
            ("210", Option("At a school sixth form", small="210")),
            ("220", Option("At college, full time", hint="16 hours a week or more", small="220")),
            ("619", Option("Looking for work or training", small="619")),
        ],
    )
    told_by = forms.ChoiceField(
        label="Did they tell you themselves?",
        widget=forms.RadioSelect(attrs={"data-inline": True}),
        choices=[("yes", "Yes"), ("no", "No")],
    )
    needs = SeveralField(
        label="What would help?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("travel", "Travel"),
            ("money", "Money"),
            ("mentor", Option("A mentor", hint="One person for a year")),
        ],
    )
    school = forms.ChoiceField(label="School", choices=(("", "Choose one"), *SCHOOLS))
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    file = forms.FileField(label="File", help_text="A spreadsheet or a CSV file, up to 20 MB")
    agreed = forms.BooleanField(label="They agreed that the school may tell us more")


class OneQuestion(PlainForm):
    """A page that asks one thing."""

    reason = forms.ChoiceField(
        label="Why are you opening this record?",
        help_text="Your answer is kept with the date and your name.",
        widget=forms.RadioSelect,
        choices=[
            ("complaint", "A complaint"),
            ("request", "A request for information"),
            ("other", "Something else"),
        ],
    )


DESK = {
    "council": "Invented County Council",
    "signed_in_as": SignedIn("Bertha Lee", "Tracking officer"),
    "search_url": "#",
    "account_url": "#",
    "sign_out_url": "#",
    "navigation": [
        Link("My calls today", "#", current=True),
        Link("Register", "#"),
        Link("Returns", "#"),
        Link("Errors to mend", "#"),
        Link("Figures", "#"),
    ],
}


def sheets(current: str) -> list[Link]:
    """The sub-navigation between sheets."""
    return [
        Link(name.replace("-", " ").capitalize(), reverse("gallery_sheet", args=[name]), name == current)
        for name in SHEETS
    ]


def parts(asked: QueryDict) -> dict[str, Any]:
    return {
        "items": [
            Link("Overview", "#", True),
            Link("Timeline", "#", count=24),
            Link("Contacts", "#", count=0),
        ],
        "moment": datetime(2026, 11, 19, 15, 4, tzinfo=UTC),
        "today": date(2026, 11, 22),
        "nothing": None,
        "sections": [
            Section(
                "The young person",
                [Answer("Name", "Ann Other", "#"), Answer("Date of birth", "1 May 2009", "#")],
            ),
            Section("The situation", [Answer("Now", "At college, full time", "#"), Answer("Note", "", "#")]),
        ],
    }


def progress(asked: QueryDict) -> dict[str, Any]:
    url = reverse("gallery_sheet", args=["progress"])
    state = next((pace for pace in Pace if pace == asked.get("pace")), Pace.RUNNING)
    title = "Checking autumn-return.xlsx"
    said = {Pace.FAILED: "The file could not be read. Save it again as a spreadsheet and send it once more."}
    shown = Progress(title, state, f"{url}?pace={state}", 1240, 15000, "rows", said.get(state, ""), url, url)
    return {
        "progress": shown,
        "paces": [Link(pace.capitalize(), f"?pace={pace}", pace is state) for pace in Pace],
    }


def lists(asked: QueryDict) -> dict[str, Any]:
    form = SampleFilter(asked)
    listing = listing_of(asked, sorts=SORTS, first="name", filters=form.fields, per_page=5).counted(1234)
    return {
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "people": PEOPLE,
        "short": short_list(),
    }


def short_list() -> Listing:
    return listing_of(QueryDict(), sorts=SORTS, first="name").counted(1)


def empty_form(asked: QueryDict) -> dict[str, Any]:
    return {"form": SampleForm()}


def wrong_form(asked: QueryDict) -> dict[str, Any]:
    typed = QueryDict(
        "upn=A1&born_on_day=31&born_on_month=feb&born_on_year=2009&situation=999&note=Rang+twice"
    )
    form = SampleForm(typed, {})
    form.add_error("upn", "UPN must have 13 characters")
    return {"form": form}


def question(asked: QueryDict) -> dict[str, Any]:
    return {"form": OneQuestion()}


def nothing(asked: QueryDict) -> dict[str, Any]:
    return {}


def record(asked: QueryDict) -> dict[str, Any]:
    return {**parts(asked), "born_on": date(2009, 5, 1)}


def figures(asked: QueryDict) -> dict[str, Any]:
    return {"figures": [months_figure(), bars_figure(), parts_figure(), districts_figure()]}


def portal(asked: QueryDict) -> dict[str, Any]:
    contact = {"name": "B Lee", "telephone": "01632 960001", "email": "returns@council.example"}
    return {"council": "Invented County Council", "council_contact": contact}


def paper(asked: QueryDict) -> dict[str, Any]:
    return {**figures(asked), "today": date(2026, 11, 22)}


def months_figure() -> charts.Figure:
    series = [
        charts.Series("Last year", (2.9, 3.0, 3.1, 3.2, 3.4, None, 2.6, 2.7, 2.9, 3.1, 3.1, 3.0)),
        charts.Series("This year", (2.7, 2.7, 2.8, 2.9, 3.1, None, 2.3, 2.4, 2.5, None, None, None)),
        charts.Series("England", (3.2, 3.2, 3.3, 3.3, 3.5, None, 2.9, 3.0, 3.1, 3.1, 3.2, 3.2)),
    ]
    subtitle = "Young people of academic age 16 and 17 who were NEET, per cent, by month"
    drawing = charts.lines(
        MONTHS, series, title=subtitle, description="Every month of this year is lower.", unit="%"
    )
    rows = [(month, *(figure_or_words(each.values[n]) for each in series)) for n, month in enumerate(MONTHS)]
    return charts.Figure(
        "Fewer were NEET in December than a year before",
        subtitle,
        drawing,
        ("Month", *(each.name for each in series)),
        rows,
        csv_url="#",
        source="September is not measured: everyone is being placed.",
    )


def figure_or_words(value: float | None) -> float | str:
    return "no figure" if value is None else value


def bars_figure() -> charts.Figure:
    shares = (("East and coast", 4.1), ("Town centre", 3.6), ("North", 2.2), ("Villages", 0.0))
    items = [charts.Bar(name, value) for name, value in shares]
    subtitle = "Young people of academic age 16 and 17 who were NEET, per cent, by district, November 2026"
    drawing = charts.bars(
        items, title=subtitle, description="East and coast is highest at 4.1%.", unit="%", places=1
    )
    rows = [(item.label, item.value) for item in items]
    message = "East and coast has almost twice the share of North"
    return charts.Figure(message, subtitle, drawing, ("District", "Per cent"), rows)


def parts_figure() -> charts.Figure:
    labels = ("Year 12", "Year 13", "Year 14")
    series = [
        charts.Series("In learning", (4100, 3800, 900)),
        charts.Series("In work", (120, 340, 610)),
        charts.Series("NEET", (98, 160, 120)),
        charts.Series("Not known", (31, 75, 240)),
    ]
    subtitle = "Young people by situation and year group, November 2026"
    drawing = charts.stacked(
        labels, series, title=subtitle, description="Learning shrinks and work grows with age."
    )
    rows = [(label, *(each.values[n] for each in series)) for n, label in enumerate(labels)]
    return charts.Figure(
        "Most stay in learning until 18", subtitle, drawing, ("Year", *(s.name for s in series)), rows
    )


def districts_figure() -> charts.Figure:
    names = ("East and coast", "Town centre", "North", "Villages", "South")
    series = [
        charts.Series(name, [2 + (n * 7 + m * 3) % 5 * 0.6 for m in range(12)])
        for n, name in enumerate(names)
    ]
    subtitle = "Young people whose situation is not known, per cent, by district and month"
    drawing = charts.multiples(
        MONTHS, series, title=subtitle, description="No district stays above 5%.", unit="%"
    )
    rows = [(month, *(f"{each.values[m]:.1f}" for each in series)) for m, month in enumerate(MONTHS)]
    return charts.Figure("No district stays high for long", subtitle, drawing, ("Month", *names), rows)


SHEETS: dict[str, Callable[[QueryDict], dict[str, Any]]] = {
    "parts": parts,
    "lists": lists,
    "form": empty_form,
    "wrong-form": wrong_form,
    "question": question,
    "confirm": nothing,
    "record": record,
    "charts": figures,
    "progress": progress,
    "portal": portal,
    "public": question,
    "print": paper,
}
