"""`python -m generator.cli`."""

import sys

from generator.cli import main

if __name__ == "__main__":  # other processes of a build import this module as well
    sys.exit(main())
