"""Which projects go together: an exact choice under limits, whatever the projects are."""

from __future__ import annotations

from generator.analysis.solver.exact import best_listed, best_of_each
from generator.analysis.solver.listing import MOST, Listing, list_choices
from generator.analysis.solver.options import (
    RESOURCES,
    ROOMS,
    Alike,
    Drawn,
    Found,
    Items,
    Options,
    Placings,
    Platforms,
    Terms,
    are_alike,
    chosen,
    picked,
)
from generator.analysis.solver.program import best_by_program, best_with


def best_programme(
    listing: Listing | None,
    options: Options,
    terms: Terms,
    forbidden: Found | None = None,
    alike: Alike = "places",
) -> Found | None:
    """The choice of greatest value under the limits.

    Among equal values, to 1e-9: fewer projects, less capital, use ids ascending with blockchain
    first, then places in the order of the sites without one last, then larger sizes.

    Args:
        listing: Every set that the options allow; None where there are too many to list.
        options: What may be chosen.
        terms: What it is judged by, and the limits.
        forbidden: A choice that does not count, such as the best one for a runner-up.
        alike: What else does not count: choices of the same uses and sizes, or of the same uses.

    Returns:
        None if nothing else is left than `forbidden`.
    """
    if listing is None:
        return best_by_program(options, terms, forbidden, alike)
    return best_listed(listing, options, terms, forbidden, alike)
