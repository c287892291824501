"""What can be wrong in the directory."""

from glocal.core.errors import Conflict, Invalid, NotFound


class OrganisationNotFound(NotFound):
    """No such organisation, or not for you to know of."""

    code = "directory.not_found"


class ImpossibleFacts(Invalid):
    """Something said of the organisation cannot be."""

    code = "directory.impossible"


class EditedMeanwhile(Conflict):
    """Somebody else changed the record since you opened it."""

    code = "directory.edited_meanwhile"


class NotWaiting(Conflict):
    """The record is not waiting for a steward."""

    code = "directory.not_waiting"
