"""One till's settings, read once from canteen.toml into a frozen value, and written by the first start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, TypeAlias

FILE_NAME = "canteen.toml"

BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
READER_SCHEMES = ("socket", "rfc2217", "spy", "loop", "hwgrep", "alt")
PRINTER_SCHEMES = ("socket", "file", "rfc2217")
DATABASE_SCHEMES = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")


WidthMm: TypeAlias = Literal[58, 80]
Encoding: TypeAlias = Literal["gb18030", "gbk", "utf-8"]


@dataclass(frozen=True, slots=True)
class ReaderConfig:
    """A card reader on a serial line; `port` is a device or a pyserial URL, empty for none."""

    port: str = ""
    baud: int = 9600
    format: str = "rdm6300"


@dataclass(frozen=True, slots=True)
class WedgeConfig:
    """A card reader that types like a keyboard."""

    enabled: bool = False
    format: str = "8h10d"


@dataclass(frozen=True, slots=True)
class PrinterConfig:
    """A receipt printer; `target` is a serial device, socket://host:9100 or file:///path, empty for none."""

    target: str = ""
    baud: int = 9600
    width_mm: WidthMm = 58
    encoding: Encoding = "gb18030"
    qr: Literal["native", "picture"] = "native"
    drawer: Literal["escpos", "realtime", "none"] = "escpos"
    drawer_pin: Literal[2, 5] = 2


@dataclass(frozen=True, slots=True)
class TillConfig:
    """What this machine is. An empty `database` is a file in `data_folder`; no `data_folder` is the user's own."""

    till: str = "A"
    language: str = "zh_CN"
    scale: float = 1.0
    database: str = field(default="", repr=False)  # a URL may hold a password
    data_folder: Path | None = None
    reader: ReaderConfig = ReaderConfig()
    wedge: WedgeConfig = WedgeConfig()
    printer: PrinterConfig = PrinterConfig()


@dataclass(eq=False)
class ConfigTrouble(Exception):
    """The file cannot be taken as settings: where (`line` counts from 1, 0 is unknown), which key, and why.

    `why` is one of: unreadable, syntax, unknown_key, wrong_type, unknown_choice, out_of_range. `expected` holds
    the choices, the type or the range; `found` what stands there, never for `database`.
    """

    file: Path
    key: str
    why: str
    found: str = ""
    expected: str = ""
    line: int = 0


CHOICES: Mapping[str, tuple[str | int, ...]] = {
    "language": ("zh_CN", "en"),
    "reader.baud": BAUDS,
    "reader.format": ("rdm6300", "8h10d", "10h"),
    "wedge.format": ("8h10d", "10h"),
    "printer.baud": BAUDS,
    "printer.width_mm": (58, 80),
    "printer.encoding": ("gb18030", "gbk", "utf-8"),
    "printer.qr": ("native", "picture"),
    "printer.drawer": ("escpos", "realtime", "none"),
    "printer.drawer_pin": (2, 5),
}
LEAST_SCALE, MOST_SCALE = 0.75, 3.0


def read_config(path: Path) -> TillConfig:
    """The settings of a canteen.toml; what it does not name keeps its default. Raises ConfigTrouble."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # Windows' Notepad writes a byte order mark
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigTrouble(path, "", "unreadable", found=str(error)) from error
    import tomllib  # the first start has no file to read

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigTrouble(path, "", "syntax", found=str(error), line=_line_in(str(error))) from error
    return _Reading(path, text).till(document)


def write_config(path: Path, config: TillConfig) -> None:
    """Writes all settings, whole or not at all, readable by its owner alone. Raises OSError."""
    lines: list[str] = []
    tables: list[str] = []
    for item in fields(config):
        value = getattr(config, item.name)
        if isinstance(value, ReaderConfig | WedgeConfig | PrinterConfig):
            tables += ["", f"[{item.name}]"]
            tables += [
                _line(f"{item.name}.{part.name}", part.name, getattr(value, part.name)) for part in fields(value)
            ]
        elif value is not None:
            lines.append(_line(item.name, item.name, value))
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines + tables) + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def config_path(data_dir: Path | None = None) -> Path:
    """Where canteen.toml lies: in the folder of `--data-dir`, else in the user's settings folder."""
    if data_dir is not None:
        return data_dir / FILE_NAME
    import platformdirs

    return platformdirs.user_config_path("canteen-counter", appauthor=False) / FILE_NAME


