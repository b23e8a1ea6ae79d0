"""Every button, link, heading and menu entry that a guide prints in bold stands on the page it speaks of, and every
picture is there, small, and shown."""

import html
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from neet.launch.places import ROOT
from tests.factories import make_authority, make_school, make_user, seed_reference, sign_in
from tests.guides.pictures import LARGEST, ON_A_TELEPHONE, PICTURES

GUIDES = ROOT / "docs" / "guides"
# Words in bold: who reads them, and on which page.
WORDS = {
    "officer": {
        "My calls today": ("tracking_officer", "home"),
        "To do": ("tracking_officer", "home"),
        "Find": ("tracking_officer", "home"),
        "Register": ("tracking_officer", "home"),
        "Filter this list": ("tracking_officer", "register"),
        "Add a young person": ("tracking_officer", "register"),
        "Calls": ("tracking_officer", "home"),
        "To confirm": ("tracking_officer", "calls"),
        "Cases": ("tracking_officer", "home"),
        "Tasks": ("tracking_officer", "home"),
        "Figures": ("tracking_officer", "home"),
        "Sign out": ("tracking_officer", "home"),
    },
    "administrator": {
        "Council": ("mi_officer", "home"),
        "Colleagues": ("system_admin", "colleagues"),
        "Bring your register": ("mi_officer", "establishments"),
        "Returns": ("mi_officer", "home"),
        "Who is who": ("mi_officer", "returns_board"),
        "This month": ("mi_officer", "home"),
        "Check all records": ("mi_officer", "this_month"),
        "Figures": ("mi_officer", "home"),
        "For everybody": ("mi_officer", "figures"),
        "Rules": ("mi_officer", "establishments"),
        "Rights": ("governance", "home"),
        "Agreements": ("governance", "home"),
    },
    "school": {
        "Home": ("school_user", "home"),
        "What is due": ("school_user", "home"),
        "Tell the council of one leaver": ("school_user", "home"),
        "Your pupils": ("school_user", "home"),
        "Files for you": ("school_user", "home"),
        "Colleagues": ("school_user", "home"),
        "Invite a colleague": ("school_user", "own_colleagues"),
    },
}
# Words of pages that a return has to be under way for, or that are about somebody: journeys open those.
UNDER_WAY = {
    "administrator": {"They lost their second step": "templates/schools/colleague.html"},
    "school": {
        "Start": "returns/intake/queries/standing.py",
        "Nothing to return": "templates/returns/intake/due_list.html",
        "Check and send": "templates/returns/intake/send.html",
    },
}
PICTURED = {name for wanted in PICTURES.values() for _, name in wanted} | {
    name for _, name in ON_A_TELEPHONE.values()
}
PAGES = (ROOT / "README.md", *sorted(GUIDES.glob("*.md")))


def in_bold(guide: str) -> set[str]:
    return set(re.findall(r"\*\*([^*]+)\*\*", (GUIDES / f"{guide}.md").read_text()))


@pytest.mark.parametrize("guide", sorted(path.stem for path in GUIDES.glob("*.md")))
def test_every_word_in_bold_is_looked_for(guide: str) -> None:
    assert in_bold(guide) == set(WORDS[guide]) | set(UNDER_WAY.get(guide, {}))


@pytest.mark.django_db
@pytest.mark.parametrize("guide", sorted(WORDS))
def test_a_word_in_bold_stands_on_its_page(guide: str, client: Client) -> None:
    seed_reference()
    authority = make_authority()
    places = {"school_user": {"establishment": make_school(la_code=authority.code)}, "system_admin": {}}
    missing = []
    for role in sorted({role for role, _ in WORDS[guide].values()}):
        user = make_user(role, None if role == "system_admin" else authority, **places.get(role, {}))
        sign_in(client, user)
        for words, (whose, name) in WORDS[guide].items():
            page = (
                html.unescape(client.get(reverse(name), follow=True).content.decode())
                if whose == role
                else words
            )
            if words not in page:
                missing.append((words, role, name))

    assert missing == []


@pytest.mark.parametrize(
    ("words", "place"), [each for pairs in UNDER_WAY.values() for each in pairs.items()], ids=str
)
def test_a_word_of_a_return_under_way_stands_where_its_page_is_made(words: str, place: str) -> None:
    assert words in (ROOT / place).read_text()


def test_every_picture_is_small_and_shown() -> None:
    shown = {
        Path(each).stem for page in PAGES for each in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text())
    }
    there = {path.stem: path.stat().st_size for path in (GUIDES / "pictures").glob("*.png")}

    assert set(there) == PICTURED == shown
    assert [name for name, size in there.items() if size > LARGEST] == []
