#!/usr/bin/env python3
"""The command line of the system: see README.md for the commands people rely on."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from neet.launch.entry import main

if __name__ == "__main__":
    main(sys.argv)
