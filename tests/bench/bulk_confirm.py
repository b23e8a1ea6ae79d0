"""Ten thousand young people of a county confirmed, recorded anew, written to and taken back, beside Django's row by row
way."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from caseload.messaging.actions import release, stop
from caseload.messaging.models import MessageBatch
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.jobs import actions as jobs
from schools.models import Membership, Service
from tests.bench._measuring import AS_ON, Figure, Spent, county, report, spent
from tracking.bulk import actions
from tracking.bulk.acts import Deed, acts
from tracking.bulk.models import BulkChange
from tracking.bulk.queries.weighing import preview
from tracking.reference.queries import ruleset
from tracking.register.actions.activities import record_activity
from tracking.register.actions.confirmations import confirm_activity
from tracking.register.actions.reach import within_reach
from tracking.register.models import Situation, YoungPerson
from tracking.register.rules.activities import Told, not_known_codes
from tracking.state.queries import digests

NUMBER, ONE_BY_ONE = 10_000, 200
WORDING = "what_now_text"
DAY = AS_ON - timedelta(days=1)
TOLD = Told("619", AS_ON - timedelta(days=4), DAY, "young_person")
CONFIRM = {"source": "provider", "on": DAY.isoformat()}
RECORD = {
    "code": TOLD.code,
    "starts_on": TOLD.starts_on.isoformat(),
    "told_on": DAY.isoformat(),
    "source": TOLD.source,
}


def officer() -> User:
    return Membership.objects.select_related("user").get(role="tracking_officer").user


def known(by: User) -> list[int]:
    """Those of whom something is known to go on and whom each act would change, as many as are asked for."""
    rules = ruleset(AS_ON)
    held = Situation.objects.exclude(code__in=[*not_known_codes(rules), "", TOLD.code]).filter(
        ends_on=None, starts_on__lt=TOLD.starts_on, person__restricted_on=None, person__cohort_status="P"
    )
    theirs = within_reach(by, Permission.ACTIVITY_RECORD).values("pk")
    people = list(held.filter(person__in=theirs).order_by("pk").values_list("person_id", flat=True))
    authority = Membership.objects.filter(user=by).get().authority_id
    for act, said in (("confirm", CONFIRM), ("activity", RECORD), ("assign", leads())):
        why = acts()[act].weighed(Deed(authority, tuple(people), said, by, clock.today(), clock.now()))
        people = [pk for pk in people if not why[pk]]
    return people[:NUMBER]


def leads() -> dict[str, object]:
    """A service that leads from today on."""
    service = Service.objects.order_by("pk")[0]
    return {"kind": "lead", "service": service.pk, "user": None, "starts_on": clock.today().isoformat()}


class Parts:
    """What each part took, and in how many statements."""

    def __init__(self) -> None:
        self.took: dict[str, Spent] = {}
        self.statements: dict[str, int] = {}

    def run(self, name: str, act: Callable[[], object]) -> None:
        with CaptureQueriesContext(connection) as seen:
            self.took[name] = spent(act)
        self.statements[name] = len(seen)

    def said(self) -> str:
        return ", ".join(
            f"{name} {took}, {self.statements[name]} statements" for name, took in self.took.items()
        )


def together(parts: Parts, act: str, said: Mapping[str, object], people: list[int], by: User) -> None:
    """From the list to the result and back, by the jobs that do it."""
    before = digests()
    authority = Membership.objects.filter(user=by).get().authority
    chosen = YoungPerson.objects.filter(pk__in=people)
    made: list[BulkChange] = []
    parts.run(
        "choose", lambda: made.append(actions.choose(people=chosen, authority=authority, words="", by=by))
    )
    change = actions.answer(change=actions.decide_on(change=made[0], act=act, by=by), said=said, by=by)
    parts.run(f"look ({act})", lambda: preview(change, by, AS_ON, change.made_at))
    job = actions.ask_for(change=change, typed=len(people), by=by)
    parts.run(act, lambda: jobs.run(job_id=job.pk))
    changed = change.people.filter(state="changed").count()
    assert changed >= 0.95 * NUMBER, changed
    back = actions.ask_back(change=BulkChange.objects.get(pk=change.pk), by=by)
    parts.run(f"take {act} back", lambda: jobs.run(job_id=back.pk))
    assert change.people.filter(state="back").count() == changed
    assert digests() == before


def written_to(parts: Parts, people: list[int], by: User) -> None:
    """From the list to messages that are being sent little by little, and stopped before one went."""
    authority = Membership.objects.filter(user=by).get().authority
    chosen = YoungPerson.objects.filter(pk__in=people)
    change = actions.choose(people=chosen, authority=authority, words="", by=by)
    change = actions.decide_on(change=change, act="message", by=by)
    act, said = acts()["message"], {"wording": WORDING}
    parts.run("message", lambda: act.hands_over(change=change, said=said, by=by))
    batch = MessageBatch.objects.latest("pk")
    assert batch.messages.count() == NUMBER, batch.messages.count()
    written = batch.messages.filter(state="to_send").count()
    assert written, "nobody has a number"
    parts.run(f"send to {written:,} of them", lambda: release(batch=batch, by=by))
    parts.run("stop", lambda: stop(batch=batch, by=by))
    assert batch.messages.filter(state="stopped").count() == written


def one_by_one(people: list[int], by: User) -> tuple[Spent, Spent]:
    """The single actions, for a few of them: what a loop over saved rows would take for all."""

    def confirm() -> None:
        held = Situation.objects.select_related("activity__person").filter(person__in=people[:ONE_BY_ONE])
        for each in held:
            confirm_activity(activity=each.activity, on=DAY, source="provider", by=by)

    def record() -> None:
        for each in YoungPerson.objects.filter(pk__in=people[:ONE_BY_ONE]):
            record_activity(person=each, told=TOLD, by=by)

    factor = len(people) / ONE_BY_ONE
    return spent(confirm).times(factor), spent(record).times(factor)


def main() -> None:
    county()
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    by = officer()
    with transaction.atomic():  # the county stays as it was: others are measured by it
        people = known(by)
        assert len(people) == NUMBER, len(people)
        parts = Parts()
        together(parts, "confirm", CONFIRM, people, by)
        together(parts, "activity", RECORD, people, by)
        together(parts, "assign", leads(), people, by)
        written_to(parts, people, by)
        confirmed, recorded = one_by_one(people, by)
        transaction.set_rollback(True)
    peer = f"row by row, from {ONE_BY_ONE} of them: confirm {confirmed}, record {recorded}"
    ratio = confirmed.wall / parts.took["confirm"].wall
    report(Figure(f"A change to {NUMBER:,} of a county", parts.said(), peer, ratio, 1))


if __name__ == "__main__":
    main()
