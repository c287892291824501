"""What the home page shows of the directory: how much of each world, and roughly where."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from glocal.atlas.types import Marker
from glocal.directory.labels import WORLD_LABELS
from glocal.directory.types import TONES


def threads(counted: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return each world with its count and its length in percent of the longest, in a fixed order."""
    counts = dict(counted)
    most = max(counts.values(), default=0)
    return [
        {
            "tone": world,
            "label": label,
            "count": counts.get(world, 0),
            "percent": str(round(100 * counts.get(world, 0) / most)) if most else "0",
        }
        for world, label in WORLD_LABELS.items()
    ]


def spots(markers: Iterable[Marker]) -> str:
    """Return the markers as JSON for a quiet map: a point each, with the tone most of its sites have."""
    return json.dumps(
        [
            {
                "lat": round(marker.lat, 2),
                "lon": round(marker.lon, 2),
                "tone": TONES[marker.tones.index(max(marker.tones))],
            }
            for marker in markers
        ],
        separators=(",", ":"),
    )
