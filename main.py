"""The counter of a community canteen: reads the settings, wires the parts, opens the window. Nobody imports it.

Its syntax is that of Python 3.6, so that an old Python can say in words that it is too old.
"""

import gc
import os
import sys

from pos import bootstrap

gc.disable()  # while modules are read nothing is garbage; Front turns it on again with the first paint

ROOT = os.path.dirname(os.path.abspath(__file__))
LOCK = "requirements.lock"
bootstrap.ensure(ROOT, LOCK)

import argparse
import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pos import config as settings
from pos import i18n, platform_check
from pos.clock import CHINA, SetClock, SystemClock
from pos.config import ConfigTrouble, PrinterConfig, ReaderConfig, TillConfig

if TYPE_CHECKING:
    import tempfile

    from pos.ports import Clock
    from pos.services.practice import PracticeCard
    from receipts.escpos import PrinterSettings
    from ui.background import Ears
    from ui.canteen.answers import Devices, Heard
    from ui.front import Front
    from ui.practice.presenter import PrinterMood
    from ui.practice.view import PracticeView
    from ui.services import OutboxState, Services

COMMANDS = ("verify", "backup", "restore", "export", "claim-check")
DATABASE_FILE = "canteen.db"
LOG_FILE = "canteen.log"
LOG_BYTES = 1_000_000
BAD_SETTINGS = 2
PRACTICE_TILL = "P"
NOON = (11, 40)
PICTURED_DAY = datetime(2026, 11, 23, *NOON, tzinfo=CHINA)


def main(argv: list[str]) -> int:
    """Start what the arguments ask for; the answer is the exit code."""
    parser = argparse.ArgumentParser(prog="main.py", epilog="{}: main.py COMMAND --help".format(" | ".join(COMMANDS)))
    parser.add_argument("--practice", action="store_true", help="a practice canteen; nothing in it is real")
    parser.add_argument("--shots", type=Path, metavar="FOLDER", help="with --practice: write every screen as PNG")
    parser.add_argument("--data-dir", type=Path, metavar="FOLDER", help="where database and canteen.toml lie")
    at = next((at for at, word in enumerate(argv) if word in COMMANDS), len(argv))
    asked, command = parser.parse_args(argv[:at]), argv[at:]
    if asked.shots and not asked.practice:
        parser.error("--shots needs --practice")
    try:
        till = read_settings(asked.data_dir)
    except ConfigTrouble as trouble:
        from ui.messages import settings_words

        print(*settings_words(trouble), sep="\n", file=sys.stderr)
        return BAD_SETTINGS
    i18n.use(till.language)
    if command:
        from db.commands import command_parts
        from receipts.files import files
        from ui.commands import run

        gc.enable()
        return run(command, command_parts(database_of(till, asked.data_dir), till.till, files().claims))
    if asked.shots:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    platform_check.stop_if_no_window_can_open()
    if asked.shots:
        return take_shots(asked.shots)
    return practise(till) if asked.practice else sell(till, asked.data_dir)


# -- settings --------------------------------------------------------------------------------------------


def read_settings(data_dir: "Path | None") -> TillConfig:
    """The machine's settings; what no file says keeps its default. Raises ConfigTrouble."""
    path = settings.config_path(data_dir)
    return settings.read_config(path) if path.exists() else TillConfig()


def database_of(till: TillConfig, data_dir: "Path | None") -> "str | Path":
    """The address of the database, or the path of its file."""
    return till.database or settings.data_folder(till, data_dir) / DATABASE_FILE


def write_log(folder: Path) -> None:
    """Keep a small log beside the database: faults and their places, never names, cards or PINs."""
    from logging.handlers import RotatingFileHandler

    folder.mkdir(parents=True, exist_ok=True)
    log = RotatingFileHandler(folder / LOG_FILE, maxBytes=LOG_BYTES, backupCount=3, encoding="utf-8")
    log.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(log)


# -- parts -----------------------------------------------------------------------------------------------


def font_file() -> Path:
    """The one font: screen, papers and picture lines."""
    return Path(ROOT, "receipts", "fonts", "NotoSansSC-Regular.ttf")


class DeviceTrials:
    """Tries devices for the first start."""

    def ports(self) -> "tuple[str, ...]":
        """The serial ports of this machine."""
        from pos.devices import trials

        return trials.ports()

    def hear_card(self, devices: "Devices") -> "Heard":
        """Wait a while for one card."""
        from pos.devices import trials
        from ui.canteen.answers import Heard

        return Heard(*trials.hear_card(devices.reader_port, ReaderConfig().baud, devices.reader_format))

    def print_page(self, devices: "Devices") -> str:
        """Print the test page; '' or why it did not come."""
        from receipts.setup import try_printer

        return try_printer(
            PrinterConfig(devices.printer_target, width_mm=devices.paper_width_mm, encoding=devices.encoding)
        )


