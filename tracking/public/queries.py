"""What of a council is public, for whom, and what may still be put forward."""

from datetime import date

from django.db.models import QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.accounts.secrets import digest
from schools.models import Authority
from tracking.figures.models import Freeze
from tracking.public.models import PublicFigures, PublicReader, PublicRelease
from tracking.released.queries import with_tables

ABOUT = "public_reader"
OpenTo = PublicFigures.OpenTo


def openness(authority_id: int) -> PublicFigures:
    """How far a council opens its figures; one that never said so opens them to nobody."""
    found = PublicFigures.objects.filter(authority=authority_id).select_related("changed_by").first()
    return found or PublicFigures(authority_id=authority_id)


def may_put_forward(user: User) -> bool:
    """Whether this person may put a month forward."""
    return scope_of(user).can(Permission.PUT_FORWARD)


def may_sign(release: PublicRelease, settings: PublicFigures, user: User) -> bool:
    """Whether this person may sign this month off: somebody else than whoever put it forward, unless the council has
    nobody else (its setting); then with a reason."""
    own = release.proposed_by_id == user.pk
    return scope_of(user).can(Permission.RELEASE) and not (own and settings.needs_other)


def releases_of(authority_id: int) -> QuerySet[PublicRelease]:
    """Every release of a council, the newest month first, those taken back among them."""
    found = PublicRelease.objects.filter(authority=authority_id)
    return found.select_related("freeze", "authority", "proposed_by", "signed_by", "withdrawn_by").order_by(
        "-month", "-pk"
    )


def public_releases(authority_id: int) -> QuerySet[PublicRelease]:
    """The months that are public now, the newest first."""
    return releases_of(authority_id).filter(signed_at__isnull=False, withdrawn_at__isnull=True)


def to_put_forward(authority_id: int) -> QuerySet[Freeze]:
    """Months frozen by hand whose tables are made and of which no release stands, the newest first."""
    taken = PublicRelease.objects.filter(authority=authority_id, withdrawn_at__isnull=True)
    return with_tables(authority_id).filter(by_timer=False).exclude(month__in=taken.values("month"))


def council_open(code: str) -> tuple[Authority, PublicFigures] | None:
    """The council of this number and how far it opens its figures; None where it opens them to nobody."""
    found = PublicFigures.objects.select_related("authority").filter(authority__code=code)
    settings = found.exclude(open_to=OpenTo.NOBODY).first()
    return (settings.authority, settings) if settings else None


def digest_of_link(secret: str) -> str:
    """What is kept of a reader's link."""
    return digest(secret, about=ABOUT)


def readers_of(authority_id: int, on: date) -> QuerySet[PublicReader]:
    """The people on the list whose link works."""
    return PublicReader.objects.filter(authority=authority_id, ended_at=None, until_on__gte=on).order_by(
        "name", "pk"
    )


def reader_by(kept: str, on: date) -> PublicReader | None:
    """Who came by the link of this digest, while it works."""
    found = PublicReader.objects.select_related("authority").filter(ended_at=None, until_on__gte=on)
    return found.filter(digest=kept).first() if kept else None


def address_of_reader(reader_id: int) -> str:
    """Where a link goes; empty once it has ended."""
    found = PublicReader.objects.filter(pk=reader_id, ended_at=None)
    return found.values_list("email", flat=True).first() or ""
