"""What must be there before the first Qt call, since Qt itself would abort without a word a cashier could use.

Standard library only. The libraries are those that PySide6's wheels load from the system on Linux.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

EXIT_NO_LIBRARY = 20
EXIT_NO_DISPLAY = 21
EXIT_DEAD_DISPLAY = 22

# Library as the loader knows it, and the Debian and Ubuntu package that brings it.
LIBRARIES = (
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
)
X11_LIBRARIES = (
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
)
WITHOUT_A_SCREEN = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why no window can open: an exit code and one line in each language, since neither is chosen yet."""

    exit_code: int
    chinese: str
    english: str


def stop_if_no_window_can_open() -> None:
    """Leaves with a complaint's two lines and its exit code, or returns with the environment made ready for Qt."""
    found = complaint(os.environ)
    if found is not None:
        print(found.chinese, found.english, sep="\n", file=sys.stderr)
        sys.exit(found.exit_code)
    choose_input_method(os.environ)


def choose_input_method(environment: MutableMapping[str, str]) -> None:
    """PySide6's wheels bring no fcitx plugin, but an ibus plugin, whose protocol fcitx5 speaks too."""
    wanted = (environment.get("QT_IM_MODULE", ""), environment.get("XMODIFIERS", ""))
    if any("fcitx" in name.lower() for name in wanted):
        environment["QT_IM_MODULE"] = "ibus"


def complaint(
    environment: Mapping[str, str],
    *,
    system: str = sys.platform,
    loads: Callable[[str], bool] | None = None,
    answers: Callable[[Mapping[str, str]], bool] | None = None,
) -> Complaint | None:
    """The first thing that keeps Qt from opening a window here, or None."""
    if system != "linux":
        return None
    plugin = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    screenless = plugin in WITHOUT_A_SCREEN
    on_x11 = not screenless and not plugin.startswith("wayland") and bool(environment.get("DISPLAY"))
    wanted = LIBRARIES + (X11_LIBRARIES if on_x11 else ())
    missing = [package for library, package in wanted if not (loads or _loads)(library)]
    if missing:
        line = f"sudo apt install {' '.join(missing)}"
        return Complaint(
            EXIT_NO_LIBRARY,
            f"缺少系统库，请先安装：{line}",
            f"System libraries are missing, install them first: {line}",
        )
    if screenless:
        return None
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        return Complaint(
            EXIT_NO_DISPLAY,
            "没有图形界面（DISPLAY 和 WAYLAND_DISPLAY 都未设置）：请在桌面环境中启动。",
            "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): start the till from a desktop.",
        )
    if not (answers or _answers)(environment):
        named = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
        return Complaint(
            EXIT_DEAD_DISPLAY,
            f"图形界面没有响应（{named}）：它可能已关闭，或不允许当前用户使用。",
            f"The display {named} does not answer: it may be closed, or not open to this user.",
        )
    return None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _answers(environment: Mapping[str, str]) -> bool:
    return _wayland_answers(environment) or _x11_answers(environment)


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    """Whether somebody listens on the socket of WAYLAND_DISPLAY; a bare name is one in XDG_RUNTIME_DIR."""
    name = environment.get("WAYLAND_DISPLAY")
    if not name:
        return False
    import socket  # X11 and pictures need none

    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(Path(environment.get("XDG_RUNTIME_DIR", "/")) / name))
        except OSError:
            return False
    return True


def _x11_answers(environment: Mapping[str, str]) -> bool:
    """Asks with Qt's own library, so that a refused key (xauth) counts as no answer too."""
    name = environment.get("DISPLAY")
    if not name:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(name.encode(), None))
    answered = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answered
