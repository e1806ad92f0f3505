"""The plain way: every changed region is run whole, by nothing that another run has found."""

from msgspec.structs import replace

from generator.analysis import core
from generator.analysis.measure import cells
from generator.analysis.memo import Memo
from generator.analysis.waves import first_wave
from generator.analysis.withinlimit import kept_within


class Forgetful(Memo):
    """Remembers nothing: all is made anew, however often it is asked for."""

    def of(self, _name, _key, _read, make):
        """Made now."""
        return make()

    def same(self, _name, _key, found):
        """Itself."""
        return found

    def aside(self):
        """Another of the kind."""
        return Forgetful()


def whole(region, knowledge, as_of, base=None):
    """A run from scratch; of a changed region by the coefficients of the base case."""
    judged = None if base is None else base.setting.objectives
    return core.run(region, knowledge, as_of, judged, Forgetful())


def changed(cell, region, value):
    """The region with one cell measured."""
    fact = replace(cell.fact, value=value, low=value, high=value)
    if cell.row < 0:
        return replace(region, figures={**region.figures, cell.column: fact})
    rows = list(getattr(region, cell.register))
    rows[cell.row] = replace(rows[cell.row], **{cell.column: fact})
    return replace(region, **{cell.register: tuple(rows)})


def ends_of(base, every=1):
    """Some cells with each end of their ranges and the run of the region that has it."""
    for cell in list(cells(base.region))[::every]:
        for value in (cell.fact.low, cell.fact.high):
            region = changed(cell, base.region, value)
            yield cell, value, whole(region, base.knowledge, base.screening.as_of, base)


def told(wave):
    """What a wave holds, and its value to nine decimals."""
    return wave.placements, round(wave.found.value, 9), round(wave.found.capital, 6)


def measured(base):
    """(sheet, column, record) to the ends that change the first wave and the spread of its value.

    Cells with neither are left out.
    """
    own = {one.use_id for one in _proposed(base.setting).placements}
    waves = {}
    for cell, _, run in ends_of(base):
        waves.setdefault((cell.register, cell.column, cell.record), []).append(
            _proposed(run.setting)
        )
    found = {}
    for key, ends in waves.items():
        sets = [{one.use_id for one in wave.placements} for wave in ends]
        values = [wave.found.value for wave in ends]
        turns, spread = sum(one != own for one in sets), max(values) - min(values)
        if turns or spread > 1e-12:
            found[key] = turns, round(spread, 9)
    return found


def _proposed(setting):
    """The first wave as it is proposed, within the limit at its upper ends."""
    return kept_within(setting, first_wave(setting))
