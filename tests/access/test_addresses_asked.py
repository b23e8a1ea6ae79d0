"""What can be put behind the question mark: ways out of the house, and words that are not answers."""

from urllib.parse import urlsplit

import pytest
from django.test import Client, RequestFactory

from neet.accounts.second_factor import way_back
from tests.access.asking import OF_THE_MOMENT
from tests.access.world import World
from tests.factories import make_user

pytestmark = pytest.mark.django_db

OUTSIDE = [
    "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "\\\\elsewhere.example",
    "https:elsewhere.example", "javascript:alert(1)", "///elsewhere.example", "/\t/elsewhere.example",
    "https://testserver@elsewhere.example/", "http:///elsewhere.example", "\x00//elsewhere.example",
]  # fmt: skip
PASSWORD = "a long enough password"


@pytest.mark.parametrize("outside", OUTSIDE)
def test_no_next_leads_out_of_the_house(outside: str, world: World) -> None:
    client = world.people["tracking_officer"].client

    for page in ("/account/second-factor/", "/account/second-factor/again/"):
        there = client.get(page, {"next": outside})["Location"]

        assert (urlsplit(there).netloc, there[0]) == ("", "/")
        assert not there.startswith(("//", "/\\"))
    asked = RequestFactory().post("/", {"next": outside})
    assert way_back(asked) == "/"


@pytest.mark.parametrize("outside", OUTSIDE[:4])
def test_signing_in_does_not_lead_out_of_the_house(outside: str, world: World) -> None:
    user = make_user("caseworker", world.here.authority, service=world.here.service, password=PASSWORD)
    client = Client()

    answer = client.post("/sign-in/", {"login": user.email, "password": PASSWORD, "next": outside})

    assert answer.status_code == 302
    assert urlsplit(answer["Location"]).netloc == ""
    assert "elsewhere" not in answer["Location"].partition("?")[0]


HOSTILE = [
    "'", "\"; DROP TABLE tracking_youngperson; --", "1 OR 1=1", "1) UNION SELECT password FROM accounts_user --",
    "_connector", "__class__", "user__password", "password__startswith", "authority__name", "pk__in",
    "-restricted_on", "restricted_reason", "?", "name;pg_sleep(5)", "%00", "\x00", "\ud7ff", "\U0001f426",
    "<script>alert(1)</script>", "${7*7}", "../../etc/passwd", "0x41", "1e309", "-1",
    "99999999999999999999", "NaN", "null", "None", "true", "[]", "{}", "a" * 2000, "\r\nSet-Cookie: x=1",
    "\u202egnp", "1,2,3", "2026-02-30", "00", " ", "%",
]  # fmt: skip
LISTS = {
    "tracking_officer": ["/register/", "/establishments/", "/council/", "/jobs/", "/rules/activity_codes/",
                         "/month/2026-10/outgrown/"],
    "mi_officer": ["/colleagues/", "/month/2026-10/errors/101/", "/bring/"],
    "governance": ["/audit/"],
}  # fmt: skip
QUESTIONS = ["sort", "page", "size", "status", "year", "school", "district", "service", "lead", "running_out", "ending",
             "characteristic", "need", "contact", "cohort", "kind", "area", "closed", "role", "state", "who", "sure",
             "by", "since", "_connector", "user__password", "q"]  # fmt: skip


@pytest.mark.parametrize(("role", "url"), [(role, url) for role, urls in LISTS.items() for url in urls])
def test_a_list_takes_no_harm_from_what_is_asked(role: str, url: str, world: World) -> None:
    """Each hostile word in every question at once: answered or refused in words, never obeyed and never a failure."""
    client = world.people[role].client

    for number, word in enumerate(HOSTILE):
        if number % 3 != len(url) % 3:
            continue
        answer = client.get(url, dict.fromkeys(QUESTIONS, word))

        assert answer.status_code in {200, 400, 404}, f"{word!r}: {answer.status_code}"
        page = answer.content.decode()
        assert "<script>alert(1)" not in page
        assert "Set-Cookie" not in answer or "x=1" not in answer["Set-Cookie"]


@pytest.mark.parametrize(
    "question", ["_connector", "user__password", "password__startswith", "restricted_on"]
)
def test_a_question_nobody_named_changes_nothing(question: str, world: World) -> None:
    client = world.people["tracking_officer"].client

    plain, asked = client.get("/register/").content, client.get("/register/", {question: "OR"}).content

    assert OF_THE_MOMENT.sub(b"", plain) == OF_THE_MOMENT.sub(b"", asked)


@pytest.mark.parametrize("sort", ["restricted_on", "-restricted_reason", "authority__name", "id", "?"])
def test_a_list_is_sorted_only_by_what_it_shows(sort: str, world: World) -> None:
    client = world.people["tracking_officer"].client

    plain, asked = client.get("/register/").content, client.get("/register/", {"sort": sort}).content

    assert OF_THE_MOMENT.sub(b"", plain) == OF_THE_MOMENT.sub(b"", asked)
