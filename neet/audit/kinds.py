"""What kinds of event there are: each app declares its own beside its actions."""

from enum import StrEnum


class AuditKind(StrEnum):
    """Base of every app's kinds. A value reads "room.what_was_done", and its words are made from it."""

    @property
    def words(self) -> str:
        return words_of(self.value)


def words_of(kind: str) -> str:
    """A kind in plain words: "register.activity_recorded" is "Activity recorded"."""
    return kind.rpartition(".")[2].replace("_", " ").capitalize()


class Kind(AuditKind):
    """What the ground itself records."""

    ACCESS_REFUSED = "access.refused"
    FIRST_STEP_TAKEN = "accounts.first_step_of_signing_in_taken"
    SIGNED_IN = "accounts.signed_in"
    SIGN_IN_FAILED = "accounts.sign_in_failed"
    SIGN_ON_REFUSED = "accounts.sign_on_refused"
    SIGN_ON_LINKED = "accounts.sign_on_linked"
    SIGN_ON_FORGOTTEN = "accounts.sign_on_removed"
    SIGNED_OUT = "accounts.signed_out"
    ACCOUNT_CREATED = "accounts.account_created"
    ACCOUNT_DEACTIVATED = "accounts.account_deactivated"
    ACCOUNT_REACTIVATED = "accounts.account_reactivated"
    PASSWORD_CHANGED = "accounts.password_changed"
    PASSWORD_RESET_ASKED = "accounts.new_password_asked_for"
    SECOND_FACTOR_ADDED = "accounts.second_factor_added"
    SECOND_FACTOR_REMOVED = "accounts.second_factor_removed"
    SECOND_FACTOR_FAILED = "accounts.second_factor_failed"
    SECOND_FACTOR_SHOWN = "accounts.second_factor_shown_again"
    LIMIT_REACHED = "access.limit_reached"
    SECRETS_LOCKED_ANEW = "accounts.secrets_locked_anew"
    RECOVERY_CODES_MADE = "accounts.recovery_codes_made"
    SESSION_ENDED = "accounts.session_ended"
    DEVICE_REMEMBERED = "accounts.device_remembered"
    AUDIT_READ = "audit.audit_read"
    JOB_SUBMITTED = "jobs.job_submitted"
    JOB_CANCELLED = "jobs.job_cancelled"
    FILE_STORED = "files.file_stored"
    FILE_READ = "files.file_read"
    FILE_REMOVED = "files.file_removed"
    CONTACT_STOPPED = "messages.contact_stopped"
