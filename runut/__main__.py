"""`python -m runut` is the `runut` command."""

import sys

from runut.cli import main

if __name__ == "__main__":
    sys.exit(main())