# -- the real till ---------------------------------------------------------------------------------------


def sell(till: TillConfig, data_dir: "Path | None") -> int:
    """The real till: the window first, the store while it paints."""
    from ui.background import Ears
    from ui.front import Front

    clock = SystemClock()
    front = Front(font_file(), clock, wish=till.scale)
    with ExitStack() as held:
        ears = Ears(front.card_shown, front.reader_told, front.crash)
        shop = Shop(till, data_dir, clock, front, ears, held)
        front.window.first_painted.connect(shop.listen)
        front.open(shop.services, DeviceTrials(), founded=shop.founded, spoken=shop.spoken, ready=settle)
        code = front.run()
        ears.stop()
    return code


def settle() -> None:
    """Look for garbage no more in what is there when the till opens: it stays, and each look stopped every lane for 0.1 s."""
    gc.freeze()


class Shop:
    """The real till behind its front: its store, its devices, its settings file."""

    def __init__(
        self, till: TillConfig, data_dir: "Path | None", clock: "Clock", front: "Front", ears: "Ears", held: ExitStack
    ) -> None:
        self.till = till
        self._data_dir = data_dir
        self._clock = clock
        self._front = front
        self._ears = ears
        self._held = held

    def services(self) -> "Services":
        """Open the store, which may take a while: on the store's lane. Raises StoreTrouble."""
        from db.opening import locked
        from db.store import open_stores
        from pos.services.keys import FolderShelf
        from pos.services.vault import Vault
        from receipts.files import files
        from ui.services import services_over

        where = database_of(self.till, self._data_dir)
        self._held.enter_context(locked(where, self.till.till))
        self._stores = open_stores(where, self.till.till)
        self._held.callback(self._stores.close)
        write_log(settings.data_folder(self.till, self._data_dir))
        self._connect_printer()
        vault = Vault(FolderShelf(settings.data_folder(self.till, self._data_dir)))
        return services_over(self._stores, self._clock, self.till.till, self._print_next, files(), vault, self._station)

    def listen(self) -> None:
        """Listen to the card reader that the settings name; before the store is opened, which hands it on."""
        from ui.readers.station import Station

        self._station = Station(self._front, self._ears, lambda: self.till, self._keep)
        self._station.listen()

    def founded(self, devices: "Devices") -> None:
        """The first start chose these devices: keep them, and use them at once."""
        self._keep(devices.chosen(self.till, i18n.language()))
        self._connect_printer()
        self._station.listen()

    def _keep(self, till: TillConfig) -> None:
        settings.write_config(settings.config_path(self._data_dir), till)
        self.till = till

    def spoken(self, language: str) -> None:
        """The till speaks this language from now on, also after a restart."""
        self.till = replace(self.till, language=language)
        path = settings.config_path(self._data_dir)
        if path.exists():
            settings.write_config(path, self.till)

    def _print_next(self) -> "OutboxState":
        return self._outbox.work_once()

    def _connect_printer(self) -> None:
        from receipts.queue import Outbox
        from receipts.setup import paper_of, printer_of

        printer = printer_of(self.till.printer)
        self._outbox = Outbox(self._stores, printer, paper_of(self.till.printer), self.till.till, self._clock)


# -- the practice canteen --------------------------------------------------------------------------------


