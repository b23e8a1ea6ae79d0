"""What the trail calls the work of holding the register against what others count."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of national files, of districts by postcode, and of looking who is missing."""

    POSTCODES_LOADED = "reconciling.postcodes_loaded"
    NAMES_LOADED = "reconciling.names_of_areas_loaded"
    POPULATION_LOADED = "reconciling.population_loaded"
    BOUNDARIES_LOADED = "reconciling.boundaries_loaded"
    PLACED = "reconciling.districts_found_by_postcode"
    DISTRICT_TAKEN = "reconciling.district_of_the_postcode_taken"
    ADDRESSES_READ = "reconciling.addresses_read"
