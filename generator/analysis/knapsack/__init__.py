"""Which uses fit together under the limits: exact selections, how often each, what is lacking."""

from generator.analysis.knapsack.conditions import Conditions, is_feasible, resource_use
from generator.analysis.knapsack.frequency import selection_frequency
from generator.analysis.knapsack.program import least_extra, solve_selection

__all__ = [
    "Conditions",
    "is_feasible",
    "least_extra",
    "resource_use",
    "selection_frequency",
    "solve_selection",
]
