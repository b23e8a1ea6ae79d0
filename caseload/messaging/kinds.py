"""What messages to many leave in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    MADE = "messaging.list_made"
    DISCARDED = "messaging.list_discarded"
    RELEASED = "messaging.sending_begun"
    STOPPED = "messaging.sending_stopped"
    HANDED_OVER = "messaging.messages_handed_over"
    WENT = "messaging.messages_went"
    ANSWERED = "messaging.answer_taken"
    OPTED_OUT = "messaging.wants_no_messages"
    OPTED_IN = "messaging.wants_messages_again"
    SET_UP = "messaging.settings_changed"
    LIST_READ = "messaging.list_read"
