"""What the trail calls the work on the Activity Survey."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of the Activity Survey."""

    LIST_MADE = "activity_survey.list_made"
    LOOKED_AT = "activity_survey.situations_read"
    FILE_MADE = "activity_survey.file_made"
    FILE_OPENED = "activity_survey.file_made_anew_allowed"
    DOWNLOADED = "activity_survey.file_downloaded"
    SIGNED_OFF = "activity_survey.signed_off"
    SIGN_OFF_TAKEN_BACK = "activity_survey.sign_off_taken_back"
    SENT = "activity_survey.sent"
    PEOPLE_READ = "activity_survey.people_read"
    REPORTS_ASKED = "activity_survey.reports_asked_for"
    REPORT_READ = "activity_survey.report_read"
    DUTY_READ = "activity_survey.duty_read"
