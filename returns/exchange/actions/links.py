"""A link for one return of a small provider: made, sent, withdrawn and used; nobody is shown by it."""

from datetime import date
from typing import Any

from django.urls import reverse

from neet import clock
from neet.accounts.models import User
from neet.accounts.secrets import new_token
from neet.audit.actions import recorded
from neet.files.models import StoredFile
from neet.messages.actions import send
from neet.ui.words import day
from returns.calendar.models import ExpectedReturn
from returns.exchange.actions.parcels import Refused
from returns.exchange.kinds import Kind
from returns.exchange.links import digest_of, usable_link
from returns.intake.actions.receiving import begin_with_file
from returns.intake.models import Intake, UploadLink


def make_link(*, expected: ExpectedReturn, expires_on: date, email: str, by: User) -> tuple[UploadLink, str]:
    """A link by which whoever has it sends this one return, and its secret: shown once, kept only as its digest. With
    an address it goes there, with a secret made while it is sent. Raises Refused."""
    authority_id = expected.collection.authority_id
    if expected.establishment_id is None:
        raise Refused("Links are for schools, colleges and providers.")
    if expires_on < clock.today():
        raise Refused("The last day must be today or later.")
    counts = {"establishment": expected.establishment_id}
    with recorded(Kind.LINK_MADE, by=by, authority_id=authority_id, counts=counts) as event:
        secret = new_token()
        link = UploadLink.objects.create(
            expected=expected, digest=digest_of(secret), email=email, expires_on=expires_on, made_by=by
        )
        event.counts["link"] = link.pk
        if email:
            send(template="upload_link", to=("upload_link", link.pk), authority_id=authority_id)
    return link, "" if email else secret


def said_in(link_id: int) -> dict[str, Any]:
    """What the message says, made while it is sent: the secret is new then and rests nowhere."""
    link = UploadLink.objects.select_related(
        "expected__collection__authority", "expected__establishment"
    ).get(pk=link_id)
    secret = new_token()
    link.digest = digest_of(secret)
    link.save(update_fields=["digest"])
    authority = link.expected.collection.authority
    return {
        "title": link.expected.collection.title,
        "place": link.expected.sent_by,
        "until": day(link.expires_on),
        "council": authority.name,
        "telephone": authority.contact_telephone,
        "email": authority.contact_email,
        "path": reverse("upload_link", args=[secret]),
    }


def withdraw_link(*, link: UploadLink, by: User) -> None:
    """From now on nobody sends anything by it. What came by it stays. Done twice it is done once."""
    authority_id = link.expected.collection.authority_id
    with recorded(Kind.LINK_WITHDRAWN, by=by, authority_id=authority_id, counts={"link": link.pk}):
        UploadLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=clock.now())


def send_by_link(*, kept: str, file: StoredFile) -> Intake:
    """A file comes by a link and goes the road of every return. Raises Refused where the link holds no longer or its
    return was sent by it, NotNow where the council takes no more answers."""
    link = usable_link(kept, clock.today())
    if link is None or (
        link.intake and not link.intake.is_open and link.intake.state != Intake.State.REFUSED
    ):
        raise Refused("This link was used, or works no longer.")
    authority_id = link.expected.collection.authority_id
    with recorded(Kind.LINK_USED, by=None, authority_id=authority_id, counts={"link": link.pk}) as event:
        made = begin_with_file(expected=link.expected, file=file, by=None, channel=Intake.Channel.LINK)
        UploadLink.objects.filter(pk=link.pk).update(intake=made, used_at=clock.now())
        event.counts["intake"] = made.pk
    return made
