"""The register's tables: young people, what they do, what is known of them, and the work it makes."""

from tracking.register.models.activity import Activity, Confirmation, Situation
from tracking.register.models.facts import AccessGrant, Characteristic, Guarantee, Objection
from tracking.register.models.offers import Concern, Consent, Offer
from tracking.register.models.person import ContactPoint, FormerName, Residence, YoungPerson
from tracking.register.models.seeking import Seeking
from tracking.register.models.work import Claim, Note, Responsibility, SavedSearch, Task

__all__ = [
    "AccessGrant",
    "Activity",
    "Characteristic",
    "Claim",
    "Concern",
    "Confirmation",
    "Consent",
    "ContactPoint",
    "FormerName",
    "Guarantee",
    "Note",
    "Objection",
    "Offer",
    "Residence",
    "Responsibility",
    "SavedSearch",
    "Seeking",
    "Situation",
    "Task",
    "YoungPerson",
]
