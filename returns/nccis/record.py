"""One young person as the DfE's file holds them: every field as text, in the order of the file."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple


class Record(NamedTuple):
    """A YoungPersonsRecord; an element that is empty or missing is an empty text."""

    young_persons_id: str = ""
    cohort_status: str = ""
    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    address_line_1: str = ""
    address_line_2: str = ""
    address_line_3: str = ""
    address_line_4: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""
    gender: str = ""
    dob: str = ""
    ethnicity: str = ""
    lead_lea: str = ""
    educated_lea: str = ""
    transferred_to_la_code: str = ""
    lea_code_at_year_11: str = ""
    unique_learner_no: str = ""
    unique_pupil_number: str = ""
    guarantee_status_indicator: str = ""
    youth_contract_indicator: str = ""
    youth_contract_start_date: str = ""
    previous_ypid_identifier: str = ""
    year_11_guarantee_status: str = ""
    year_11_lea_code: str = ""
    year_12_guarantee_status: str = ""
    year_12_lea_code: str = ""
    level_of_need_code: str = ""
    send_flag: str = ""
    sen_support_flag: str = ""
    characteristics: tuple[str, ...] = ()
    activity_code: str = ""
    start_date: str = ""
    date_ascertained: str = ""
    date_verified: str = ""
    review_date: str = ""
    due_to_lapse_date: str = ""
    currency_lapsed: str = ""
    establishment_number: str = ""
    establishment_name: str = ""
    uk_provider_reference_number: str = ""
    neet_start_date: str = ""
    predicted_end_date: str = ""
    intended_destination_yr_11: str = ""
    has_activities: bool = True


PERSONAL_TAGS = {
    "YoungPersonsID": "young_persons_id",
    "CohortStatus": "cohort_status",
    "GivenName": "given_name",
    "MiddleName": "middle_name",
    "FamilyName": "family_name",
    "AddressLine1": "address_line_1",
    "AddressLine2": "address_line_2",
    "AddressLine3": "address_line_3",
    "AddressLine4": "address_line_4",
    "Town": "town",
    "County": "county",
    "Postcode": "postcode",
    "Gender": "gender",
    "DOB": "dob",
    "Ethnicity": "ethnicity",
    "LeadLEA": "lead_lea",
    "EducatedLEA": "educated_lea",
    "TransferredToLACode": "transferred_to_la_code",
    "LEACodeAtYear11": "lea_code_at_year_11",
    "UniqueLearnerNo": "unique_learner_no",
    "UniquePupilNumber": "unique_pupil_number",
    "GuaranteeStatusIndicator": "guarantee_status_indicator",
    "YouthContractIndicator": "youth_contract_indicator",
    "YouthContractStartDate": "youth_contract_start_date",
    "PreviousYPIDIdentifier": "previous_ypid_identifier",
}
GUARANTEE_TAGS = {"GuaranteeStatus": "guarantee_status", "LEACode": "lea_code"}
NEED_TAGS = {
    "LevelOfNeedCode": "level_of_need_code",
    "SENDFlag": "send_flag",
    "SENSupportFlag": "sen_support_flag",
}
ACTIVITY_TAGS = {
    "ActivityCode": "activity_code",
    "StartDate": "start_date",
    "DateAscertained": "date_ascertained",
    "DateVerified": "date_verified",
    "ReviewDate": "review_date",
    "DueToLapseDate": "due_to_lapse_date",
    "CurrencyLapsed": "currency_lapsed",
    "EstablishmentNumber": "establishment_number",
    "EstablishmentName": "establishment_name",
    "UKProviderReferenceNumber": "uk_provider_reference_number",
    "NEETStartDate": "neet_start_date",
    "PredictedEndDate": "predicted_end_date",
}
DESTINATION_TAGS = {"IntendedDestinationYr11": "intended_destination_yr_11"}


@lru_cache(maxsize=65_536)
def as_day(text: str) -> date | None:
    """The day a text of the form CCYY-MM-DD stands for, else None; days repeat, so they are remembered."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
