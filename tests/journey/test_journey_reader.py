"""A reader that was set up wrongly, in the real program on a real line: its bytes are heard, and its cards at once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Timer

from db.engine import address_of
from db.migrate import bring_up_to_date
from pos.config import ReaderConfig, TillConfig, config_path, read_config, write_config
from pos.devices.simulated import encode_rdm6300
from tests.journey.shop import ReaderCable
from tests.ui.sale_world import WANG_CARD

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60

PROGRAM = """
import os, runpy, sys
root, folder = sys.argv[1:]
sys.path.insert(0, root); sys.argv = ["main.py", "--data-dir", folder]
from time import sleep
from PySide6.QtWidgets import QApplication
from ui.front import Front
from ui.readers.reader import Setup
cards, told = [], bytearray()
Front._card_read = lambda self, uid: cards.append(uid.hex)
def until(so):
    while not so():
        sleep(0.01)  # qWait would keep Python to itself, and the till could not start
        QApplication.processEvents()
def run(front):
    front.window.show()
    until(lambda: front._till is not None and hasattr(front._till, "_services"))
    reader = front.till._services.reader
    reader.learn(reader.setup.port, reader.setup.baud, told.extend)
    print("learns", flush=True)
    until(lambda: len(told) >= 14)
    print(bytes(told[:14]).hex(), cards, flush=True)
    reader.use(Setup(reader.setup.port, 9600, "rdm6300"))
    print("uses", flush=True)
    until(lambda: cards)
    print(cards[0], len(told) < 28, flush=True)
    os._exit(0)
Front.run = run
runpy.run_path(os.path.join(root, "main.py"), run_name="__main__")
"""


def test_a_tap_reaches_the_window_raw_and_the_format_that_was_found_is_kept_and_used_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    bring_up_to_date(address_of(folder / "canteen.db"))
    cable, tap = ReaderCable(tmp_path / "reader"), encode_rdm6300(WANG_CARD)
    before = TillConfig(reader=ReaderConfig(str(cable.path), format="8h10d"))
    write_config(config_path(folder), before)
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(ROOT), str(folder)], stdout=subprocess.PIPE, text=True
    )
    guard = Timer(PATIENCE_S, program.kill)
    guard.start()

    try:
        assert program.stdout is not None
        said = []
        for line in program.stdout:
            said.append(line.strip())
            if said[-1] == "learns":
                cable.send(tap)
            while said[-1] == "uses" and program.poll() is None:  # the line is opened anew: what comes before is lost
                cable.send(tap)
                wait(program)
    finally:
        guard.cancel()
        program.kill()
        program.communicate()
        cable.pull()

    assert said[:3] == ["learns", f"{tap.hex()} []", "uses"]
    assert said[3:] == [f"{WANG_CARD.hex} True"]
    assert read_config(config_path(folder)) == replace(before, reader=replace(before.reader, format="rdm6300"))
    assert WANG_CARD.printed not in (folder / "canteen.log").read_text("utf-8")


def wait(program: subprocess.Popen[str]) -> None:
    """Give the program a moment."""
    try:
        program.wait(0.1)
    except subprocess.TimeoutExpired:
        return
