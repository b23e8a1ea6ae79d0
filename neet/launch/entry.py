"""The entrance of manage.py: the project's own environment, then the services, then Django.

Standard library only until the environment is the right one.
"""

import os
import sys
from collections.abc import Sequence

from neet.launch import tools
from neet.launch.places import PYTHON, ROOT, VENV
from neet.launch.services import services

# Commands that ask no database start none.
WITHOUT_DATABASE = {"", "help", "--help", "-h", "version", "--version", "check_nccis", "collectstatic"}


def main(argv: Sequence[str]) -> None:
    """Run one Django command with everything it needs around it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neet.settings")
    use_own_environment(argv)
    command = argv[1] if len(argv) > 1 else ""
    if command in WITHOUT_DATABASE:
        run_django(argv)
        return
    with services() as environment:
        os.environ.update(environment)
        run_django(argv)


def use_own_environment(argv: Sequence[str]) -> None:
    """Start again under the project's environment, made from the lock where it is missing or old."""
    if os.path.realpath(sys.prefix) == os.path.realpath(VENV):
        return
    tools.prepare(screens=False)
    os.execv(PYTHON, [str(PYTHON), str(ROOT / "manage.py"), *argv[1:]])


def run_django(argv: Sequence[str]) -> None:
    """Hand over to Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(list(argv))
