"""Speed of the analysis, part of `make bench`: the targets are those of its page (§4).

Everything is measured in one process after the imports, the best of several passes. The base of
the ratio is a loop of pymcdm over the same draws, and both must find the same shares.
"""

from __future__ import annotations

import os

# One thread, as the program runs; it must be set before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import resource
import time
from collections.abc import Callable
from datetime import date

import numpy as np
from msgspec.structs import replace
from oracles.smaa import additive_scores, gamma_factors, rank_acceptability
from pymcdm.helpers import rrankdata
from pymcdm.methods import SPOTIS

from generator import pipeline
from generator.analysis import assess, core, programme, robustness, sampling, scenarios
from generator.analysis.draws import Draws
from generator.analysis.measure import measure_next
from generator.analysis.programme_robustness import with_robustness
from generator.analysis.ranks import ranks_and_wins
from generator.analysis.scope import within
from generator.model import IndustryRow, Programme, Region
from generator.settings import load_settings

AS_OF = date(2026, 11, 28)
ROWS = 8_000
DRAWS, ALTERNATIVES, CRITERIA, REGIONS = 10_000, 12, 8, 3_000


def best(work: Callable[[], object], passes: int = 7) -> float:
    """Milliseconds of processor time of the fastest of several passes."""
    seconds = []
    for _ in range(passes):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return 1000 * min(seconds)


def megabytes() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_kernel() -> None:
    """The pairwise-compare kernel alone, beside a loop of pymcdm over the same draws."""
    rng = np.random.default_rng(1)
    values = rng.random((ALTERNATIVES, CRITERIA))
    weights = gamma_factors(rng, DRAWS, CRITERIA, 0.2)
    weights /= weights.sum(axis=1, keepdims=True)
    types, bounds = np.ones(CRITERIA), np.tile([0.0, 1.0], (CRITERIA, 1))

    def ours() -> np.ndarray:
        return rank_acceptability(additive_scores(values, weights))

    def theirs() -> np.ndarray:
        method, counts = SPOTIS(bounds), np.zeros((ALTERNATIVES, ALTERNATIVES))
        rows = np.arange(ALTERNATIVES)
        for drawn in weights:
            ranks = rrankdata(-method(values, drawn, types))
            counts[rows, ranks.astype(int) - 1] += 1.0
        return counts / DRAWS

    if not np.allclose(ours(), theirs()):
        raise SystemExit("pymcdm and the kernel disagree")
    scores = additive_scores(values, weights)
    placed = np.ones((ALTERNATIVES, DRAWS), dtype=bool)
    alone = best(lambda: rank_acceptability(scores))
    print(f"{'acceptability, 10,000 x 12':36} {alone:8.2f} ms  (target 1 ms)")
    whole, loop = best(ours), best(theirs, 1)
    print(f"{'scores and acceptability':36} {whole:8.2f} ms")
    print(f"{'the same by a pymcdm loop':36} {loop:8.0f} ms  {loop / whole:5.0f} x  (target 500 x)")
    columns, before = np.ascontiguousarray(scores.T), megabytes()
    start = time.perf_counter()
    for _ in range(REGIONS):
        ranks_and_wins(columns, placed)
    seconds, grown = time.perf_counter() - start, megabytes() - before
    print(f"{'ranks and wins, 3,000 regions':36} {seconds:8.2f} s   (target 20 s)  {grown:+.0f} MB")


def print_regions() -> None:
    """The draws of each sample city, its waves solved again, and everything."""
    settings = load_settings({"as_of": AS_OF.isoformat()}, AS_OF)
    knowledge, _, submission = pipeline.read(settings)
    for region in submission.regions:
        here = within(knowledge, knowledge.lineage(region.jurisdiction))
        base = core.run(region, here, AS_OF)
        plan = programme.programme(base)

        def draws(base: core.Core = base) -> None:
            chance = Draws(1, DRAWS, base.region.code)
            found = sampling.draw_parts(
                base.region, base.knowledge, base.screening, base.readiness, chance
            )
            robustness.orders_and_drivers(base, found, chance)

        parts = sampling.draw_parts(
            region, base.knowledge, base.screening, base.readiness, Draws(1, DRAWS, region.code)
        )

        def waves(
            base: core.Core = base, plan: Programme = plan, parts: sampling.Parts = parts
        ) -> None:
            first = scenarios.outcome_of(base).first
            with_robustness(plan, base, first, parts, Draws(1, DRAWS, base.region.code))

        def next_cells(base: core.Core = base) -> None:
            measure_next(base)

        def everything(region: Region = region) -> None:
            assess(region, knowledge, AS_OF)

        part, again, cells = best(draws), best(waves), best(next_cells, 5)
        whole = best(everything, 5) - cells
        print(f"{region.code + ': draws, ranks, drivers':36} {part:8.1f} ms  (target 60 ms)")
        print(f"{region.code + ': waves, solved again':36} {again:8.1f} ms  (target 80 ms)")
        print(f"{region.code + ': what to measure next':36} {cells:8.0f} ms  (target 200 ms)")
        print(f"{region.code + ': everything else':36} {whole:8.0f} ms  (target 300 ms)")


def print_memory() -> None:
    """A region of very many industry rows, each with a range of its own."""
    settings = load_settings({"as_of": AS_OF.isoformat()}, AS_OF)
    knowledge, _, submission = pipeline.read(settings)
    region = submission.regions[0]

    def row(number: int) -> IndustryRow:
        one = region.industry[number % len(region.industry)]
        cells = {
            key: replace(getattr(one, key), stream=f"{key}/{number}")
            for key in ("employment", "employment_reference")
        }
        return replace(one, code=f"{one.code}.{number}", **cells)

    many = replace(region, industry=tuple(map(row, range(ROWS))))
    before = megabytes()
    seconds = best(lambda: assess(many, knowledge, AS_OF), 1) / 1000
    print(f"{'one region of 8,000 industry rows':36} {seconds:8.1f} s", end="   ")
    print(f"{megabytes() - before:+.0f} MB on {before:.0f}  (target 300 MB in all)")


if __name__ == "__main__":
    print_memory()
    print_kernel()
    print_regions()
