"""The writer lock on Windows, where a byte of the file is locked and there is no queue to stand in.

Every waiter asks again after the same few milliseconds, so none falls behind as they do when SQLite's own
waiting grows longer with each try.
"""

import importlib
import os
import time

STEP_SECONDS = 0.004

# Imported by name: type checkers know this module only when they run on Windows.
_msvcrt = importlib.import_module("msvcrt")


def acquire(fd: int, seconds: float) -> bool:
    """Lock the open file, waiting at most so long. After False the descriptor is no longer the caller's."""
    until = time.monotonic() + seconds
    while not _try(fd):
        if time.monotonic() >= until:
            os.close(fd)
            return False
        time.sleep(STEP_SECONDS)
    return True


def release(fd: int) -> None:
    os.lseek(fd, 0, os.SEEK_SET)
    _msvcrt.locking(fd, _msvcrt.LK_UNLCK, 1)
    # Let another waiter's step come round before this process can ask again.
    time.sleep(0)


def _try(fd: int) -> bool:
    os.lseek(fd, 0, os.SEEK_SET)
    try:
        _msvcrt.locking(fd, _msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
