"""Every field a column can be taken for has words, so that the page can offer it."""

from glocal.ingest.labels import FIELD_LABELS, STATE_LABELS
from glocal.ingest.states import BatchState
from glocal.ingest.types import FIELDS


def test_every_field_can_be_chosen_on_the_page() -> None:
    assert set(FIELD_LABELS) == {"", *FIELDS}


def test_every_state_has_words() -> None:
    assert set(STATE_LABELS) == set(BatchState)
