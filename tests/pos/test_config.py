"""canteen.toml is read whole or refused by name, and what is written reads back."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.config import (
    BAUDS,
    CHOICES,
    ConfigTrouble,
    PrinterConfig,
    ReaderConfig,
    TillConfig,
    WedgeConfig,
    config_path,
    data_folder,
    read_config,
    write_config,
)

FULL = """\
till = "B2"
language = "en"
scale = 1.25
database = "postgresql+psycopg://till:secret@district/canteen"
data_folder = "books"

[reader]
port = "socket://reader:4001"
baud = 19200
format = "8h10d"

[wedge]
enabled = true
format = "10h"

[printer]
target = "socket://printer:9100"
baud = 115200
width_mm = 80
encoding = "utf-8"
qr = "picture"
drawer = "realtime"
drawer_pin = 5
"""


def test_every_setting_is_read(tmp_path: Path) -> None:
    path = _file(tmp_path, FULL)

    config = read_config(path)

    assert config == TillConfig(
        till="B2",
        language="en",
        scale=1.25,
        database="postgresql+psycopg://till:secret@district/canteen",
        data_folder=tmp_path / "books",
        reader=ReaderConfig(port="socket://reader:4001", baud=19200, format="8h10d"),
        wedge=WedgeConfig(enabled=True, format="10h"),
        printer=PrinterConfig(
            target="socket://printer:9100",
            baud=115200,
            width_mm=80,
            encoding="utf-8",
            qr="picture",
            drawer="realtime",
            drawer_pin=5,
        ),
    )


def test_what_is_not_named_keeps_its_default(tmp_path: Path) -> None:
    path = _file(tmp_path, "scale = 2\n[reader]\nport = '/dev/ttyUSB0'\n")

    config = read_config(path)

    assert config == TillConfig(scale=2.0, reader=ReaderConfig(port="/dev/ttyUSB0"))
    assert type(config.scale) is float


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "canteen.toml"
    path.write_bytes(b'\xef\xbb\xbftill = "C"\r\n')

    config = read_config(path)

    assert config == TillConfig(till="C")


@pytest.mark.parametrize(
    ("text", "key", "why", "found", "expected", "line"),
    [
        ('tilt = "A"\n', "tilt", "unknown_key", "A", None, 1),
        ("\n[reader]\nspeed = 9600\n", "reader.speed", "unknown_key", "9600", "port, baud, format", 3),
        ("[cutter]\nx = 1\n", "cutter", "unknown_key", "{'x': 1}", None, 1),
        ("[printer]\nwidth_mm = '58'\n", "printer.width_mm", "wrong_type", "58", "int", 2),
        ("[printer]\nwidth_mm = 58.0\n", "printer.width_mm", "wrong_type", "58.0", "int", 2),
        ("[reader]\nbaud = true\n", "reader.baud", "wrong_type", "True", "int", 2),
        ("[wedge]\nenabled = 1\n", "wedge.enabled", "wrong_type", "1", "bool", 2),
        ("data_folder = 1\n", "data_folder", "wrong_type", "1", "str", 1),
        ("reader = '/dev/ttyUSB0'\n", "reader", "wrong_type", "/dev/ttyUSB0", "table", 1),
        ("till = 'A'\nlanguage = 'zh'\n", "language", "unknown_choice", "zh", "zh_CN, en", 2),
        ("[printer]\nwidth_mm = 76\n", "printer.width_mm", "unknown_choice", "76", "58, 80", 2),
        ("[reader]\nport = 'http://x'\n", "reader.port", "unknown_choice", "http://x", None, 2),
        ("[printer]\ntarget = 'ftp://x'\n", "printer.target", "unknown_choice", "ftp://x", None, 2),
        ("till = ''\n", "till", "out_of_range", "", "A-Z a-z 0-9, 1-8", 1),
        ("till = '甲'\n", "till", "out_of_range", "甲", "A-Z a-z 0-9, 1-8", 1),
        ("scale = 9\n", "scale", "out_of_range", "9.0", "0.75-3.0", 1),
        ("scale = nan\n", "scale", "out_of_range", "nan", "0.75-3.0", 1),
        ("database = 5\n", "database", "wrong_type", "", "str", 1),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(
    tmp_path: Path, text: str, key: str, why: str, found: str, expected: str | None, line: int
) -> None:
    path = _file(tmp_path, text)

    with pytest.raises(ConfigTrouble) as caught:
        read_config(path)

    trouble = caught.value
    assert (trouble.file, trouble.key, trouble.why, trouble.found, trouble.line) == (path, key, why, found, line)
    assert expected is None or trouble.expected == expected


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    path = _file(tmp_path, 'till = "A"\nlanguage = en\n')

    with pytest.raises(ConfigTrouble) as caught:
        read_config(path)

    assert (caught.value.why, caught.value.line) == ("syntax", 2)


@pytest.mark.parametrize("content", [b"till = '\xff'", None])
def test_a_file_that_is_not_there_or_no_text_is_unreadable(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "canteen.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigTrouble) as caught:
        read_config(path)

    assert (caught.value.file, caught.value.why) == (path, "unreadable")


def test_a_password_is_in_no_text_about_the_settings(tmp_path: Path) -> None:
    config = read_config(_file(tmp_path, FULL))

    text = f"{config!r} {config}"

    assert "secret" not in text


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(
    st.builds(
        TillConfig,
        till=st.from_regex(r"[A-Za-z0-9]{1,8}", fullmatch=True),
        language=st.sampled_from(["zh_CN", "en"]),
        scale=st.floats(0.75, 3.0),
        database=WORDS,
        reader=st.builds(
            ReaderConfig,
            port=WORDS.filter(lambda text: "://" not in text),
            baud=st.sampled_from(BAUDS),
            format=st.sampled_from([str(choice) for choice in CHOICES["reader.format"]]),
        ),
        wedge=st.builds(WedgeConfig, enabled=st.booleans()),
        printer=st.builds(PrinterConfig, target=WORDS.filter(lambda text: "://" not in text)),
    )
)
def test_what_is_written_reads_back(tmp_path_factory: pytest.TempPathFactory, config: TillConfig) -> None:
    folder = tmp_path_factory.mktemp("till")
    here = replace(config, data_folder=folder / "账本 books")

    write_config(folder / "canteen.toml", here)

    assert read_config(folder / "canteen.toml") == here
    assert [file.name for file in folder.iterdir()] == ["canteen.toml"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folder private by itself")
def test_the_file_is_its_owners_alone_since_it_may_hold_a_password(tmp_path: Path) -> None:
    path = tmp_path / "new" / "canteen.toml"

    write_config(path, TillConfig())

    assert path.stat().st_mode & 0o777 == 0o600


def test_the_choices_stand_beside_each_setting(tmp_path: Path) -> None:
    path = tmp_path / "canteen.toml"

    write_config(path, TillConfig())

    lines = path.read_text(encoding="utf-8").splitlines()
    assert "width_mm = 58  # 58 | 80" in lines
    assert 'format = "rdm6300"  # rdm6300 | 8h10d | 10h' in lines


def test_the_command_line_outranks_the_file_and_the_file_the_users_folder(tmp_path: Path) -> None:
    plain, told = TillConfig(), TillConfig(data_folder=tmp_path / "books")

    folders = [data_folder(told, tmp_path / "given"), data_folder(told), data_folder(plain).name]

    assert folders == [tmp_path / "given", tmp_path / "books", "canteen-counter"]
    assert config_path(tmp_path) == tmp_path / "canteen.toml"
    assert config_path().parent.name == "canteen-counter"


def _file(folder: Path, text: str) -> Path:
    path = folder / "canteen.toml"
    path.write_text(text, encoding="utf-8")
    return path
