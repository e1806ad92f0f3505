"""Which projects go together: an exact choice under limits, whatever the projects are."""

from generator.analysis.solver.exact import Found, best, chosen
from generator.analysis.solver.listing import Listing, TooManyError, list_choices
from generator.analysis.solver.options import (
    RESOURCES,
    ROOMS,
    Drawn,
    Options,
    Placings,
    Platforms,
    Terms,
)

__all__ = [
    "RESOURCES",
    "ROOMS",
    "Drawn",
    "Found",
    "Listing",
    "Options",
    "Placings",
    "Platforms",
    "Terms",
    "TooManyError",
    "best",
    "chosen",
    "list_choices",
]
