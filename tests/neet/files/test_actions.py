"""Files are kept whole under names nobody can guess, or not at all."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from neet.audit.models import AuditEvent
from neet.files import actions
from neet.files.models import StoredFile
from tests.files.hostile.strangers import packed
from tests.neet.accounts.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def room(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SCAN_COMMAND = []


def store(content: bytes, name: str = "return.csv") -> StoredFile:
    return actions.store(
        source=SimpleUploadedFile(name, content), name=name, purpose="intake", by=make_user(), authority_id=1
    )


def on_disk(tmp_path) -> list:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_is_kept_whole_with_its_digest_and_without_its_name(tmp_path):
    kept = store(b"a,b\n1,2\n", "../../etc/Ann Other.csv")

    assert kept.path.read_bytes() == b"a,b\n1,2\n"
    assert kept.sha256 == hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert kept.name == "Ann Other.csv"
    assert "Ann" not in str(kept.path)
    assert oct(kept.path.stat().st_mode)[-3:] == "600"
    assert AuditEvent.objects.get(kind="files.file_stored").counts == {"bytes": 8, "file": kept.pk}


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("C:\\Users\\Ann\\pupils.csv", "pupils.csv"),
        ("../..", "file"),
        ("", "file"),
        ("a\x00b\r\nSet-Cookie: c.csv", "abSet-Cookie: c.csv"),
        ("pupils\u202exslx.exe", "pupilsxslx.exe"),
        ("<script>alert(1)</script>.csv", "script>.csv"),
        ("Zoë 🎓.csv", "Zoë 🎓.csv"),
        ("x" * 400 + ".xlsx", "x" * 190 + "…" + "xxxx.xlsx"),
    ],
)
def test_a_name_is_kept_as_it_can_be_shown(sent, shown):
    kept = actions.store(source=[b"a,b\n"], name=sent, purpose="intake", by=None, authority_id=1)

    assert StoredFile.objects.get(pk=kept.pk).name == shown


def test_the_directory_of_an_archive_is_not_unrolled_to_tell_its_kind(tmp_path):
    countless = packed({f"xl/{number:06}": b"" for number in range(20_000)})

    assert store(countless, "harmless.xlsx").kind == "zip"
    assert store(packed({"xl/workbook.xml": b"<x/>"}), "harmless.csv").kind == "xlsx"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"a,b\n1,2\n", "csv"),
        ("a,b\n".encode("utf-16"), "csv"),
        (b"<?xml version='1.0'?><a/>", "xml"),
        (b"%PDF-1.7", "pdf"),
        (b"PK\x03\x04", "zip"),
        (b"\xd0\xcf\x11\xe0", "xls"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04", "other"),
    ],
)
def test_the_kind_is_told_from_the_content(content, kind):
    assert store(content, "harmless.csv").kind == kind


def test_a_file_larger_than_allowed_leaves_nothing_behind(settings, tmp_path):
    settings.LARGEST_FILE = 1 << 20

    with pytest.raises(actions.CannotStore, match="larger than 1 MB"):
        store(b"x" * ((1 << 20) + 1))

    assert on_disk(tmp_path) == []
    assert not StoredFile.objects.exists()


def test_no_room_is_said_politely_and_leaves_nothing_behind(settings, tmp_path):
    (tmp_path / "full").write_text("")
    settings.MEDIA_ROOT = tmp_path / "full"

    with pytest.raises(actions.CannotStore, match="no room"):
        store(b"a,b\n")

    assert not StoredFile.objects.exists()


def test_the_virus_check_is_asked(settings, tmp_path):
    settings.SCAN_COMMAND = ["false"]

    with pytest.raises(actions.CannotStore, match="virus check"):
        store(b"a,b\n")

    assert on_disk(tmp_path) == []


def test_a_removed_file_is_gone_from_the_disk(tmp_path, django_capture_on_commit_callbacks):
    kept = store(b"a,b\n")

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(file=kept, by=None, why="retention")

    assert on_disk(tmp_path) == []
    assert not StoredFile.objects.exists()
