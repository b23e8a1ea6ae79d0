"""Where the time of a run went: the modules that took longest, under the results."""

from collections import Counter

import pytest

SHOWN = 10
FROM = 50  # modules: a run of a few is looked through without this


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After a run of many modules the slowest, with their seconds: setting up, calling and taking down."""
    took: Counter[str] = Counter()
    for found in terminalreporter.stats.values():
        for each in found:
            if isinstance(each, pytest.TestReport):
                took[each.nodeid.partition("::")[0]] += each.duration
    if len(took) < FROM:
        return
    terminalreporter.section(f"the {SHOWN} slowest modules of {len(took)}")
    for module, seconds in took.most_common(SHOWN):
        terminalreporter.write_line(f"{seconds:7.1f} s  {module}")
