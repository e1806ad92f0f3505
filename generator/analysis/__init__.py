"""Pure functions from facts to findings: the law gate, readiness, procedures."""

from generator.analysis.assess import assess
from generator.analysis.summary import summarise
