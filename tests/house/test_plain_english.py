"""What stands on pages is plain English: short sentences, by and large of short words."""

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from tests.house.sources import ROOT

MOST_WORDS = 40  # of one sentence; the aim is 25
MEAN_WORDS = 12  # of all sentences
LONG, MOST_LONG = 25, 0.02  # no more than so many of the sentences have more words than this
HARDEST = 6.0  # years at school somebody needs to read all of it with ease (Flesch and Kincaid)
PROSE = re.compile(r"<(p|li)\b[^>]*>(.*?)</\1>", re.DOTALL)
CODE = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)
VALUE = re.compile(r"{{.*?}}", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
CONTROL = re.compile(r"<(input|select|button|textarea)\b|_field")
END = re.compile(r"(?<=[.!?;:])\s+|\s·\s")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a template's paragraphs and lists, but for those that hold a form; a value it shows counts as
    one word."""
    for found in PROSE.finditer(text):
        if CONTROL.search(found[2]):
            continue
        said = TAG.sub(" ", CODE.sub(" ", VALUE.sub("Value", found[2])))
        for each in END.split(" ".join(said.split())):
            if len(each.split()) > 2:
                yield each


def pages() -> dict[Path, list[str]]:
    return {path: list(sentences(path.read_text())) for path in sorted((ROOT / "templates").rglob("*.html"))}


def syllables(word: str) -> int:
    """Near enough: groups of vowels, without a silent e."""
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))))


def grade(said: list[str]) -> float:
    """Flesch and Kincaid's grade."""
    words = [word for each in said for word in re.findall(r"[A-Za-z’']+", each)]
    return 0.39 * len(words) / len(said) + 11.8 * mean(map(syllables, words)) - 15.59


def test_no_sentence_on_a_page_is_too_long() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {len(each.split())} words: {each}"
        for path, said in pages().items()
        for each in said
        if len(each.split()) > MOST_WORDS
    ]
    assert not long, "\n".join(long)


def test_pages_as_a_whole_are_read_with_ease() -> None:
    said = [each for found in pages().values() for each in found]
    lengths = [len(each.split()) for each in said]

    assert len(said) > 500
    assert mean(lengths) <= MEAN_WORDS
    assert sum(length > LONG for length in lengths) / len(said) <= MOST_LONG
    assert grade(said) <= HARDEST


def test_the_measure_tells_hard_from_plain() -> None:
    assert grade(["Tell us when one of them leaves."]) < 5
    assert (
        grade(["Notification of institutional discontinuation necessitates immediate administration."]) > 12
    )
