"""Putting a month before the public, with a second pair of eyes, and taking it back; who is on the list of readers."""

from datetime import date
from typing import Any

from django.urls import reverse

from neet import clock
from neet.accounts.models import User
from neet.accounts.secrets import new_token
from neet.audit.actions import recorded
from neet.files.actions import store
from neet.messages.actions import send
from neet.ui.words import day
from schools.models import Authority
from tracking.figures.models import Freeze
from tracking.public.kinds import Kind
from tracking.public.models import PublicFigures, PublicReader, PublicRelease
from tracking.public.papers import digest_of, papers_of
from tracking.public.queries import digest_of_link, may_put_forward, may_sign, openness, to_put_forward
from tracking.released.queries import month_of
from tracking.rules.months import ReportingMonth

PURPOSE = "figures for the public"
ENDINGS = {"pdf": "pdf", "csv": "csv", "sheet": "ods"}
RECIPIENT, TEMPLATE = "public_reader", "public_figures_link"


class CannotRelease(Exception):
    """The month cannot be put forward, signed off or taken back so; the words are for the page."""


def propose(*, freeze: Freeze, by: User) -> PublicRelease:
    """Put a month's released tables forward, with the files the public would get. Nothing is counted: they say what was
    kept of the freeze (R22, R92). Raises CannotRelease, and CannotStore where there is no room."""
    authority = freeze.authority
    with recorded(Kind.PROPOSED, by=by, authority_id=authority.pk) as event:
        Authority.objects.select_for_update().get(pk=authority.pk)
        if not may_put_forward(by):
            raise CannotRelease("Your role does not put months forward.")
        if not to_put_forward(authority.pk).filter(pk=freeze.pk).exists():
            raise CannotRelease("This month is put forward or public already, or has no tables.")
        found = month_of(freeze)
        if not found.has_figures:
            raise CannotRelease("So few young people are counted in this month that it has no tables.")
        made = PublicRelease.objects.create(
            authority=authority,
            freeze=freeze,
            month=freeze.month,
            digest=digest_of(found),
            proposed_by=by,
            **{
                name: _stored(freeze, name, content, by)
                for name, content in papers_of(found, authority.name).items()
            },
        )
        event.counts = {"release": made.pk, "freeze": freeze.pk}
    return made


def _stored(freeze: Freeze, name: str, content: bytes, by: User) -> Any:
    said = f"neet_{ReportingMonth(freeze.month).slug}.{ENDINGS[name]}"
    return store(source=[content], name=said, purpose=PURPOSE, by=by, authority_id=freeze.authority_id)


def sign_off(*, release: PublicRelease, why: str = "", by: User) -> PublicRelease:
    """From now on the month is public. Not by whoever put it forward; where the council says it has nobody else, with a
    reason. Twice is once. Raises CannotRelease."""
    with recorded(Kind.SIGNED, by=by, authority_id=release.authority_id, why=why) as event:
        now = PublicRelease.objects.select_for_update(of=("self",)).get(pk=release.pk)
        event.counts = {"release": now.pk}
        if now.is_public:
            return now
        if now.withdrawn_at:
            raise CannotRelease("This month was taken back. Put it forward again.")
        if not may_sign(now, openness(now.authority_id), by):
            raise CannotRelease("Somebody else signs this month off: not whoever put it forward.")
        own = now.proposed_by_id == by.pk
        if own and not why.strip():
            raise CannotRelease("Enter why you sign off your own work")
        now.signed_at, now.signed_by, now.signed_why = clock.now(), by, why.strip() if own else ""
        now.save(update_fields=["signed_at", "signed_by", "signed_why"])
    return now


def withdraw(*, release: PublicRelease, why: str, by: User) -> PublicRelease:
    """Take a month back, whether it is public or was only put forward; its files stay with us. Twice is once. Raises
    CannotRelease without a reason."""
    if not why.strip():
        raise CannotRelease("Enter why it is taken back")
    with recorded(Kind.WITHDRAWN, by=by, authority_id=release.authority_id, why=why.strip()) as event:
        now = PublicRelease.objects.select_for_update(of=("self",)).get(pk=release.pk)
        event.counts = {"release": now.pk}
        if now.withdrawn_at is None:
            now.withdrawn_at, now.withdrawn_by, now.withdrawn_why = clock.now(), by, why.strip()
            now.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    return now


def open_figures(*, authority: Authority, open_to: str, needs_other: bool, by: User) -> PublicFigures:
    """Say to whom public months are open, and whether somebody else signs off."""
    with recorded(Kind.OPENED, by=by, authority_id=authority.pk, why=open_to):
        said = {"open_to": open_to, "needs_other": needs_other, "changed_at": clock.now(), "changed_by": by}
        kept, _ = PublicFigures.objects.update_or_create(authority=authority, defaults=said)
    return kept


def add_reader(*, authority: Authority, name: str, email: str, until_on: date, by: User) -> PublicReader:
    """Put somebody on the list; their link goes to them by e-mail, with a secret made while it is sent."""
    with recorded(Kind.READER_ADDED, by=by, authority_id=authority.pk) as event:
        made = PublicReader.objects.create(
            authority=authority, name=name, email=email, until_on=until_on, added_by=by,
            digest=digest_of_link(new_token()),
        )  # fmt: skip
        event.counts = {"reader": made.pk}
        send(template=TEMPLATE, to=(RECIPIENT, made.pk), authority_id=authority.pk)
    return made


def end_reader(*, reader: PublicReader, by: User) -> None:
    """Take somebody off the list: their link works no longer. Done twice it is done once."""
    with recorded(Kind.READER_ENDED, by=by, authority_id=reader.authority_id, counts={"reader": reader.pk}):
        PublicReader.objects.filter(pk=reader.pk, ended_at=None).update(ended_at=clock.now())


def said_to_reader(reader_id: int) -> dict[str, Any]:
    """What the message says, made while it is sent: the secret is new then and rests nowhere."""
    reader = PublicReader.objects.select_related("authority").get(pk=reader_id)
    secret = new_token()
    reader.digest = digest_of_link(secret)
    reader.save(update_fields=["digest"])
    return {
        "name": reader.name,
        "council": reader.authority.name,
        "until": day(reader.until_on),
        "telephone": reader.authority.contact_telephone,
        "email": reader.authority.contact_email,
        "path": reverse("public_figures_link", args=[secret]),
    }
