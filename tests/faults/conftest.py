"""The record of a proof: one line for each part, under the results."""

import pytest

RECORD: list[str] = []


@pytest.fixture(scope="session")
def record() -> list[str]:
    """Lines for the record, in the order they were proved."""
    return RECORD


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was proved, how often and how long it took."""
    if RECORD:
        terminalreporter.section("faults")
        for line in RECORD:
            terminalreporter.write_line(line)
