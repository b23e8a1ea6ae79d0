"""Why something cannot be done to a return just now, in words for the page."""


class NotNow(Exception):
    """The return is not in a state that allows this; the words say where it stands."""


class NotReady(Exception):
    """The return lacks something it cannot be sent without; the words say what."""


class NoticeMissing(NotReady):
    """Nobody said yet by which day the pupils had the privacy notice (R30); each door names its own place for it."""


class Changed(Exception):
    """The register changed since the return was looked at; `people` says for how many. Nothing was taken."""

    def __init__(self, people: int) -> None:
        who = "1 young person" if people == 1 else f"{people} young people"
        super().__init__(f"{who} changed since you looked. Look at the return again, then send it.")
        self.people = people


class ColumnsMissing(Exception):
    """Columns a return cannot do without have no heading, or one heading stands for two; `problems` says which."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class NotAColleague(Exception):
    """Whoever a return was to be handed to does not work for the same school or college."""
