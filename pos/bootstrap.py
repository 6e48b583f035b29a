"""Prepares .venv beside main.py with what a lock names, then starts the program again in it.

Standard library only, in the syntax of Python 3.6, so that an old Python can say in words what is missing. Modules
that only a preparation needs are imported there: every start comes by here.
"""

import contextlib
import os
import sys
import zlib
from typing import IO, Iterator, List, Tuple

OLDEST_PYTHON = (3, 11)

EXIT_OLD_PYTHON = 10
EXIT_NO_VENV = 11
EXIT_NO_NETWORK = 12
EXIT_CANNOT_WRITE = 13
EXIT_NOT_INSTALLED = 14
EXIT_BROKEN = 15

_NETWORK_WORDS = ("connection", "timed out", "name resolution", "name or service", "proxy", "network is unreachable")


def ensure(root: str, lock_name: str) -> None:
    """Returns when this interpreter has what the lock in `root` names; otherwise prepares `.venv` there and
    goes on in it with the same arguments. Leaves with an exit code of this module and two lines if it cannot."""
    if getattr(sys, "frozen", False):
        return
    if sys.version_info < OLDEST_PYTHON:
        _leave(
            EXIT_OLD_PYTHON,
            "Python 版本太旧（{0}）：需要 Python 3.11 或更新的版本。".format(_python()),
            "This Python is too old ({0}): Python 3.11 or later is needed.".format(_python()),
        )
    lock, venv = os.path.join(root, lock_name), os.path.join(root, ".venv")
    in_venv = sys.prefix != sys.base_prefix
    if in_venv and _ready(lock, sys.prefix):
        return
    if (in_venv or not _ready(lock, venv)) and satisfied(lock):
        if in_venv:
            _stamp(lock, sys.prefix)
        return  # a venv, or a system, that somebody prepared with the same lock
    if not _ready(lock, venv):
        with _alone(root):
            if not _ready(lock, venv):
                _prepare(lock, venv)
                _stamp(lock, venv)
    command = [venv_python(venv), *sys.orig_argv[1:]]
    if os.name == "nt":
        import subprocess

        sys.exit(subprocess.call(command))  # exec on Windows would return to the shell at once
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


@contextlib.contextmanager
def whole_libraries(root: str, lock_name: str) -> Iterator[None]:
    """Leaves with two lines and an exit code when a library turns out to be missing or damaged, stamp or no stamp."""
    try:
        yield
    except ImportError as error:
        library = (error.name or str(error)).partition(".")[0]
        if any(os.path.exists(os.path.join(root, library + ending)) for ending in ("", ".py")):
            raise  # a room of our own: no library, but a bug
        lock, venv = os.path.join(root, lock_name), os.path.join(root, ".venv")
        with contextlib.suppress(OSError):
            os.remove(_stamp_file(lock, sys.prefix))
        if os.path.realpath(sys.prefix) == os.path.realpath(venv):
            _leave(
                EXIT_BROKEN,
                "运行库缺失或损坏：{0}。请删除文件夹 {1}，再重新启动（需要联网）。".format(library, venv),
                "A library is missing or damaged: {0}. Delete the folder {1} and start again (needs the network)."
                "".format(library, venv),
            )
        again = '"{0}" -m pip install --force-reinstall --require-hashes -r "{1}"'.format(sys.executable, lock)
        _leave(
            EXIT_BROKEN,
            "运行库缺失或损坏：{0}。请重新安装：{1}".format(library, again),
            "A library is missing or damaged: {0}. Install it again: {1}".format(library, again),
        )


def satisfied(lock: str) -> bool:
    """Whether this interpreter has every package of the lock that its markers ask of it, in that version."""
    from importlib import import_module, metadata  # Python 3.6 has no metadata and never comes here

    try:
        markers = import_module("packaging.markers")  # comes with the test tools
    except ImportError:
        try:
            markers = import_module("pip._vendor.packaging.markers")
        except ImportError:
            return False
    for name, version, marker in pins(_read(lock)):
        if marker and not markers.Marker(marker).evaluate():
            continue
        try:
            if metadata.version(name) != version:
                return False
        except metadata.PackageNotFoundError:
            return False
    return True


def pins(lock_text: str) -> List[Tuple[str, str, str]]:
    """(name, version, marker) of each package of a lock; the marker is empty where the package is always wanted."""
    import re

    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: ; (.*?))?(?: \\)?$", lock_text, re.MULTILINE)
    return [(name, version, marker) for name, version, marker in found]


def venv_python(venv: str) -> str:
    if os.name == "nt":
        return os.path.join(venv, "Scripts", "python.exe")
    return os.path.join(venv, "bin", "python")


