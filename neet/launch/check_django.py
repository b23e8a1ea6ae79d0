"""The part of bin/check that needs Django: deployment settings and missing migrations, in one start of it."""

import os
import sys
import warnings

import django
from django.core.management import CommandError, call_command


def main() -> int:
    """Both questions are asked even when the first fails."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neet.settings")
    warnings.filterwarnings("ignore", "Got an error checking a consistent migration history")
    django.setup()
    failed = False
    for name, options in (
        ("check", {"deploy": True, "fail_level": "WARNING"}),
        ("makemigrations", {"check_changes": True, "dry_run": True}),
    ):
        try:
            call_command(name, **options)
        except (CommandError, SystemExit) as problem:
            print(problem)
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
