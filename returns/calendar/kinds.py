"""What the trail calls the work of asking for returns."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of the returns calendar."""

    PLANNED = "calendar.collection_planned"
    CHANGED = "calendar.collection_changed"
    PUBLISHED = "calendar.collection_asked_for"
    CLOSED = "calendar.collection_closed"
    REOPENED = "calendar.collection_opened_again"
    NIL_DECLARED = "calendar.nothing_to_return"
    NIL_TAKEN_BACK = "calendar.nothing_to_return_taken_back"
    WAIVED = "calendar.not_asked_for_any_more"
    ASKED_AGAIN = "calendar.asked_for_again"
    EXTENDED = "calendar.given_more_time"
    MADE_FOR_ONE = "calendar.return_expected_of_one"
    LIST_BROUGHT = "calendar.list_brought_in"
    NUDGED = "calendar.reminded_by_hand"
    RESENT = "calendar.message_sent_again"
    NIGHTLY = "calendar.reminders_of_the_day"
    LETTERS_MADE = "calendar.yearly_letters_made"
    YEAR_SET_UP = "calendar.year_set_up"
    OPENED = "calendar.asked_for_what_opens"
    MOVED_OFF_HOLIDAYS = "calendar.days_moved_off_holidays"
    TERMS_SAVED = "calendar.terms_saved"
    ARTICLE_CHANGED = "calendar.article_changed"
    ARTICLE_SENT = "calendar.article_sent"
    ARTICLE_NOT_SENT = "calendar.article_not_sent_after_all"
    RANG = "calendar.rung_up"
