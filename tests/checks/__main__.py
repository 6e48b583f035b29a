"""`python3 -m tests.checks`: every check that needs no run of the program, as one command."""

import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, ROOT)

from pos import bootstrap

bootstrap.ensure(ROOT, "requirements-dev.lock")

CHECKS = (
    ("ruff", ["ruff", "check", "."]),
    ("mypy", ["mypy"]),
    ("arrows between the rooms, catalog, lock", ["pytest", "-q", "tests/checks"]),
)


def main() -> int:
    failed = []
    for name, arguments in CHECKS:
        print("== {0}".format(name), flush=True)
        if subprocess.call([sys.executable, "-m", *arguments], cwd=ROOT):
            failed.append(name)
    print("checks: {0}".format("failed: " + ", ".join(failed) if failed else "all passed"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
