"""What letters leave in the trail."""

from neet.audit.kinds import AuditKind

# The long work of this room, as settings.JOB_KINDS knows it.
SET_AS_FILE = "letters.set_as_a_file"


class Kind(AuditKind):
    LETTERHEAD_SAVED = "letters.letterhead_saved"
    LIST_READ = "letters.list_read"
    BATCH_MADE = "letters.batch_made"
    BATCH_SET = "letters.batch_set_as_a_file"
    BATCH_TAKEN = "letters.batch_taken_as_a_file"
    BATCH_SENT = "letters.batch_sent"
    COULD_NOT_BE_SENT = "letters.letters_could_not_be_sent"
    BATCH_DROPPED = "letters.batch_not_sent"
    CAME_BACK = "letters.letter_came_back"
    ANSWERED = "letters.letter_answered"
    CLOSED = "letters.letter_closed"
    REFERRED = "letters.family_referred"
    KEPT_UP = "letters.letters_of_the_day"
