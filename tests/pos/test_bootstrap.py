"""A start prepares its own .venv, goes on in it, and says in two lines what it cannot do.

Each start here is a real one: a real venv, a real pip, and a small package index on this machine.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest

from pos import bootstrap

ROOT = Path(__file__).resolve().parents[2]

MAIN = """\
import sys
from pos import bootstrap
bootstrap.ensure({root!r}, "requirements.lock")
with bootstrap.whole_libraries({root!r}, "requirements.lock"):
    import soup, rice
    print(soup.NAME, rice.NAME, sys.argv[1:])
"""

UNINSTALL = ("-m", "pip", "uninstall", "--yes", "--quiet", "--disable-pip-version-check")


class Index(SimpleHTTPRequestHandler):
    """Serves the shop's folder; a package that is out of stock loses the connection."""

    shop: Shop

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        if name in self.shop.out_of_stock:
            self.close_connection = True
            return
        if name.endswith(".whl"):
            self.shop.served.append(name)
        super().do_GET()

    def end_headers(self) -> None:
        if self.path.endswith(".whl"):
            self.send_header("Cache-Control", "max-age=3600, immutable")  # as package indexes send
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Keeps the tests' output clean."""


class Shop:
    """A package index on this machine: its folder, what it has served, and what it cannot serve now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.served: list[str] = []
        self.out_of_stock: set[str] = set()
        handler = type("ShopIndex", (Index,), {"shop": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/simple"


class Canteen:
    """A program in its own folder, with an index that has its two packages."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "till"
        self.shop = Shop(folder / "shop")
        (self.root / "pos").mkdir(parents=True)
        for name in ("__init__.py", "bootstrap.py"):
            shutil.copy(ROOT / "pos" / name, self.root / "pos" / name)
        (self.root / "main.py").write_text(MAIN.format(root=str(self.root)), encoding="utf-8")
        self.lock = self.root / "requirements.lock"
        self.stock({"soup": "1.0", "rice": "1.0"})

    def stock(self, versions: dict[str, str]) -> None:
        lines = []
        for name, version in versions.items():
            wheel = _wheel(name, version)
            page = self.shop.folder / "simple" / name
            page.mkdir(parents=True, exist_ok=True)
            file = f"{name}-{version}-py3-none-any.whl"
            (page / file).write_bytes(wheel)
            (page / "index.html").write_text(f'<a href="{file}">{file}</a>', encoding="utf-8")
            lines.append(f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(wheel).hexdigest()}\n")
        self.lock.write_text("".join(lines), encoding="utf-8")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        keep = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
        home = self.root.parent / "home"
        home.mkdir(exist_ok=True)
        environment = keep | {
            "HOME": str(home),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": self.shop.url,
            "PIP_TRUSTED_HOST": "127.0.0.1",  # pip keeps downloads only from hosts that it trusts
            "PIP_RETRIES": "0",
            "PYTHONUTF8": "1",
        }
        command = [_base_python(), "main.py", *arguments]
        return subprocess.Popen(
            command, cwd=self.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        process = self.start(*arguments)
        out, err = process.communicate()
        return process.returncode, out, err


@dataclass(frozen=True, slots=True)
class Opening:
    """A canteen whose first two starts came at once, and how each ended: exit code, stdout, stderr."""

    canteen: Canteen
    starts: list[tuple[int, str, str]]


@contextmanager
def _open(folder: Path) -> Iterator[Canteen]:
    canteen = Canteen(folder)
    threading.Thread(target=canteen.shop.server.serve_forever, args=(0.05,), daemon=True).start()
    yield canteen
    canteen.shop.server.shutdown()
    canteen.shop.server.server_close()


@pytest.fixture
def canteen(tmp_path: Path) -> Iterator[Canteen]:
    with _open(tmp_path) as canteen:
        yield canteen


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opening]:
    with _open(tmp_path_factory.mktemp("opening")) as canteen:
        running = [canteen.start(str(number)) for number in range(2)]
        ended = [start.communicate() for start in running]
        yield Opening(
            canteen, [(start.returncode, out, err) for start, (out, err) in zip(running, ended, strict=True)]
        )


