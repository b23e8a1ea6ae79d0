"""The register: young people, their activities, who is in the cohort and how they stand."""
