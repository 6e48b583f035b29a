"""`python3 -m tests`: prepares .venv with the test tools, then runs pytest with the same arguments.

Without arguments the whole suite runs, on every core; with any, pytest does what they say.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, ROOT)

from pos import bootstrap

bootstrap.ensure(ROOT, "requirements-dev.lock")

import pytest

if __name__ == "__main__":
    asked = sys.argv[1:] or ["-n", "auto", "--dist", "worksteal"]
    sys.exit(pytest.main(["--rootdir", ROOT, "-c", os.path.join(ROOT, "pyproject.toml"), *asked]))
