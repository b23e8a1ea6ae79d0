"""What commands get before they begin: only what is missing, in one step; words where that is not theirs to do."""

import pytest

from neet.launch import tools


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What is asked of the package manager, which a test leaves alone; it refuses."""
    found: list[list[str]] = []
    monkeypatch.setattr(tools, "apt_install", lambda wanted: found.append(wanted))
    return found


def test_what_proofs_start_is_asked_for_once_and_only_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, asked: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    here = {"clamav-daemon": True, "postgresql-15": False, "redis-server": True, "pgbackrest": False}
    assert here.keys() == tools.STARTED_BY_PROOFS.keys()
    monkeypatch.setattr(
        tools, "STARTED_BY_PROOFS", {name: lambda is_here=is_here: is_here for name, is_here in here.items()}
    )

    tools.install_what_proofs_start()

    assert asked == [["postgresql-15", "pgbackrest"]]
    assert "those are skipped: apt-get install postgresql-15 pgbackrest" in capsys.readouterr().err


def test_where_all_is_here_nothing_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, asked: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tools, "STARTED_BY_PROOFS", dict.fromkeys(tools.STARTED_BY_PROOFS, lambda: True))

    tools.install_what_proofs_start()

    assert (asked, capsys.readouterr().err) == ([], "")