class Practice:
    """A throw-away canteen, and the toys in place of its reader and its printer. The bytes are the real ones."""

    def __init__(self, folder: Path, clock: "Clock", front: "Front", paper: "PrinterSettings", held: ExitStack) -> None:
        from receipts.simulated import SimulatedPrinter
        from ui.practice.reader import ToyReader
        from ui.practice.view import PracticeView

        self._file = folder / DATABASE_FILE
        self._clock = clock
        self._front = front
        self._paper = paper
        self._held = held
        self.cards: "tuple[PracticeCard, ...]" = ()
        self.papers: "list[bytes]" = []
        self.printer = SimulatedPrinter(self._printed)
        self.reader = ToyReader(front.card_shown)
        self.on_paper: "Callable[[bytes], None]" = lambda _png: None
        self.view = PracticeView(front.theme)
        front.play_reader()

    def services(self) -> "Services":
        """Make the canteen where there is none yet; on the store's lane."""
        from db.store import open_stores
        from pos.services.keys import KEY_FILE, FileShelf
        from pos.services.practice import build, cards
        from pos.services.vault import Vault
        from receipts.files import files
        from receipts.queue import Outbox
        from ui.services import services_over

        fresh = not self._file.exists()
        vault = Vault(FileShelf(self._file.with_name(KEY_FILE)))
        stores = open_stores(self._file, PRACTICE_TILL)
        self._held.callback(stores.close)
        outbox = Outbox(stores, self.printer, self._paper, PRACTICE_TILL, self._clock)
        if fresh:
            build(stores, self._clock, PRACTICE_TILL, self._front.preparing, vault)
            outbox.drop_all()
        self.cards = cards(stores, self._clock)
        return services_over(stores, self._clock, PRACTICE_TILL, outbox.work_once, files(), vault, self.reader)

    def lay(self, uid_hex: str) -> None:
        """Lay a card on the reader: it sends its frame again and again, as a held card does."""
        from pos.devices.simulated import encode_rdm6300
        from pos.domain.cards import CardUid

        self.reader.play(encode_rdm6300(CardUid(uid_hex)) * 3)

    def _lay_and_step_back(self, uid_hex: str) -> None:
        self.lay(uid_hex)
        self._front.put_panel_away()

    def panel(self) -> "PracticeView":
        """The panel with its cards dealt; the newest paper, if there is one, is on it."""
        from ui.practice.presenter import PracticePresenter, ToyCard

        toys = tuple(ToyCard(card.uid.hex, card.name, card.age) for card in self.cards)
        presenter = PracticePresenter(self.view, toys, self._lay_and_step_back, self.reader.play, self._set_printer)
        self.on_paper = presenter.paper_came
        self.view.attend(presenter)
        for png in self.papers[-1:]:
            presenter.paper_came(png)
        return self.view

    def _set_printer(self, mood: "PrinterMood") -> None:
        from receipts.printer import Reason
        from ui.practice.presenter import PrinterMood

        faults = {PrinterMood.OFF: Reason.NOT_CONNECTED, PrinterMood.PAPER_OUT: Reason.PAPER_OUT}
        self.printer.fails = faults.get(mood)

    def _printed(self, data: bytes) -> None:
        from receipts.paper_picture import paint

        png = paint(data, self._paper)
        self.papers.append(png)
        self._front.lanes.tell(lambda: self.on_paper(png))


def practise(till: TillConfig) -> int:
    """A till on a throw-away store, with a panel that plays the reader and shows the paper."""
    from receipts.setup import paper_of
    from ui.front import Front
    from ui.practice.view import greeting

    local = SystemClock().local()
    noon = local.replace(hour=NOON[0], minute=NOON[1], second=0)
    clock = SystemClock(shift_ms=round((noon - local).total_seconds() * 1000))
    front = Front(font_file(), clock, wish=till.scale)
    with practice_folder() as name, ExitStack() as held:
        practice = Practice(Path(name), clock, front, paper_of(till.printer), held)

        def ready() -> None:
            front.keep_at_hand(practice.panel(), greeting())
            settle()

        front.open(
            practice.services,
            DeviceTrials(),
            founded=lambda _devices: None,
            spoken=lambda _language: practice.view.retranslate(),
            ready=ready,
        )
        return front.run()


def take_shots(target: Path) -> int:
    """Write every screen and paper of the practice canteen to PNG files, in both languages and sizes."""
    from receipts.setup import paper_of
    from ui.front import Front
    from ui.shots import SIZES, Shooting

    with practice_folder() as seed_name:
        seed = Path(seed_name)
        for size in SIZES:
            for language in i18n.LANGUAGES:
                i18n.use(language)
                clock = SetClock(PICTURED_DAY)
                with practice_folder() as name, ExitStack() as held:
                    folder = Path(name)
                    if (seed / DATABASE_FILE).exists():
                        copy_canteen(seed, folder)
                    front = Front(font_file(), clock, size=size)
                    practice = Practice(folder, clock, front, paper_of(PrinterConfig(width_mm=80)), held)
                    shooting = Shooting(front, target, size, practice.lay, clock)
                    front.open(practice.services, DeviceTrials(), founded=print, spoken=print)
                    shooting.settle()
                    if not (seed / DATABASE_FILE).exists():
                        copy_canteen(folder, seed)
                    shooting.screens(tuple(card.uid.hex for card in practice.cards))
                    shooting.panel(practice.panel())
                    shooting.papers(practice.papers)
                    front.close()
    return 0


def copy_canteen(source: Path, target: Path) -> None:
    """The books of a practice canteen, and the key to its identity numbers."""
    import shutil

    from db.backup import backup
    from pos.services.keys import KEY_FILE

    backup(source / DATABASE_FILE, target / DATABASE_FILE)
    shutil.copy(source / KEY_FILE, target / KEY_FILE)


def practice_folder() -> "tempfile.TemporaryDirectory[str]":
    """A folder that vanishes with the practice canteen."""
    import tempfile

    return tempfile.TemporaryDirectory(prefix="canteen-practice-", ignore_cleanup_errors=True)


if __name__ == "__main__":
    with bootstrap.whole_libraries(ROOT, LOCK):
        sys.exit(main(sys.argv[1:]))
