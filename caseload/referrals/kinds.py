"""What referrals leave in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    MADE = "referrals.referral_made"
    ACCEPTED = "referrals.referral_accepted"
    DECLINED = "referrals.referral_declined"
    WITHDRAWN = "referrals.referral_withdrawn"
    LIST_READ = "referrals.list_read"
    OVERDUE_TOLD = "referrals.services_told_of_overdue"
