"""The trail in another place: each seal with its events as a file of its own, where this system may add and nobody of
it takes away. Whoever changes or cuts the trail here is told apart from the copy there."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from neet.audit.models import Seal
from neet.audit.queries import Break, links
from neet.audit.rules import chain

NAME = re.compile(r"seal-(\d{12})\.jsonl")
AT_ONCE = 500


class CannotCopy(Exception):
    """The other place does not take what is copied; nothing is lost, the next turn begins where this one ended."""


@dataclass(frozen=True)
class Copied:
    """A seal as it stands in the other place."""

    number: int
    previous: bytes
    digest: bytes
    events: tuple[tuple[int, bytes], ...]


def copy_seals(folder: Path) -> int:
    """Copy what was sealed since the last copy, in order, each once; returns how many seals. A file is whole or is not
    there, and one that is there is never written again. Raises CannotCopy."""
    try:
        last = max(numbers(folder), default=0)
        wanted = Seal.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]
        copied = 0
        for seal in wanted.iterator(chunk_size=50):
            _put(folder, seal)
            copied += 1
    except OSError as problem:
        raise CannotCopy(type(problem).__name__) from problem
    return copied


def numbers(folder: Path) -> list[int]:
    """The numbers of the seals that stand there."""
    found = (NAME.fullmatch(each.name) for each in folder.iterdir())
    return sorted(int(each[1]) for each in found if each)


def _put(folder: Path, seal: Seal) -> None:
    found = links(seal.event_ids)
    head = {
        "seal": seal.pk, "at": seal.at.isoformat(), "previous": bytes(seal.previous).hex(),
        "digest": bytes(seal.digest).hex(), "events": len(seal.event_ids),
    }  # fmt: skip
    lines = [json.dumps(head), *(f"{pk} {found[pk].decode()}" for pk in seal.event_ids if pk in found)]
    path = folder / f"seal-{seal.pk:012}.jsonl"
    part = folder / f".{path.name}.part"
    with part.open("w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.chmod(0o440)
    # a name that is taken is left as it is: another worker was quicker
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink(missing_ok=True)


def copies(folder: Path) -> Iterator[Copied]:
    """What stands in the other place, in order."""
    for number in numbers(folder):
        lines = (folder / f"seal-{number:012}.jsonl").read_text(encoding="utf-8").splitlines()
        head = json.loads(lines[0])
        pairs = (line.partition(" ") for line in lines[1:])
        events = tuple((int(pk), said.encode()) for pk, _, said in pairs)
        yield Copied(number, bytes.fromhex(head["previous"]), bytes.fromhex(head["digest"]), events)


def first_difference(folder: Path) -> Break | None:
    """The first place where the trail here is not what was copied, or the copy is not whole in itself; None where both
    are the same as far as the copy goes. Reads one seal at a time."""
    previous = chain.BEGINNING
    for copied in copies(folder):
        if found := _wrong_in_itself(copied, previous) or _unlike_here(copied):
            return found
        previous = copied.digest
    return None


def _wrong_in_itself(copied: Copied, previous: bytes) -> Break | None:
    if copied.previous != previous:
        return Break(
            f"seal {copied.number} of the copy",
            "it does not follow the one before it: one is missing or changed",
        )
    for _, said in copied.events:
        previous = chain.after(previous, said)
    return None if previous == copied.digest else Break(f"seal {copied.number} of the copy", "it was changed")


def _unlike_here(copied: Copied) -> Break | None:
    here = Seal.objects.filter(pk=copied.number).first()
    if here is None:
        return Break(f"seal {copied.number}", "the copy has it, and here it is gone")
    if bytes(here.digest) != copied.digest:
        return Break(f"seal {copied.number}", "it is not what was copied")
    found = links([pk for pk, _ in copied.events])
    for pk, said in copied.events:
        if found.get(pk) != said:
            return Break(
                f"event {pk}",
                "it is not what was copied" if pk in found else "the copy has it, and here it is gone",
            )
    return None
