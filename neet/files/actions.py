"""Keeping what people send and what we make."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.audit.kinds import Kind
from neet.files import scanner
from neet.files.content import kind_of
from neet.files.models import StoredFile

CHUNK = 1 << 20
LONGEST_NAME = 200
NO_ROOM = "There is no room for the file just now. Nothing was kept. Try again later."


class CannotStore(Exception):
    """The file was not kept; the words are for the person who sent it."""


def store(
    *,
    source: UploadedFile | Iterable[bytes],
    name: str,
    purpose: str,
    by: User | None,
    authority_id: int | None,
) -> StoredFile:
    """Keep a file: whole or not at all. Raises CannotStore for one that is too large, infected, or finds no room."""
    chunks = source.chunks(CHUNK) if isinstance(source, UploadedFile) else source
    try:
        path, location = _free_place()
    except OSError as problem:
        raise CannotStore(NO_ROOM) from problem
    try:
        size, digest = _write(path, chunks)
        _scan(path)
        with recorded(
            Kind.FILE_STORED, by=by, authority_id=authority_id, why=purpose, counts={"bytes": size}
        ) as event:
            kept = StoredFile.objects.create(
                name=_shown(name),
                kind=kind_of(path),
                size=size,
                sha256=digest,
                location=location,
                purpose=purpose,
                authority_id=authority_id,
                stored_by=by,
            )
            event.counts["file"] = kept.pk
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return kept


def remove(*, file: StoredFile, by: User | None, why: str) -> None:
    """Take a file away for good: from the disk once the row is gone."""
    with recorded(
        Kind.FILE_REMOVED, by=by, authority_id=file.authority_id, why=why, counts={"file": file.pk}
    ):
        path = file.path
        file.delete()
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def remove_many(*, files: QuerySet[StoredFile], by: User | None, authority_id: int | None, why: str) -> int:
    """Take many files of one council away for good, as one event, from the disk after the rows; says how many."""
    found = list(files)
    if not found:
        return 0
    with recorded(Kind.FILE_REMOVED, by=by, authority_id=authority_id, why=why, counts={"files": len(found)}):
        StoredFile.objects.filter(pk__in=[file.pk for file in found]).delete()
        transaction.on_commit(lambda: _unlink([file.path for file in found]))
    return len(found)


def _unlink(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _shown(name: str) -> str:
    """The name without folders and without letters nobody sees, the beginning and the ending of a long one."""
    plain = "".join(letter for letter in name.replace("\\", "/").rsplit("/", 1)[-1] if letter.isprintable())
    plain = plain.strip(" .") or "file"
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 10]}…{plain[-9:]}"


def _free_place() -> tuple[Path, str]:
    name = secrets.token_hex(16)
    location = f"{name[:2]}/{name}"
    path = Path(settings.MEDIA_ROOT) / location
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path, location


def _write(path: Path, chunks: Iterable[bytes]) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.LARGEST_FILE:
                    raise CannotStore(f"The file is larger than {settings.LARGEST_FILE >> 20} MB.")
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise CannotStore(NO_ROOM) from problem
    return size, digest.hexdigest()


def _scan(path: Path) -> None:
    if refused := scanner.refusal(path):
        raise CannotStore(refused)
