"""What can be done to organisations: one at a time by people, many at a time by imports."""

from glocal.directory.services.bulk import (
    absorb,
    restore,
    ring,
    take_in_snapshot,
    take_in_snapshot_apart,
    touched_since,
)
from glocal.directory.services.demonstration import load_demonstration
from glocal.directory.services.editing import (
    accept_organisation,
    add_organisation,
    bring_back_organisation,
    changed_fields,
    confirm_organisation,
    edit_organisation,
    refuse_organisation,
    withdraw_organisation,
)
from glocal.directory.services.locating import locate_sites

__all__ = [
    "absorb",
    "accept_organisation",
    "add_organisation",
    "bring_back_organisation",
    "changed_fields",
    "confirm_organisation",
    "edit_organisation",
    "load_demonstration",
    "locate_sites",
    "refuse_organisation",
    "restore",
    "ring",
    "take_in_snapshot",
    "take_in_snapshot_apart",
    "touched_since",
    "withdraw_organisation",
]
