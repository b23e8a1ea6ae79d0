"""The entrance of manage.py."""

import os
from collections.abc import Sequence


def main(argv: Sequence[str]) -> None:
    """Run one Django command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neet.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(list(argv))
