"""A day of the past read twice: as it was known then, as it is believed now, and who explains the difference."""