def test_a_first_start_that_lost_its_network_says_so_and_the_next_goes_on_where_it_stopped(canteen: Canteen) -> None:
    canteen.shop.out_of_stock = {"rice-1.0-py3-none-any.whl"}
    code, out, err = canteen.run()
    lines = err.splitlines()
    assert (code, out) == (bootstrap.EXIT_NO_NETWORK, "")
    assert [lines[-2][:4], lines[-1][:19]] == ["下载失败", "The download failed"]
    canteen.shop.out_of_stock = set()

    again = canteen.run("export", "--format=csv", "两 份")
    warm = canteen.run()

    assert again[:2] == (0, "soup 1.0 rice 1.0 ['export', '--format=csv', '两 份']\n")
    assert canteen.shop.served == ["soup-1.0-py3-none-any.whl", "rice-1.0-py3-none-any.whl"]
    assert warm == (0, "soup 1.0 rice 1.0 []\n", "")


def test_of_two_first_starts_at_once_one_prepares_and_both_go_on(opening: Opening) -> None:
    codes = [code for code, _, _ in opening.starts]
    printed = [out for _, out, _ in opening.starts]
    told = "".join(err for _, _, err in opening.starts)

    assert codes == [0, 0], told
    assert printed == ["soup 1.0 rice 1.0 ['0']\n", "soup 1.0 rice 1.0 ['1']\n"]
    assert (told.count("First start"), told.count("Another start")) == (1, 1)


def test_a_new_lock_is_installed_into_the_same_venv(opening: Opening) -> None:
    made = (opening.canteen.root / ".venv" / "pyvenv.cfg").stat().st_mtime_ns
    opening.canteen.stock({"soup": "2.0", "rice": "1.0"})

    ended = opening.canteen.run()

    assert ended[:2] == (0, "soup 2.0 rice 1.0 []\n")
    assert (opening.canteen.root / ".venv" / "pyvenv.cfg").stat().st_mtime_ns == made


def test_a_package_that_is_not_the_one_locked_is_not_installed(opening: Opening) -> None:
    opening.canteen.stock({"soup": "3.0"})
    lock = opening.canteen.lock.read_text(encoding="utf-8")
    opening.canteen.lock.write_text(lock[:-5] + "0000\n", encoding="utf-8")

    code, out, _ = opening.canteen.run()

    assert (code, out) == (bootstrap.EXIT_NOT_INSTALLED, "")


def test_a_library_that_went_is_installed_again_though_the_stamp_stands(opening: Opening) -> None:
    canteen = opening.canteen
    canteen.stock({"soup": "4.0", "rice": "4.0"})
    canteen.run()
    subprocess.run([bootstrap.venv_python(str(canteen.root / ".venv")), *UNINSTALL, "soup"], check=True)

    ended = canteen.run()

    assert ended[:2] == (0, "soup 4.0 rice 4.0 []\n")


def test_a_library_that_is_damaged_is_named_with_the_way_out_and_no_traceback(opening: Opening) -> None:
    canteen = opening.canteen
    canteen.stock({"soup": "5.0", "rice": "5.0"})
    canteen.run()
    venv = canteen.root / ".venv"
    (soup,) = venv.rglob("soup.py")
    soup.write_text("import spoon\n", encoding="utf-8")

    code, out, err = canteen.run()

    assert (code, out) == (bootstrap.EXIT_BROKEN, "")
    assert err.splitlines() == [
        f"运行库缺失或损坏：spoon。请删除文件夹 {venv}，再重新启动（需要联网）。",
        f"A library is missing or damaged: spoon. Delete the folder {venv} and start again (needs the network).",
    ]
    assert not (venv / "requirements.lock.ready").exists()


def test_a_damaged_library_of_somebodys_own_venv_is_to_be_installed_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "theirs"))

    with pytest.raises(SystemExit) as left, bootstrap.whole_libraries(str(tmp_path), "requirements.lock"):
        raise ImportError("libspoon.so: cannot open shared object file", name="soup.core")

    again = f'"{sys.executable}" -m pip install --force-reinstall --require-hashes -r "{tmp_path / "requirements.lock"}"'
    assert left.value.code == bootstrap.EXIT_BROKEN
    assert capsys.readouterr().err.splitlines() == [
        f"运行库缺失或损坏：soup。请重新安装：{again}",
        f"A library is missing or damaged: soup. Install it again: {again}",
    ]


