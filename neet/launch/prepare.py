"""Makes a database ready in one process: tables, reference data, static files, where asked the demonstration.

Runs as the owner of the database. Every step is safe to run again, and quick when there is nothing to do.
"""

import argparse
import hashlib
import os
import shutil
import sys
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands

from neet.launch.places import var


def prepare(*, demonstration: bool) -> None:
    """Bring the database and the static files up to this checkout."""
    steps = [migrate, load_reference, collect_static]
    if demonstration:
        steps.append(seed_if_empty)
    for step in steps:
        step()
    note_demonstration()


def migrate() -> None:
    """Tables as this checkout's code expects them, and the table of the shared cache."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def load_reference() -> None:
    """Codes and rules of the reporting years; rows that people edited stay as they are."""
    if "load_reference" in get_commands():
        call_command("load_reference", verbosity=0)


def collect_static() -> None:
    """Style sheets, scripts and pictures where the web server looks, once per state of them.

    Where the environment names their place, whoever made that place has put them there: an image holds its own.
    """
    if os.environ.get("STATIC_ROOT"):
        return
    stamp, state = var() / "static.stamp", static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(state)


def static_state() -> str:
    """A digest of names, sizes and times of every static file of every app."""
    whole = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            whole.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return whole.hexdigest()


def seed_if_empty() -> None:
    """The small demonstration, only into a database nobody has used."""
    if "seed" in get_commands() and is_empty():
        print("Making the demonstration: one council, about 3,000 invented young people ...", flush=True)
        call_command("seed", size="small", demonstration=True)


def is_empty() -> bool:
    """Has nobody an account here, and is nobody in the register?"""
    return not any(apps.get_model(name).objects.exists() for name in settings.EMPTY_WITHOUT)


def note_demonstration() -> None:
    """Tell the launcher what the database says of itself: only a demonstration is started with DEMO=1."""
    note = var() / "demonstration"
    if apps.get_model("accounts.Installation").objects.filter(is_demonstration=True).exists():
        note.touch()
    else:
        note.unlink(missing_ok=True)


def main() -> None:
    """Called by bin/run and by the first manage.py of a checkout, in a process of its own."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--demonstration", action="store_true")
    options = asked.parse_args()
    os.environ["AS_OWNER"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neet.settings")
    django.setup()
    prepare(demonstration=options.demonstration)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
