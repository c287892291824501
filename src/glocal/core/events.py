"""Facts that domains tell those above them, after the change is safely stored."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

Listener = Callable[["Event"], None]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, named `domain.thing.past_tense`, with the ids it concerns."""

    name: str
    subject_ids: tuple[int, ...] = ()


_listeners: dict[str, list[Listener]] = defaultdict(list)


def subscribe(name: str, listener: Listener) -> None:
    """Call the listener whenever the event is published in this process."""
    if listener not in _listeners[name]:
        _listeners[name].append(listener)


def publish(event: Event) -> None:
    """Tell every listener. Call it only after commit."""
    for listener in _listeners[event.name]:
        listener(event)
