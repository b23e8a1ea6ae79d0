"""Why something cannot be done to a return just now, in words for the page."""


class NotNow(Exception):
    """The return is not in a state that allows this; the words say where it stands."""


class ColumnsMissing(Exception):
    """Columns a return cannot do without have no heading, or one heading stands for two; `problems` says which."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class NotAColleague(Exception):
    """Whoever a return was to be handed to does not work for the same school or college."""
