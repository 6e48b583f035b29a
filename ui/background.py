"""The only place with threads: lanes that work away from the window, and ears that listen to readers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ui.presenting import Failed

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from pos.domain.cards import CardReading

T = TypeVar("T")
OnCrash = Callable[[BaseException], None]


class _Post(QObject):
    """Carries calls from any thread to the window's, in the order in which they were sent."""

    _sent = Signal(object)

    def __init__(self, on_crash: OnCrash) -> None:
        super().__init__()
        self._on_crash = on_crash
        self._open = True
        self._sent.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def send(self, call: Callable[[], None]) -> None:
        """Have this called on the window's thread."""
        self._sent.emit(call)

    def close(self) -> None:
        """Deliver nothing more: the window goes away."""
        self._open = False

    @Slot(object)
    def _arrived(self, call: Callable[[], None]) -> None:
        if not self._open:
            return
        try:
            call()
        except Exception as error:  # noqa: BLE001  # whatever it is, the window stays
            self._on_crash(error)


class ThreadLane:
    """One thread, one piece of work after the other; answers arrive on the thread that made the lane."""

    def __init__(self, name: str, post: _Post) -> None:
        self._post = post
        self._waiting = 0
        self._name = name
        self._executor: ThreadPoolExecutor | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._waiting > 0

    def run(self, function: Callable[[], T], then: Callable[[T], None], failed: Failed) -> None:
        """Do it on the lane's thread; its answer or its refusal is told on the window's thread."""
        from concurrent.futures import ThreadPoolExecutor  # the first work comes after the first window

        self._waiting += 1
        if self._executor is None:
            self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)
        self._executor.submit(self._work, function, then, failed)

    def close(self) -> None:
        """Finish what is under way, drop what waits, and end the thread."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def _work(self, function: Callable[[], Any], then: Callable[[Any], None], failed: Failed) -> None:
        from pos.domain.errors import Refusal, Trouble

        try:
            answer = function()
        except (Refusal, Trouble) as error:
            self._tell(failed, error)
        except BaseException as error:  # noqa: BLE001  # a bug must be seen on the window, not die in a thread
            self._tell(_raise, error)
        else:
            self._tell(then, answer)

    def _tell(self, listener: Callable[[Any], None], fact: object) -> None:
        def arrive() -> None:
            self._waiting -= 1
            listener(fact)

        self._post.send(arrive)


def _raise(error: BaseException) -> None:
    raise error


class Lanes:
    """Lanes: `store` for use cases, `printer` for paper, `audit` for the ledger, `long` for the office's long work.

    None holds up another.

    Make it on the window's thread. `on_crash` hears every exception that is neither Refusal nor Trouble, and every
    one that a listener raises.
    """

    def __init__(self, on_crash: OnCrash) -> None:
        self._post = _Post(on_crash)
        self.store = ThreadLane("store", self._post)
        self.printer = ThreadLane("printer", self._post)
        self.audit = ThreadLane("audit", self._post)
        self.long = ThreadLane("long", self._post)
        self._all = (self.store, self.printer, self.audit, self.long)

    @property
    def busy(self) -> bool:
        """Whether any of them still has an answer to give."""
        return any(lane.busy for lane in self._all)

    def tell(self, call: Callable[[], None]) -> None:
        """Have this called on the window's thread; for progress, from whatever lane makes it."""
        self._post.send(call)

    def close(self) -> None:
        """End all; answers that were not delivered are dropped."""
        self._post.close()
        for lane in self._all:
            lane.close()


class Listening(Protocol):
    """What an ear runs: pos.devices.serial_reader.SerialReader."""

    def run(self) -> None:
        """Read until `stop`."""
        ...

    def stop(self) -> None:
        """End `run` soon, from another thread."""
        ...


class Ears:
    """Runs the readers, a thread each, and brings what they say to the window's thread.

    `card` and `state` are what a reader is made with as its callbacks; both may be called on any thread.
    """

    def __init__(
        self, on_card: Callable[[CardReading], None], on_state: Callable[[Any], None], on_crash: OnCrash
    ) -> None:
        self._post = _Post(on_crash)
        self._on_card = on_card
        self._on_state = on_state
        self._running: list[tuple[Listening, threading.Thread]] = []

    def card(self, reading: CardReading) -> None:
        """A card was shown."""
        self._post.send(lambda: self._on_card(reading))

    def state(self, state: object) -> None:
        """A reader was found or lost."""
        self._post.send(lambda: self._on_state(state))

    def tell(self, call: Callable[[], None]) -> None:
        """Have this called on the window's thread, from whatever thread a reader runs on."""
        self._post.send(call)

    def hush(self) -> None:
        """Tell every reader to end, and wait for none: its port is free a moment later."""
        for reader, _thread in self._running:
            reader.stop()

    def listen(self, reader: Listening) -> None:
        """Run a reader until `stop`."""
        thread = threading.Thread(target=self._run, args=(reader,), name="reader", daemon=True)
        self._running.append((reader, thread))
        thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Stop every reader and wait for its thread; one that hangs in its driver is left to end with the process."""
        self._post.close()
        self.hush()
        for _reader, thread in self._running:
            thread.join(timeout_s)
        self._running.clear()

    def _run(self, reader: Listening) -> None:
        try:
            reader.run()
        except BaseException as error:  # noqa: BLE001  # a bug in a driver must be seen, not die in a thread
            self._post.send(lambda error=error: _raise(error))  # type: ignore[misc]
