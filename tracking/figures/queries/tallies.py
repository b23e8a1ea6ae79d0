"""What figures are cut by and what is counted, by name: the columns of the sums."""

DIMENSIONS = (
    "academic_age", "district_id", "establishment_id", "service_id", "need", "is_vulnerable", "gender",
)  # fmt: skip
COUNTS = ("people", "cohort", "neet", "not_known", "lapsed", "participating", "owed", "offered")
