"""What schools say on a Potential NEET return goes onto the at-risk list, and off it again with the return (R24)."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from caseload.prevention.entries import PutOn, put_on_list
from caseload.prevention.models import AtRisk, RiskFact, SaidByReturn
from caseload.prevention.statements import RiskRow
from neet.accounts.models import User
from neet.audit.models import AuditEvent
from returns.intake.models import Intake

Row = tuple[int, int, Mapping[str, str]]
PARTS = (("concern", "{}"), ("planned", "Plan: {}"), ("ask_at_school", "Ask {}"))


def take(*, intake: Intake, event: AuditEvent, rows: Sequence[Row]) -> Mapping[str, int]:
    """Put whom a return names on the at-risk list with the school, its reasons and words, or add to what is said of
    them there; inside the act of the return. What somebody objected to is not kept."""
    said = [
        RiskRow(person, _reasons(values), _words(values), intake.establishment_id)
        for _, person, values in rows
    ]
    by = User.objects.filter(pk=event.user_id or 0).first()
    done = put_on_list(said, AtRisk.SaidBy.SCHOOL, by)
    SaidByReturn.objects.bulk_create(_kept(intake, event, each) for each in done)
    new = sum(each.is_new for each in done)
    return {"at_risk_added": new, "at_risk_there": len(done) - new}


def give_back(*, intake: Intake, events: Iterable[int]) -> Mapping[str, int]:
    """Take off the list what these acts of a return put on it. Who was taken up by somebody since, or left the list,
    stays as they are. Answers with how many stay."""
    kept = list(
        SaidByReturn.objects.filter(intake=intake, event_id__in=list(events))
        .select_related("entry")
        .select_for_update(of=("self", "entry"))
        .order_by("-pk")
    )
    _forget(intake, kept)
    gone = [each for each in kept if each.is_new and _is_as_said(each)]
    mended = [each for each in kept if not each.is_new and each.entry.ends_on is None]
    for each in mended:
        each.entry.reasons = [code for code in each.entry.reasons if code not in each.reasons]
        each.entry.words = "" if each.entry.words == each.words else each.entry.words
    AtRisk.objects.bulk_update([each.entry for each in mended], ["reasons", "words"])
    SaidByReturn.objects.filter(pk__in=[each.pk for each in kept]).delete()
    _take_off([each.entry_id for each in gone])
    return {"at_risk_staying": len(kept) - len(gone) - len(mended)}


def _take_off(entries: list[int]) -> None:
    """In one statement: Django's own way deletes them by the hundred, for what may hang on them."""
    SaidByReturn.objects.filter(entry__in=entries).delete()
    with connection.cursor() as cursor:
        cursor.execute("delete from caseload_atrisk where id = any(%s)", [entries])


def _forget(intake: Intake, kept: Iterable[SaidByReturn]) -> None:
    """The facts these acts brought no longer are."""
    brought = {(each.entry.person_id, code) for each in kept for code in each.facts}
    facts = RiskFact.objects.filter(
        person__in={person for person, _ in brought}, establishment=intake.establishment_id, until=None
    )
    gone = [
        pk for pk, person, code in facts.values_list("pk", "person_id", "factor") if (person, code) in brought
    ]
    RiskFact.objects.filter(pk__in=gone).delete()


def _reasons(values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(code for code in values.get("reasons", "").split(";") if code)


def _words(values: Mapping[str, str]) -> str:
    parts = [words.format(values[name].rstrip(".")) for name, words in PARTS if values.get(name)]
    return ". ".join(parts)


def _kept(intake: Intake, event: AuditEvent, done: PutOn) -> SaidByReturn:
    return SaidByReturn(
        intake=intake, event_id=event.pk, entry=done.entry, is_new=done.is_new,
        reasons=list(done.reasons), facts=list(done.facts), words=done.words,
    )  # fmt: skip


def _is_as_said(said: SaidByReturn) -> bool:
    """Whether an entry is as the return made it, and nobody else's return has added to it."""
    entry = said.entry
    untouched = entry.ends_on is None and entry.worker_id is None and entry.service_id is None
    return untouched and (list(entry.reasons), entry.words) == (list(said.reasons), said.words)
