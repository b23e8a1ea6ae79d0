"""What the trail calls work on lists from elsewhere."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of lists held against the register."""

    COMPARED = "lists.held_against_the_register"
    ENDED = "lists.ended_for_those_not_listed"
    TAKEN = "lists.word_of_a_list_taken"
    EXPLAINED = "lists.left_as_it_is"
    TASKS_SET = "lists.tasks_set"
    NAMES_EXPLAINED = "lists.names_not_on_the_register_explained"
    CENSUS_READ = "lists.census_held_against_the_register"
