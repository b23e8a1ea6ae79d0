"""Functions fit on half a screen, modules tell one story."""

from statistics import median

from tests.house.sources import functions, modules

LONGEST_FUNCTION = 60
LONGEST_MODULE = 400  # past 350 it is asked for its second story


def test_functions_are_short() -> None:
    lengths = {f"{each.module}.{each.name}": each.lines for each in functions()}
    short = sum(length <= 20 for length in lengths.values()) / len(lengths)
    long = {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}
    print(f"{len(lengths)} functions, median {median(lengths.values()):.0f} lines, {short:.0%} up to 20")

    assert not long
    assert median(lengths.values()) <= 8
    assert short >= 0.8


def test_modules_tell_one_story() -> None:
    lengths = {name: len(path.read_text().splitlines()) for name, path in modules().items()}
    print(f"{len(lengths)} modules, median {median(lengths.values()):.0f} lines")

    assert not {name: length for name, length in lengths.items() if length > LONGEST_MODULE}


def test_functions_take_few_parameters() -> None:
    """More than five usually hides a dataclass; actions name theirs, and `self` does not count."""
    counted = {
        f"{each.module}.{each.name}": len(
            [arg for arg in each.node.args.args if arg.arg not in {"self", "cls"}]
        )
        for each in functions()
    }
    print(
        f"{sum(number > 5 for number in counted.values()) / len(counted):.1%} with more than five parameters"
    )

    assert sum(number > 5 for number in counted.values()) / len(counted) < 0.01
