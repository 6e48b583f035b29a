"""The PySide6 in use keeps Python alive: some releases drop a reference of True with every signal."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rang = Signal(bool)

heard = []
bell = Bell()
bell.rang.connect(heard.append)
for _ in range(3000):
    bell.rang.emit(True)
print(len(heard), all(heard))
"""


def test_three_thousand_signals_in_one_process_do_not_abort_it() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "3000 True\n", "")
