"""One lock per database file, taken by whoever writes; the operating system frees it when a process dies."""

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    from .windows import acquire, release
else:
    from .posix import acquire, release


class WriterLock:
    """The lock of one connection: a file beside the database, opened when first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.held = False
        self._fd: int | None = None
        self._owner = 0

    def acquire(self, seconds: float) -> bool:
        """Take the lock unless this connection has it; False when it was not free in time."""
        fd = self._open()
        if self.held:
            return True
        # Until the answer is True the descriptor may be given up to whoever still waits on it.
        self._fd = None
        if acquire(fd, seconds):
            self._fd, self.held = fd, True
        return self.held

    def release(self) -> None:
        """Give the lock back; nothing happens when this process does not have it."""
        if self.held and self._fd is not None and self._owner == os.getpid():
            release(self._fd)
        self.held = False

    def close(self) -> None:
        self.release()
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def __del__(self) -> None:
        if self._fd is not None:
            os.close(self._fd)

    def _open(self) -> int:
        """The descriptor, opened anew after a fork: a child that shared its parent's would share its lock."""
        if self._fd is not None and self._owner != os.getpid():
            os.close(self._fd)
            self._fd, self.held = None, False
        if self._fd is None:
            self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            self._owner = os.getpid()
        return self._fd