def data_folder(config: TillConfig, data_dir: Path | None = None) -> Path:
    """Where the database file lies: `--data-dir`, else the setting, else the user's data folder."""
    chosen = data_dir or config.data_folder
    if chosen is not None:
        return chosen
    import platformdirs

    return platformdirs.user_data_path("canteen-counter", appauthor=False)


@dataclass(frozen=True, slots=True)
class _Reading:
    path: Path
    text: str

    def till(self, document: dict[str, Any]) -> TillConfig:
        defaults = TillConfig()
        tables: dict[str, Any] = {
            name: type(part)(**self._values(name, part, self._table(document, name)))
            for name, part in (
                ("reader", defaults.reader),
                ("wedge", defaults.wedge),
                ("printer", defaults.printer),
            )
        }
        plain = {key: value for key, value in document.items() if key not in tables}
        values = self._values("", defaults, plain)
        config = TillConfig(**values, **tables)
        self._check_ranges(config)
        return config

    def _table(self, document: dict[str, Any], name: str) -> dict[str, Any]:
        table = document.get(name, {})
        if not isinstance(table, dict):
            raise self._trouble(name, "wrong_type", table, "table")
        return table

    def _values(self, table: str, defaults: object, found: dict[str, Any]) -> dict[str, Any]:
        """The values of one table, each of the type of its default and one of its choices."""
        wanted = {item.name: getattr(defaults, item.name) for item in fields(defaults)}  # type: ignore[arg-type]
        values: dict[str, Any] = {}
        for name, value in found.items():
            key = f"{table}.{name}" if table else name
            if name not in wanted:
                raise self._trouble(key, "unknown_key", value, ", ".join(wanted))
            values[name] = self._typed(key, value, wanted[name])
            choices = CHOICES.get(key)
            if choices and values[name] not in choices:
                raise self._trouble(key, "unknown_choice", value, ", ".join(map(str, choices)))
        return values

    def _typed(self, key: str, value: object, default: object) -> object:
        if key == "data_folder" and isinstance(value, str):
            return self.path.parent / Path(value).expanduser() if value else None
        if isinstance(default, float) and type(value) is int:
            return float(value)
        kind = str if default is None else type(default)
        if type(value) is not kind:  # True is an int to isinstance, and never a baud rate
            raise self._trouble(key, "wrong_type", value, kind.__name__)
        return value

    def _check_ranges(self, config: TillConfig) -> None:
        if not (config.till.isascii() and config.till.isalnum() and len(config.till) <= 8):
            raise self._trouble("till", "out_of_range", config.till, "A-Z a-z 0-9, 1-8")
        if not LEAST_SCALE <= config.scale <= MOST_SCALE:
            raise self._trouble("scale", "out_of_range", config.scale, f"{LEAST_SCALE}-{MOST_SCALE}")
        for key, address, schemes in (
            ("database", config.database, DATABASE_SCHEMES),
            ("reader.port", config.reader.port, READER_SCHEMES),
            ("printer.target", config.printer.target, PRINTER_SCHEMES),
        ):
            if "://" in address and address.partition("://")[0].lower() not in schemes:
                raise self._trouble(key, "unknown_choice", address, ", ".join(f"{name}://" for name in schemes))

    def _trouble(self, key: str, why: str, found: object, expected: str) -> ConfigTrouble:
        shown = "" if key == "database" else str(found)
        return ConfigTrouble(self.path, key, why, shown, expected, _line_of(self.text, key))


def _line(key: str, name: str, value: object) -> str:
    choices = CHOICES.get(key)
    comment = f"  # {' | '.join(map(str, choices))}" if choices else ""
    return f"{name} = {_toml(value)}{comment}"


def _toml(value: object) -> str:
    import json

    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _line_of(text: str, key: str) -> int:
    """The line on which a key, or the table of that name, stands; 0 where it cannot be told."""
    table, _, name = key.rpartition(".")
    here = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("["):
            here = line.strip("[] ").split("]")[0].strip()
            if here == key:
                return number
        elif here == table and line.partition("=")[0].strip().strip("\"'") == name:
            return number
    return 0


def _line_in(message: str) -> int:
    """The line that tomllib's own message names: '... (at line 3, column 5)'."""
    _, _, tail = message.partition("(at line ")
    digits = tail.partition(",")[0]
    return int(digits) if digits.isdigit() else 0
