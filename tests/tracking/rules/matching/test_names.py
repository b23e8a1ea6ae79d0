"""Names as they are compared."""

import pytest

from tracking.rules.matching.names import fold, same_by_another_form, shares_a_part, sound


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Zoë", "ZOE"),
        ("O’Brien", "OBRIEN"),
        ("Łukasik", "LUKASIK"),
        ("Reid-Shaw", "REID SHAW"),
        ("  de   la Cruz ", "DE LA CRUZ"),
        ("Groß", "GROSS"),
        ("Doğan", "DOGAN"),
        ("Yılmaz", "YILMAZ"),
        ("", ""),
    ],
)
def test_fold_leaves_what_is_compared(written: str, compared: str) -> None:
    assert fold(written) == compared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ELIZABETH", "LIZ"),
        ("MOHAMMED", "MUHAMMAD"),
        ("MOHAMMAD", "MUHAMMED"),
        ("THEODORE", "TED"),
        ("OLEKSANDR", "ALEXANDER"),
        ("KATHERINE ANNE", "KATE"),
    ],
)
def test_forms_of_one_name_are_known_both_ways(one: str, other: str) -> None:
    assert same_by_another_form(one, other)
    assert same_by_another_form(other, one)


@pytest.mark.parametrize(("one", "other"), [("LIZ", "BETH"), ("TIA", "MIA"), ("JACK", "JAMES"), ("", "LIZ")])
def test_other_names_are_not_forms_of_one(one: str, other: str) -> None:
    assert not same_by_another_form(one, other)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("SOPHIE MAE", "SOPHIE", True),
        ("REID", "REID SHAW", True),
        ("REID SHAW", "REID COOK", False),
        ("ANNA", "HANNAH", False),
        ("J PAUL", "J", False),
    ],
)
def test_a_part_is_shared_whole(one: str, other: str, shared: bool) -> None:
    assert shares_a_part(one, other) is shared


@pytest.mark.parametrize(("one", "other"), [("CLARKE", "CLARK"), ("STEPHEN", "STEVEN"), ("SHAW", "SHAWE")])
def test_names_that_sound_alike_share_a_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)
