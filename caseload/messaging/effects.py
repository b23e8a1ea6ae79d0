"""What a change of a message's words would do: which messages not sent yet would say it, and how it reads and is
charged."""

from caseload.messaging.models import BatchMessage, MessageBatch
from caseload.messaging.queries.batches import INVENTED, SAMPLE_SECRET, facts
from neet.accounts.scope import scope_of
from neet.messages.models import Message
from neet.messages.rules import parts
from neet.ui.words import many
from returns.surveys.links import path_of
from schools.models import Authority
from tracking.reference.effects import Effect, Trial
from tracking.reference.queries import rows_of
from tracking.rules.ruleset import RuleSet
from tracking.rules.wordings import MessageWording

Line, State = BatchMessage.State, MessageBatch.State
OPEN = (State.DRAFT, State.RELEASED)


def wordings(trial: Trial) -> Effect:
    """On the day the change begins to hold, among messages of councils this user writes for. Nobody moves."""
    code, _, language = trial.key.partition(" ")
    before = _worded(trial, code, language)
    trial.apply()
    after = _worded(trial, code, language)
    return Effect(_sentence(_waiting(trial, code)), notes=tuple(_notes(trial, before, after)))


def _worded(trial: Trial, code: str, language: str) -> MessageWording | None:
    rules = RuleSet.from_rows(trial.on, rows_of(trial.on))
    found = rules.message_wordings.get(code)
    return found.told(rules.message_translations.get((code, language))) if found else None


def _waiting(trial: Trial, code: str) -> int:
    """Messages nobody was sent yet."""
    mine = MessageBatch.objects.filter(authority__in=scope_of(trial.user).authority_ids, state__in=OPEN)
    waiting = BatchMessage.objects.filter(batch__in=mine, batch__wording=code, state=Line.TO_SEND)
    return waiting.count()


def _sentence(waiting: int) -> str:
    lists = f"{many(waiting, 'message,messages')} made and not sent yet would say this."
    return f"{lists if waiting else 'No message waits to be sent.'} Those that were sent stay as they were."


def _notes(trial: Trial, before: MessageWording | None, after: MessageWording | None) -> list[str]:
    """How it would be read by somebody invented, and what it would be charged as."""
    if after is None:
        return ["No message would say this any more: lists that wait for it could not be sent."]
    subject, text = _read(trial, after)
    read = f"To an invented {INVENTED}: {f'{subject}. ' if subject else ''}{text}"
    if after.channel != Message.Channel.TEXT:
        return [read]
    now, was = parts(text), parts(_read(trial, before)[1]) if before else 0
    charged = f"Each is charged as {many(now, 'text,texts')}"
    return [read, f"{charged}, as now." if now == was or not was else f"{charged} instead of {was}."]


def _read(trial: Trial, wording: MessageWording) -> tuple[str, str]:
    authority = Authority.objects.filter(pk__in=scope_of(trial.user).authority_ids).order_by("pk").first()
    said = facts(authority or Authority(name="The council"), INVENTED, path_of(SAMPLE_SECRET))
    return wording.said(said)