def test_a_module_of_the_program_itself_that_fails_is_a_bug_and_no_library(tmp_path: Path) -> None:
    (tmp_path / "ui").mkdir()

    with pytest.raises(ImportError, match="no soup"), bootstrap.whole_libraries(str(tmp_path), "requirements.lock"):
        raise ImportError("no soup", name="ui.soup")


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "requirements.lock").write_text("no-such-package==1.0 \\\n", encoding="utf-8")
    # A folder in the lock file's place refuses even root, whom file modes do not stop.
    (tmp_path / ".venv.lock").mkdir()

    with pytest.raises(SystemExit) as left:
        bootstrap.ensure(str(tmp_path), "requirements.lock")

    chinese, english = capsys.readouterr().err.splitlines()
    assert left.value.code == bootstrap.EXIT_CANNOT_WRITE
    assert str(tmp_path) in chinese
    assert str(tmp_path) in english


def test_a_python_that_is_too_old_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 6, 15, "final", 0))

    with pytest.raises(SystemExit) as left:
        bootstrap.ensure(str(ROOT), "requirements.lock")

    assert left.value.code == bootstrap.EXIT_OLD_PYTHON
    assert capsys.readouterr().err.splitlines() == [
        "Python 版本太旧（3.6.15）：需要 Python 3.11 或更新的版本。",
        "This Python is too old (3.6.15): Python 3.11 or later is needed.",
    ]


def test_a_python_without_venv_names_the_package_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "requirements.lock").write_text("no-such-package==1.0 \\\n", encoding="utf-8")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)

    with pytest.raises(SystemExit) as left:
        bootstrap.ensure(str(tmp_path), "requirements.lock")

    package = "python{}.{}-venv".format(*sys.version_info[:2])
    assert left.value.code == bootstrap.EXIT_NO_VENV
    assert [line.rpartition(" ")[2] for line in capsys.readouterr().err.splitlines()[-2:]] == [package, package]


def test_a_frozen_program_brings_its_own_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    bootstrap.ensure(str(tmp_path), "no-lock-at-all")

    assert list(tmp_path.iterdir()) == []


def test_a_venv_that_somebody_prepared_is_used_as_it_is(tmp_path: Path) -> None:
    shutil.copy(ROOT / "requirements.lock", tmp_path)

    bootstrap.ensure(str(tmp_path), "requirements.lock")

    assert [file.name for file in tmp_path.iterdir()] == ["requirements.lock"]


@pytest.mark.parametrize(
    ("lock", "enough"),
    [
        ("pytest=={pytest} \\\n    --hash=sha256:0\n", True),
        ("pytest==0.1 \\\n    --hash=sha256:0\n", False),
        ("no-such-package==1.0 \\\n", False),
        ("no-such-package==1.0 ; sys_platform == 'no-such-system' \\\n", True),
        ("no-such-package==1.0 ; python_full_version >= '3.11' \\\n", False),
        ("pytest==0.1 ; python_full_version < '3.9' \\\npytest=={pytest} ; python_full_version >= '3.9' \\\n", True),
    ],
)
def test_a_lock_is_satisfied_by_its_very_versions(tmp_path: Path, lock: str, enough: bool) -> None:
    file = tmp_path / "requirements.lock"
    file.write_text(lock.format(pytest=pytest.__version__), encoding="utf-8")

    satisfied = bootstrap.satisfied(str(file))

    assert satisfied is enough


def _base_python() -> str:
    """The interpreter that the tests' own venv was made from: one that has none of the packages."""
    name = "python.exe" if os.name == "nt" else f"bin/python{sys.version_info[0]}.{sys.version_info[1]}"
    return str(Path(sys.base_prefix) / name)


def _wheel(name: str, version: str) -> bytes:
    """A package of one line, the smallest that pip takes."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": f"NAME = '{name} {version}'\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_digest(text)},{len(text)}\n" for path, text in files.items())
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as wheel:
        for path, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            wheel.writestr(zipfile.ZipInfo(path), text)
    return buffer.getvalue()


def _digest(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"sha256={digest}"
