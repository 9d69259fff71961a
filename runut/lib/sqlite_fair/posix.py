"""The writer lock where there is flock: the kernel keeps the queue and wakes the waiters in order."""

import fcntl
import os
import threading


def acquire(fd: int, seconds: float) -> bool:
    """Lock the open file, waiting at most so long. After False the descriptor is no longer the caller's."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return _Waiter(fd).wait(seconds)
    return True


def release(fd: int) -> None:
    fcntl.flock(fd, fcntl.LOCK_UN)


class _Waiter:
    """flock knows no time limit, so a thread stands in the queue and the caller stops waiting when it likes."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._guard = threading.Lock()
        self._granted = threading.Event()
        self._abandoned = False

    def wait(self, seconds: float) -> bool:
        threading.Thread(target=self._queue, name="sqlite-writer-queue", daemon=True).start()
        try:
            self._granted.wait(seconds)
        finally:
            with self._guard:
                # Set even when an interrupt ends the wait: the thread then gives the lock back.
                self._abandoned = not self._granted.is_set()
        return not self._abandoned

    def _queue(self) -> None:
        fcntl.flock(self._fd, fcntl.LOCK_EX)
        with self._guard:
            if self._abandoned:
                os.close(self._fd)
            else:
                self._granted.set()
