"""Which facts of which tables count, and by what natural key; numbers of the database never do.

Left out: database ids and references, versions, who wrote a row and when, history, audit, jobs, files, and what the
database derives (situations).
"""

from collections.abc import Mapping
from types import MappingProxyType

OF_PERSON = (
    "tracking_youngperson person JOIN schools_authority authority ON authority.id = person.authority_id"
)
PLACE = "coalesce(nullif(place.urn, ''), nullif(place.number, ''), place.name)"

FACTS: Mapping[str, str] = MappingProxyType(
    {
        "schools.Authority": """
            SELECT code, name, database_id, contact_name, contact_telephone, contact_email, needs_second_person,
                allows_mailbox_codes
            FROM schools_authority""",
        "schools.District": """
            SELECT a.code, d.name FROM schools_district d JOIN schools_authority a ON a.id = d.authority_id""",
        "schools.Establishment": """
            SELECT urn, number, name, kind, la_code, ukprn, short_code, town, postcode, highest_year_group, closed_on
            FROM schools_establishment""",
        "schools.Service": """
            SELECT a.code, s.slug, s.name, s.short_name
            FROM schools_service s JOIN schools_authority a ON a.id = s.authority_id""",
        "schools.Contact": f"""
            SELECT a.code, {PLACE}, c.purpose, c.name, c.email, c.telephone
            FROM schools_contact c JOIN schools_authority a ON a.id = c.authority_id
            JOIN schools_establishment place ON place.id = c.establishment_id""",
        "tracking.ReferenceRow": """
            SELECT "table", key, values, valid_from, valid_to, evidence FROM tracking_referencerow""",
        "tracking.YoungPerson": """
            SELECT {person}, previous_id, given_name, middle_name, family_name, known_as, date_of_birth, gender,
                ethnicity, upn, uln, educated_la, la_at_year_11, corporate_parent_la, cohort_status, cohort_status_on,
                transferred_to_la, level_of_need, has_guarantee, intended_destination, restricted_on, restricted_reason
            FROM {people}""",
        "tracking.FormerName": """
            SELECT {person}, x.given_name, x.family_name, x.until
            FROM tracking_formername x JOIN {people} ON person.id = x.person_id""",
        "tracking.Residence": """
            SELECT {person}, line_1, line_2, line_3, line_4, town, county, postcode, district.name, starts_on, ends_on,
                x.source
            FROM tracking_residence x JOIN {people} ON person.id = x.person_id
            LEFT JOIN schools_district district ON district.id = x.district_id""",
        "tracking.ContactPoint": """
            SELECT {person}, kind, value, whose, x.name, from_institution, do_not_use, starts_on, ends_on
            FROM tracking_contactpoint x JOIN {people} ON person.id = x.person_id""",
        "tracking.Activity": f"""
            SELECT {{person}}, {{activity}}, x.ends_on, {PLACE}, x.establishment_number, x.establishment_name, x.ukprn,
                x.predicted_end_on, x.review_on, x.ascertained_on, x.neet_since_on, x.course, x.leaving_reason, x.source
            FROM tracking_activity x JOIN {{people}} ON person.id = x.person_id
            LEFT JOIN schools_establishment place ON place.id = x.establishment_id""",
        "tracking.Confirmation": """
            SELECT {person}, {activity}, c.verified_on, c.source
            FROM tracking_confirmation c JOIN tracking_activity x ON x.id = c.activity_id
            JOIN {people} ON person.id = x.person_id
            WHERE c.voids_id IS NULL AND NOT EXISTS (SELECT FROM tracking_confirmation v WHERE v.voids_id = c.id)""",
        "tracking.Characteristic": """
            SELECT {person}, x.code, starts_on, ends_on, x.source
            FROM tracking_characteristic x JOIN {people} ON person.id = x.person_id""",
        "tracking.Guarantee": """
            SELECT {person}, year_group, status, la_code, status_on, reason
            FROM tracking_guarantee x JOIN {people} ON person.id = x.person_id""",
        "tracking.CohortMember": """
            SELECT authority.code, cohort.year, person.young_person_id, x.year_group, x.reason, x.led_by, x.at_freeze,
                x.added_on, x.added_why, x.removed_on, x.removed_why
            FROM tracking_cohortmember x JOIN tracking_cohortfreeze cohort ON cohort.id = x.freeze_id
            JOIN schools_authority authority ON authority.id = cohort.authority_id
            LEFT JOIN tracking_youngperson person ON person.id = x.person_id""",
        "tracking.ResidencyCheck": """
            SELECT {person}, x.year, outcome, evidence, checked_on
            FROM tracking_residencycheck x JOIN {people} ON person.id = x.person_id""",
        "tracking.Objection": """
            SELECT {person}, made_by, made_on, withdrawn_on, channel
            FROM tracking_objection x JOIN {people} ON person.id = x.person_id""",
        "tracking.Offer": f"""
            SELECT {{person}}, {PLACE}, x.place, course, preference, stage, said_on, x.starts_on, conditions, x.source
            FROM tracking_offer x JOIN {{people}} ON person.id = x.person_id
            LEFT JOIN schools_establishment place ON place.id = x.establishment_id""",
        "tracking.Concern": f"""
            SELECT {{person}}, {PLACE}, words, raised_on, over_on
            FROM tracking_concern x JOIN {{people}} ON person.id = x.person_id
            JOIN schools_establishment place ON place.id = x.establishment_id""",
        "tracking.Consent": """
            SELECT {person}, purpose, wording, given_on, withdrawn_on, channel
            FROM tracking_consent x JOIN {people} ON person.id = x.person_id""",
        "tracking.Seeking": """
            SELECT {person}, sector, level, district.name, starts_from, barriers, agreed, agreed_on, said_on
            FROM tracking_seeking x JOIN {people} ON person.id = x.person_id
            LEFT JOIN schools_district district ON district.id = x.district_id""",
        "tracking.Responsibility": """
            SELECT {person}, service.slug, worker.email, kind, starts_on, ends_on
            FROM tracking_responsibility x JOIN {people} ON person.id = x.person_id
            LEFT JOIN schools_service service ON service.id = x.service_id
            LEFT JOIN accounts_user worker ON worker.id = x.user_id""",
        "tracking.Task": """
            SELECT authority.code, person.young_person_id, x.kind, words, owner.email, due_on, done_at IS NOT NULL,
                outcome
            FROM tracking_task x JOIN schools_authority authority ON authority.id = x.authority_id
            LEFT JOIN tracking_youngperson person ON person.id = x.person_id
            LEFT JOIN accounts_user owner ON owner.id = x.owner_id""",
        "tracking.Claim": """
            SELECT {person}, x.code, place, said_on, said_by, channel, state
            FROM tracking_claim x JOIN {people} ON person.id = x.person_id""",
        "tracking.Note": """
            SELECT {person}, service.slug, x.text, writer.email
            FROM tracking_note x JOIN {people} ON person.id = x.person_id
            LEFT JOIN schools_service service ON service.id = x.service_id
            LEFT JOIN accounts_user writer ON writer.id = x.written_by_id""",
    }
)
PARTS = {
    "person": "authority.code, person.young_person_id",
    "people": f"({OF_PERSON})",
    "activity": "x.code, x.starts_on, x.is_primary",
}


def statement(table: str) -> str:
    """What gives a table's facts, one row each, in no order."""
    return FACTS[table].format(**PARTS)
