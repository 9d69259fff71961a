"""No test talks to anything but this machine."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address


class NetworkBlocked(AssertionError):
    """A test tried to reach another machine."""


def _is_here(address: object) -> bool:
    if isinstance(address, str | bytes):
        return True  # a socket file
    host = str(address[0])
    if host in {"localhost", ""}:
        return True
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@contextmanager
def block_network() -> Iterator[None]:
    """Refuse every outgoing connection except loopback and socket files."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}

    def guarded(name: str):
        def call(self: socket.socket, address: object) -> object:
            if not _is_here(address):
                raise NetworkBlocked(f"A test tried to reach {address!r}; tests use no network.")
            return real[name](self, address)

        return call

    for name in real:
        setattr(socket.socket, name, guarded(name))
    try:
        yield
    finally:
        for name, method in real.items():
            setattr(socket.socket, name, method)
