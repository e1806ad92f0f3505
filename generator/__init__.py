"""From a planner's spreadsheet of regional assets to bilingual Word briefs."""

import os

# The arrays are small: threads cost more than they bring, and results must not depend on them.
# Here, since it must be said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
