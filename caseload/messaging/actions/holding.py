"""One batch held while it is changed."""

from caseload.messaging.models import MessageBatch
from tracking.register.refusals import NotRight

WORDS = {
    MessageBatch.State.DRAFT: "This list was sent or thrown away meanwhile.",
    MessageBatch.State.RELEASED: "These messages are not being sent any more.",
}


def held(batch: MessageBatch, state: MessageBatch.State) -> MessageBatch:
    """The batch as it is now, nobody else's until the transaction ends. Raises NotRight in any other state."""
    now = MessageBatch.objects.select_for_update(of=("self",)).select_related("authority")
    found = now.filter(pk=batch.pk).first()
    if found is None or found.state != state:
        raise NotRight({"": WORDS[state]})
    return found
