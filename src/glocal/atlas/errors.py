"""Why there is no atlas to ask."""

from glocal.core.errors import Unavailable


class SnapshotMissing(Unavailable):
    """No snapshot was ever written here, or the one named is gone: build one."""

    code = "atlas.missing"


class SnapshotDamaged(Unavailable):
    """The snapshot is not what was written: never served, build it again."""

    code = "atlas.damaged"
