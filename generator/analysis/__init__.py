"""Pure functions from facts to findings: the law gate, readiness, procedures."""

from generator.analysis.assess import assess

__all__ = ["assess"]
