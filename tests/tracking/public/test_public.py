"""A month before the public: put forward, signed off by somebody else, read without an account, taken back."""

import hashlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from neet.files.reader import open_table
from neet.messages.actions import deliver
from tests.factories import make_user, sign_in
from tests.neet.documents.test_pdf import insides
from tests.tracking.released.conftest import MONTHS, County
from tests.tracking.released.county import told_by_pages
from tests.tracking.released.test_attack import pinned, told
from tracking.public.actions import (
    CannotRelease,
    add_reader,
    end_reader,
    open_figures,
    propose,
    sign_off,
    withdraw,
)
from tracking.public.models import PublicReader, PublicRelease
from tracking.released.models import ReleasedCell

EVERYBODY, LISTED, NOBODY = "everybody", "listed", "nobody"
ADDRESSES = ("public_figures", "public_figures_month", "public_figures_file")


@pytest.fixture(autouse=True)
def _own_files(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]  # the settings of this test


@pytest.fixture
def people(county: County) -> tuple[User, User]:
    """Who puts months forward and who signs them off."""
    return make_user("mi_officer", county.authority), make_user("manager", county.authority)


@pytest.fixture
def public(county: County, people: tuple[User, User]) -> Iterator[list[PublicRelease]]:
    """Three months public, for everybody."""
    open_figures(authority=county.authority, open_to=EVERYBODY, needs_other=True, by=people[1])
    return [sign_off(release=propose(freeze=each, by=people[0]), by=people[1]) for each in county.freezes]


def addresses(month: str = "2026-09") -> list[str]:
    return [
        reverse("public_figures", args=["886"]),
        reverse("public_figures_month", args=["886", month]),
        *(reverse("public_figures_file", args=["886", month, which]) for which in ("pdf", "csv", "sheet")),
    ]


def statuses(client: Client) -> set[int]:
    answers = [client.get(address) for address in addresses()]
    for each in answers:
        b"".join(each)  # a file is closed once it is read
    return {each.status_code for each in answers}


def test_two_people_make_a_month_public_and_one_takes_it_back(county, people):
    officer, manager = (sign_in(Client(), each) for each in people)
    freeze, out = county.freezes[0], Client()
    open_figures(authority=county.authority, open_to=EVERYBODY, needs_other=True, by=people[1])
    absent = out.get("/public/999/").content

    put = officer.post(reverse("propose_month"), {"month": freeze.pk})
    assert {out.get(each).status_code for each in addresses()[1:]} == {404}
    assert officer.post(put["Location"] + "sign-off/", {"seen": "on"}).status_code == 404
    assert manager.post(put["Location"] + "sign-off/", {}).status_code == 200  # not looked at
    manager.post(put["Location"] + "sign-off/", {"seen": "on"})
    assert statuses(out) == {200}

    manager.post(put["Location"] + "take-back/", {"why": "A district was counted twice"})
    gone = out.get(addresses()[1])
    assert (gone.status_code, gone.content) == (404, absent)
    assert set(AuditEvent.objects.filter(kind__startswith="public_figures.month").values_list("kind", flat=True)) == {
        "public_figures.month_put_forward", "public_figures.month_made_public", "public_figures.month_taken_back",
    }  # fmt: skip
    assert "A district was counted twice" in officer.get(put["Location"]).content.decode()


def test_whoever_put_it_forward_signs_it_off_only_where_the_council_says_so_and_with_a_reason(county, people):
    manager = people[1]
    made = propose(freeze=county.freezes[0], by=manager)

    with pytest.raises(CannotRelease, match="Somebody else"):
        sign_off(release=made, why="I am alone", by=manager)
    open_figures(authority=county.authority, open_to=NOBODY, needs_other=False, by=manager)
    with pytest.raises(CannotRelease, match="why"):
        sign_off(release=made, by=manager)
    assert sign_off(release=made, why="I am alone", by=manager).signed_why == "I am alone"
    with pytest.raises(CannotRelease, match="already"):
        propose(freeze=county.freezes[0], by=manager)
    withdraw(release=made, why="Once more", by=manager)
    assert propose(freeze=county.freezes[0], by=manager).is_proposed


def test_the_files_are_the_bytes_that_were_signed_off_and_say_what_was_kept(county, public):
    release, out = public[0], Client()
    files = [out.get(address) for address in addresses()[2:]]
    got = {which: b"".join(each) for which, each in zip(("pdf", "csv", "sheet"), files, strict=True)}

    for which, content in got.items():
        assert hashlib.sha256(content).hexdigest() == getattr(release, which).sha256
    assert b"StructTreeRoot" in insides(got["pdf"])  # tagged
    managers = b"".join(county.manager.get(reverse("released_tables_file"), {"month": "2026-09"}))
    assert got["csv"] == managers
    with ZipFile(BytesIO(got["sheet"])) as packed:
        assert packed.infolist()[0].filename == "mimetype"
    kept = ReleasedCell.objects.filter(table__freeze=county.freezes[0], table__slug="district", kind="neet")
    with open_table(release.sheet.path, sheet="District") as table:
        sheet = {row["District"]: row["NEET"] for _, row in table.rows}
    assert sheet == {each.words: str(each.value if each.value is not None else "not shown") for each in kept}


def test_whoever_takes_public_pages_and_files_together_with_a_managers_learns_of_no_few(county, public):
    out = Client()
    pages = [addresses(month)[1] for month in MONTHS]
    shown = told_by_pages(out, pages)
    managers = told(county)

    assert len(shown) > 30
    assert all(managers[fact] == number for fact, number in shown.items())
    assert not pinned(county)


def test_on_a_list_each_reads_by_a_link_of_their_own_until_it_ends(county, people, public):
    manager = people[1]
    open_figures(authority=county.authority, open_to=LISTED, needs_other=True, by=manager)
    assert statuses(Client()) == {404}
    reader = add_reader(
        authority=county.authority, name="A Partner", email="partner@example.org",
        until_on=county.freezes[-1].month.replace(year=2027), by=manager,
    )  # fmt: skip
    before = reader.digest
    deliver()
    text = mail.outbox[-1].body
    path = next(line for line in text.splitlines() if "/public/by-link/" in line).partition("/public")[2]
    assert PublicReader.objects.get().digest != before

    visitor = Client()
    assert visitor.get(f"/public{path}")["Location"] == addresses()[0]
    assert statuses(visitor) == {200}
    assert Client().get("/public/by-link/guessed/").status_code == 404
    end_reader(reader=reader, by=manager)
    assert statuses(visitor) == {404}


def test_pages_take_few_statements(county, people, public, django_assert_max_num_queries):
    manager, out = sign_in(Client(), people[1]), Client()
    for client, address in (
        (out, addresses()[0]), (out, addresses()[1]),
        (manager, reverse("public_months")), (manager, reverse("public_month", args=[public[0].pk])),
    ):  # fmt: skip
        with django_assert_max_num_queries(16):
            assert client.get(address).status_code == 200