def _prepare(lock: str, venv: str) -> None:
    _say(
        "首次启动：正在准备运行环境，需要联网，约一两分钟……",
        "First start: preparing the program's libraries, over the network, a minute or two...",
    )
    if not _usable(venv):
        import importlib.util

        if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
            package = "python{0}-venv".format(_python(2))
            _leave(
                EXIT_NO_VENV,
                "缺少 Python 的 venv 组件，请先安装：sudo apt install {0}".format(package),
                "Python's venv package is missing, install it first: sudo apt install {0}".format(package),
            )
        if _run([sys.executable, "-m", "venv", "--clear", venv])[0]:
            _cannot_write(os.path.dirname(venv))
    install = ["-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    code, complaint = _run([venv_python(venv), *install, "-r", lock])
    if not code:
        return
    if any(word in complaint.lower() for word in _NETWORK_WORDS):
        _leave(
            EXIT_NO_NETWORK,
            "下载失败：请检查网络或 pip 镜像设置，然后重新启动；已下载的部分不会重复下载。",
            "The download failed: check the network or pip's mirror and start again; what has arrived is kept.",
        )
    _leave(
        EXIT_NOT_INSTALLED,
        "安装运行库失败，原因见上面几行（例如磁盘已满、系统太旧没有对应的安装包）。",
        "The libraries could not be installed; the lines above say why (a full disk, a system too old for them).",
    )


def _usable(venv: str) -> bool:
    """Whether a folder that an earlier start left is a venv of this Python with a pip in it."""
    if not os.path.exists(venv_python(venv)):
        return False
    question = "import pip, sys; print('{0}.{1}'.format(*sys.version_info[:2]))"
    import subprocess

    try:
        answer = subprocess.check_output([venv_python(venv), "-c", question], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.decode("ascii").strip() == _python(2)


def _run(command: List[str]) -> Tuple[int, str]:
    """Runs with all output on stderr, since stdout may be a file of ours; gives the exit code and the complaints."""
    import subprocess

    complaints = []
    stdout = subprocess.DEVNULL if sys.stderr is None else 2
    environment = dict(os.environ, PIP_USER="0")  # a user's habit that pip refuses inside a venv
    with subprocess.Popen(command, env=environment, stdout=stdout, stderr=subprocess.PIPE) as process:
        for line in process.stderr or ():
            complaints.append(line.decode("utf-8", "replace"))
            _write(complaints[-1])
    return process.returncode, "".join(complaints)


@contextlib.contextmanager
def _alone(root: str) -> Iterator[None]:
    """Holds the folder's lock file, so that of two starts at once one prepares and the other waits for it."""
    try:
        file = open(os.path.join(root, ".venv.lock"), "a+b")  # noqa: SIM115 - closed below
    except OSError:
        _cannot_write(root)
        raise
    with file:
        if not _locked(file):
            from time import sleep

            _say("另一个窗口正在准备，请稍候……", "Another start is preparing; waiting for it...")
            while not _locked(file):
                sleep(0.2)
        yield


def _locked(file: IO[bytes]) -> bool:
    """Tries to take the lock of an open file, which lasts until it is closed, or its process dies."""
    try:
        if sys.platform == "win32":
            import msvcrt  # Windows alone has it

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # Windows has none

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _ready(lock: str, venv: str) -> bool:
    """Whether the venv was once found complete for this very lock, and no package came or went since."""
    return _read(_stamp_file(lock, venv)) == _fingerprint(lock, venv) and os.path.exists(venv_python(venv))


def _stamp(lock: str, venv: str) -> None:
    """Notes that the venv has all that the lock names, so that the next start need not read every package's papers."""
    with contextlib.suppress(OSError), open(_stamp_file(lock, venv), "w", encoding="ascii") as file:
        file.write(_fingerprint(lock, venv))


def _stamp_file(lock: str, venv: str) -> str:
    return os.path.join(venv, os.path.basename(lock) + ".ready")


def _fingerprint(lock: str, venv: str) -> str:
    """The lock, the Python, and when a package last came into the venv or left it."""
    text = _read(lock).encode("utf-8")
    library = os.path.join(venv, "Lib") if os.name == "nt" else os.path.join(venv, "lib", "python" + _python(2))
    try:
        changed = os.stat(os.path.join(library, "site-packages")).st_mtime_ns
    except OSError:
        changed = 0
    return "{0} {1} {2} {3}".format(zlib.crc32(text), len(text), _python(2), changed)


def _python(parts: int = 3) -> str:
    return ".".join(str(part) for part in sys.version_info[:parts])


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def _write(text: str) -> None:
    if sys.stderr is not None:  # pythonw has none
        sys.stderr.write(text)
        sys.stderr.flush()


def _say(chinese: str, english: str) -> None:
    _write(chinese + "\n" + english + "\n")


def _cannot_write(folder: str) -> None:
    _leave(
        EXIT_CANNOT_WRITE,
        "无法在此文件夹中写入 .venv：{0}（只读或磁盘已满）。请把程序放到可写的文件夹。".format(folder),
        "Cannot write .venv in {0} (read-only, or the disk is full). Put the program into a folder that can be"
        " written.".format(folder),
    )


def _leave(code: int, chinese: str, english: str) -> None:
    _say(chinese, english)
    sys.exit(code)
