"""The one path for bugs: written down without secrets, told in words, and the window stays."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from ui.presenting import Message

_log = logging.getLogger("canteen")


def report(error: BaseException) -> str:
    """The kind of an exception and where it came from.

    Its text and its values are left out: they may hold a name, a card or a PIN.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.name} {frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
    cause = error.__cause__ or error.__context__
    kinds = type(error).__name__ if cause is None else f"{type(error).__name__} from {type(cause).__name__}"
    return f"{kinds} at {places or 'an unknown place'}"


class CrashPath:
    """Takes every exception that nobody expected. `show` is set once there is a window."""

    def __init__(self, show: Callable[[Message], None] | None = None) -> None:
        self.show = show

    def __call__(self, error: BaseException) -> None:
        """Write it down and say so on the window."""
        _log.error("crash: %s", report(error))
        if self.show is not None:
            from ui import messages

            if isinstance(error, ImportError):
                self.show(messages.library_words(error.name or "?"))
            else:
                self.show(messages.crash_words())
