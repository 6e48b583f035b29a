"""From the first line of Python to the first painted window: the till against an empty QMainWindow.

Each start is a fresh process that imports the same three Qt modules first; both sides take turns. The till runs
main.py itself with an empty data folder, offscreen; its window takes keys from that paint on. Like any start but the
first, it finds the bytecode that an earlier one left: an environment that forbids Python to keep it is not the till's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

STARTS = 15
ROOT = Path(__file__).parents[2]

EMPTY = """
import time; began = time.perf_counter()
import os; os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6 import QtCore, QtGui, QtWidgets
app = QtWidgets.QApplication([])
class Window(QtWidgets.QMainWindow):
    def paintEvent(self, event):
        QtCore.QTimer.singleShot(0, done)
def done():
    print(time.perf_counter() - began, flush=True); os._exit(0)
window = Window(); window.resize(1366, 768); window.show(); app.exec()
"""

TILL = """
import time; began = time.perf_counter()
import os, runpy, sys; os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6 import QtCore, QtGui, QtWidgets
root, folder = sys.argv[1:]
sys.path.insert(0, root); sys.argv = ["main.py", "--data-dir", folder]
from ui.main_window import MainWindow
def painted(self, event):
    QtWidgets.QMainWindow.paintEvent(self, event); QtCore.QTimer.singleShot(0, done)
def done():
    print(time.perf_counter() - began, flush=True); os._exit(0)
MainWindow.paintEvent = painted
runpy.run_path(os.path.join(root, "main.py"), run_name="__main__")
"""


def seconds(program: str, *arguments: str) -> float:
    """One start, in seconds, as the process itself measured it."""
    command = [sys.executable, "-c", program, *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return float(subprocess.run(command, capture_output=True, check=True, text=True, env=environment).stdout)


def main() -> None:
    """Print the table."""
    empty: list[float] = []
    till: list[float] = []
    with TemporaryDirectory() as folder:
        seconds(TILL, str(ROOT), folder)
        for _start in range(STARTS):
            empty.append(seconds(EMPTY))
            till.append(seconds(TILL, str(ROOT), folder))
    ratio = median(till) / median(empty)
    print("## First window (demanded: at most twice the empty one)\n")
    print("| what | median |\n| --- | --- |")
    print(f"| empty QMainWindow | {median(empty) * 1000:.0f} ms |")
    print(f"| the till | {median(till) * 1000:.0f} ms |")
    print(f"| ratio | {ratio:.2f} x |")


if __name__ == "__main__":
    main()
