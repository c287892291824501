"""Answers worth keeping, up to a number of bytes; the least recently used go first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Protocol, TypeVar, cast


class _Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


Kept = TypeVar("Kept", bound=_Sized)


class Cache:
    """Values by key for several threads at once. Two threads may make the same value; one is kept."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._held_bytes = 0
        self._kept: OrderedDict[Hashable, _Sized] = OrderedDict()
        self._lock = Lock()

    def get_or_make(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return the value kept under the key, or make and keep it. The key decides the type."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
                return cast("Kept", value)
        made = make()
        with self._lock:
            self._keep(key, made)
        return made

    def _keep(self, key: Hashable, value: _Sized) -> None:
        before = self._kept.pop(key, None)
        self._held_bytes -= 0 if before is None else before.nbytes
        if value.nbytes > self._limit_bytes:
            return
        self._kept[key] = value
        self._held_bytes += value.nbytes
        while self._held_bytes > self._limit_bytes:
            self._held_bytes -= self._kept.popitem(last=False)[1].nbytes
