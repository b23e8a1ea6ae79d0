"""Who may do what: the one table an auditor reads. Which people a role sees is decided by its place (scope.py)."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """Something a person may do. The value is its name everywhere; the words are for the users page."""

    # the register
    PERSON_READ = "person.read"
    PERSON_ADD = "person.add"
    PERSON_CHANGE = "person.change"
    ACTIVITY_RECORD = "activity.record"
    RECORD_FOR_OTHERS = "activity.record_for_others"
    NOTE_WRITE = "note.write"
    OBJECTION_RECORD = "objection.record"
    RESTRICTION_CHANGE = "restriction.change"
    BREAK_GLASS = "person.open_in_emergency"
    INDEX_SEARCH = "person.find_responsible"
    KNOWN_CLAIM = "person.say_known"
    MERGE = "person.merge"
    TRANSFER = "person.transfer"
    ERASE = "person.erase"
    COPY_GIVE = "person.give_copy"
    OTHER_COUNCILS = "person.ask_other_councils"
    COHORT_SET = "cohort.set"
    ALLOCATE = "work.allocate"
    TASK_WORK = "work.do"
    CASE_WORK = "work.on_cases"
    MEETING_LEAD = "work.lead_meetings"
    CHASE = "work.chase"
    REBALANCE = "work.share_out"
    CONTACT_MANY = "work.write_to_many"
    CAMPAIGN_READ = "work.campaigns"
    PLAN_CHANGE = "plan.change"
    # returns
    RETURN_READ = "return.read"
    RETURN_CONTRIBUTE = "return.contribute"
    RETURN_SUBMIT = "return.submit"
    RETURN_RECEIVE = "return.receive"
    OWN_YEAR_11 = "offers.of_own_year_11"
    REGISTER_LOAD = "register.load"
    EXCHANGE_COLLECT = "exchange.collect"
    # the department's file
    ERRORS_READ = "errors.read"
    FILE_BUILD = "file.build"
    FILE_SIGN_OFF = "file.sign_off"
    PUT_FORWARD = "figures.put_forward"
    RELEASE = "figures.release"
    # figures and extracts
    FIGURES_READ = "figures.read"
    FIGURES_EXPLORE = "figures.explore"
    EXPORT = "extract.make"
    EXPORT_APPROVE = "extract.approve"
    EXPORT_READ = "extract.read"
    # the house
    REFERENCE_READ = "reference.read"
    REFERENCE_CHANGE = "reference.change"
    ESTABLISHMENT_CHANGE = "establishment.change"
    MEMBERSHIP_CHANGE = "membership.change"
    OWN_COLLEAGUES = "membership.of_own_place"
    AUDIT_READ = "audit.read"
    JOB_READ = "job.read"
    SETTINGS_CHANGE = "settings.change"
    ADMIN_USE = "admin.use"
    # everybody with an account
    SIGNED_IN = "signed_in"


P = Permission


@dataclass(frozen=True)
class Role:
    """A kind of work and what it permits. Bulk access means whole lists of children: no remembered device, no mailbox
    code. `placed_by` says what a membership of this role names beside the authority."""

    slug: str
    words: str
    about: str
    permissions: frozenset[Permission]
    bulk: bool = False
    placed_by: str = "authority"


def role(
    slug: str,
    words: str,
    about: str,
    *permissions: Permission,
    bulk: bool = False,
    placed_by: str = "authority",
) -> Role:
    return Role(slug, words, about, frozenset({P.SIGNED_IN, *permissions}), bulk, placed_by)


WORK = (P.PERSON_READ, P.PERSON_CHANGE, P.ACTIVITY_RECORD, P.NOTE_WRITE, P.OBJECTION_RECORD, P.TASK_WORK)

ROLES: dict[str, Role] = {
    each.slug: each
    for each in (
        role(
            "tracking_officer", "Tracking officer", "All young people of the authority, less restricted records.",
            *WORK, P.PERSON_ADD, P.RECORD_FOR_OTHERS, P.BREAK_GLASS, P.INDEX_SEARCH, P.MERGE, P.TRANSFER,
            P.OTHER_COUNCILS, P.ALLOCATE,
            P.CASE_WORK, P.MEETING_LEAD, P.CHASE, P.CONTACT_MANY, P.CAMPAIGN_READ,
            P.RETURN_READ, P.RETURN_RECEIVE, P.RETURN_CONTRIBUTE, P.RETURN_SUBMIT, P.ERRORS_READ,
            P.FIGURES_READ, P.FIGURES_EXPLORE, P.REFERENCE_READ, P.ESTABLISHMENT_CHANGE, P.JOB_READ, bulk=True,
        ),
        role(
            "caseworker", "Caseworker", "Young people in their own or their service's care; others by name and status.",
            *WORK, P.CASE_WORK, P.CHASE, P.CAMPAIGN_READ, P.BREAK_GLASS, P.INDEX_SEARCH, P.REFERENCE_READ,
            placed_by="service",
        ),
        role(
            "service_lead", "Service lead", "Young people in their service's care.",
            *WORK, P.CASE_WORK, P.MEETING_LEAD, P.CHASE, P.CONTACT_MANY, P.CAMPAIGN_READ, P.RECORD_FOR_OTHERS,
            P.BREAK_GLASS, P.INDEX_SEARCH, P.ALLOCATE, P.PLAN_CHANGE, P.FIGURES_READ, P.FIGURES_EXPLORE,
            P.REFERENCE_READ,
            placed_by="service", bulk=True,
        ),
        role(
            "district_lead", "District lead", "Young people who live in their districts.",
            *WORK, P.CASE_WORK, P.MEETING_LEAD, P.CHASE, P.CONTACT_MANY, P.CAMPAIGN_READ, P.RECORD_FOR_OTHERS,
            P.BREAK_GLASS, P.INDEX_SEARCH, P.ALLOCATE, P.PLAN_CHANGE, P.FIGURES_READ, P.FIGURES_EXPLORE,
            P.REFERENCE_READ,
            placed_by="district", bulk=True,
        ),
        role(
            "mi_officer", "Data officer", "All of the authority, less what is in restricted records.",
            P.PERSON_READ, P.PERSON_ADD, P.PERSON_CHANGE, P.ACTIVITY_RECORD, P.RECORD_FOR_OTHERS, P.OBJECTION_RECORD,
            P.MERGE, P.TRANSFER, P.OTHER_COUNCILS, P.COHORT_SET, P.TASK_WORK,
            P.RETURN_READ, P.RETURN_RECEIVE, P.RETURN_CONTRIBUTE,
            P.RETURN_SUBMIT, P.REGISTER_LOAD, P.ERRORS_READ, P.FILE_BUILD, P.FIGURES_READ, P.FIGURES_EXPLORE,
            P.EXPORT, P.EXPORT_READ, P.PUT_FORWARD, P.REFERENCE_READ,
            P.REFERENCE_CHANGE, P.ESTABLISHMENT_CHANGE, P.MEMBERSHIP_CHANGE, P.CONTACT_MANY, P.CAMPAIGN_READ,
            P.PLAN_CHANGE, P.JOB_READ, bulk=True,
        ),
        role(
            "manager", "Manager", "Figures; a person's record with a stated reason.",
            P.PERSON_READ, P.INDEX_SEARCH, P.FIGURES_READ, P.FILE_SIGN_OFF, P.PUT_FORWARD, P.RELEASE,
            P.EXPORT_APPROVE, P.EXPORT_READ, P.ERRORS_READ,
            P.REFERENCE_READ, P.MEMBERSHIP_CHANGE, P.PLAN_CHANGE, P.JOB_READ, bulk=True,
        ),
        role(
            "governance", "Information governance",
            "Audit, extracts, objections, restrictions, retention; a person's record with a stated reason.",
            P.PERSON_READ, P.OBJECTION_RECORD, P.RESTRICTION_CHANGE, P.ERASE, P.COPY_GIVE,
            P.EXPORT_APPROVE, P.EXPORT_READ, P.AUDIT_READ,
            P.REFERENCE_READ, P.JOB_READ, bulk=True,
        ),
        role(
            "school_user", "School",
            "Pupils with a current activity at the school, its Year 11, and its own leavers for a while.",
            P.PERSON_READ, P.RETURN_READ, P.RETURN_CONTRIBUTE, P.RETURN_SUBMIT, P.EXCHANGE_COLLECT,
            P.OWN_COLLEAGUES, P.OWN_YEAR_11, placed_by="establishment",
        ),
        role(
            "college_user", "College or provider",
            "Students with a current activity there and its own leavers for a while.",
            P.PERSON_READ, P.RETURN_READ, P.RETURN_CONTRIBUTE, P.RETURN_SUBMIT, P.EXCHANGE_COLLECT,
            P.OWN_COLLEAGUES, placed_by="establishment",
        ),
        role(
            "contractor", "Contractor", "The records allotted to them, until a date; no lists to take away.",
            P.PERSON_READ, P.ACTIVITY_RECORD, P.TASK_WORK, P.CHASE, P.CAMPAIGN_READ, placed_by="service",
        ),
        role(
            "hub_worker", "Hub worker", "Names and status, and \u201cI know this young person\u201d.",
            P.INDEX_SEARCH, P.KNOWN_CLAIM, placed_by="service",
        ),
        role(
            "system_admin", "System administrator", "Accounts, settings and jobs; no child.",
            P.MEMBERSHIP_CHANGE, P.SETTINGS_CHANGE, P.ADMIN_USE, P.REFERENCE_READ, P.JOB_READ, placed_by="",
        ),
    )
}  # fmt: skip

# What somebody who only prepares returns for a colleague is not permitted, whatever their role.
FOR_SUBMITTERS = frozenset({P.RETURN_SUBMIT, P.OWN_COLLEAGUES})

# What a place may give beside its role: business support of a service records what colleagues did (R145).
FOR_BUSINESS_SUPPORT = frozenset({P.RECORD_FOR_OTHERS})
MAY_BE_BUSINESS_SUPPORT = frozenset({"caseworker"})
# And who supervises tracking shares the calls out among colleagues (R68).
FOR_SUPERVISORS = frozenset({P.REBALANCE})
MAY_SUPERVISE = frozenset({"tracking_officer"})

STATES_A_REASON = frozenset({"manager", "governance"})
