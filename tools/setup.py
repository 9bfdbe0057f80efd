"""Sets up what is missing, then becomes the command given after `--then`.

This file is read by whatever Python the machine has, so it keeps to what Python 3.6 can read
and imports the rest, which needs Python 3.11, only once it runs on one.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3.14", "python3")


def main() -> None:
    if sys.version_info < OLDEST:
        become_a_newer_python()
    else:
        sys.path[0] = ROOT
        from tools.house import main as set_up

        sys.exit(set_up(sys.argv[1:]))


def become_a_newer_python() -> None:
    """Start over under the first Python on the PATH that is new enough, or say what to install."""
    for name in CANDIDATES:
        if is_new_enough(name):
            os.execvp(name, [name, os.path.abspath(__file__), *sys.argv[1:]])
    sys.exit(
        "Peyk needs Python {}.{} or newer, and this is {}.{}.\n"
        "Install one, or name it: make run PYTHON=/path/to/python3.12".format(
            *OLDEST, *sys.version_info[:2]
        )
    )


def is_new_enough(name: str) -> bool:
    question = "import sys; sys.exit(sys.version_info < ({}, {}))".format(*OLDEST)
    try:
        return subprocess.call([name, "-c", question], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


if __name__ == "__main__":
    main()
