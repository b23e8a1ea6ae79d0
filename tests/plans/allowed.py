"""Whole tables that may be gone through at England's size, by door and table, and why. Nothing else may."""

ALLOWED: dict[tuple[str, str], str] = {
    ("night", "tracking_situation"): "the night brings everybody's situation to the day, in one statement",
    (
        "night",
        "tracking_task",
    ): "open tasks alone, in the index that holds no others, and all councils at once",
    ("night", "tracking_youngperson"): "the night asks about everybody, all councils in one statement",
}
