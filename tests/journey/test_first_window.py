"""The first window reads nothing that only a later moment needs: half of a start is reading."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LATER = ("concurrent.futures", "pos.domain.errors", "sqlalchemy", "tomllib", "ui.till")
LATER_OF_QT = ("QDockWidget", "QGradient", "QStyle", "QWizard")

START = """
import os, runpy, sys
from PySide6 import QtCore, QtGui, QtWidgets
root, folder = sys.argv[1:]
sys.path.insert(0, root); sys.argv = ["main.py", "--data-dir", folder]
from ui.main_window import MainWindow
def told():
    read = [name for name in LATER if name in sys.modules]
    print(*read, *(name for name in LATER_OF_QT if name in {**vars(QtGui), **vars(QtWidgets)}), flush=True)
    os._exit(0)
MainWindow.paintEvent = lambda self, event: QtCore.QTimer.singleShot(0, told)
runpy.run_path(os.path.join(root, "main.py"), run_name="__main__")
"""


def test_the_first_window_reads_nothing_that_comes_later(tmp_path: Path) -> None:
    program = f"LATER, LATER_OF_QT = {LATER!r}, {LATER_OF_QT!r}\n{START}"

    done = subprocess.run(
        [sys.executable, "-c", program, str(ROOT), str(tmp_path)], capture_output=True, check=True, text=True, timeout=60
    )

    assert done.stdout == "\n"
