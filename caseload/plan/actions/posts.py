"""Posts: who answers for what, who stands in, and while whom is away."""

from caseload.plan.actions.nightly import hand_on
from caseload.plan.actions.reach import allowed
from caseload.plan.kinds import Kind
from caseload.plan.models import Post
from caseload.plan.statements import PostTold
from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from schools.models import Authority
from tracking.register.refusals import NotRight


def save_post(*, authority: Authority, told: PostTold, by: User | None, held: Post | None = None) -> Post:
    """A new post, or one as it is from now on; the open items of the plan follow it at once. Raises NotRight,
    NotPermitted."""
    allowed(by, authority.pk)
    refuse(authority, told)
    found = held or Post(authority=authority)
    with recorded(Kind.POST_SAVED, by=by, authority_id=authority.pk) as event:
        for name in PostTold.__dataclass_fields__:
            setattr(found, name, getattr(told, name))
        found.save()
        event.counts = {"post": found.pk}
        hand_on(authority=authority, day=clock.today())
        return found


def refuse(authority: Authority, told: PostTold) -> None:
    """Say what cannot be, beside the question it is about."""
    wrong = {}
    if not told.words.strip():
        wrong["words"] = "Enter what the post is called"
    for name, place in (("service", told.service), ("district", told.district)):
        if place and place.authority_id != authority.pk:
            wrong[name] = "Select one of this council"
    if told.deputy and told.deputy == told.holder:
        wrong["deputy"] = "Somebody else stands in for the holder"
    if (told.away_from is None) != (told.away_until is None):
        wrong["away_until"] = "Enter both days, or none"
    elif told.away_from and told.away_until and told.away_until < told.away_from:
        wrong["away_until"] = "The last day away must be on or after the first"
    if told.ends_on and told.ends_on < clock.today():
        wrong["ends_on"] = "The last day must be today or later"
    if wrong:
        raise NotRight(wrong)
