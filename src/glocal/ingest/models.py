"""Imports: one batch per run, one record per foreign row, what each run changed, and what was wrong."""

from django.conf import settings
from django.db import models

from glocal.ingest.states import BatchState


class Batch(models.Model):
    """One run of an import: its file, its answers, its state."""

    file_name = models.CharField(max_length=300)
    stored_as = models.CharField(max_length=300, blank=True)  # an upload waiting under the home folder
    reader = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=120)
    licence = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    mapping = models.JSONField(default=dict)
    language = models.CharField(max_length=12, blank=True)  # of who started it: problems are told in it
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in BatchState])
    error = models.CharField(max_length=500, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    started_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField()
    seconds = models.FloatField(default=0)
    progress = models.FloatField(default=0)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    possible_duplicates = models.PositiveIntegerField(default=0)
    located = models.PositiveIntegerField(default=0)
    unlocated = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"


class Record(models.Model):
    """Which organisation a foreign row became. The n-th row with the same id has occurrence n."""

    source = models.CharField(max_length=120)
    record_id = models.CharField(max_length=200)
    occurrence = models.PositiveIntegerField(default=1)
    organisation_id = models.BigIntegerField(db_index=True)
    fingerprint = models.CharField(max_length=32)
    created_in = models.ForeignKey(Batch, related_name="+", on_delete=models.PROTECT)
    seen_in = models.ForeignKey(Batch, null=True, related_name="+", on_delete=models.PROTECT, db_index=False)
    made_organisation = models.BooleanField(default=True)
    place = models.CharField(max_length=16, blank=True)  # key of the site it named

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "record_id", "occurrence"], name="record_once_per_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.record_id}"


class Change(models.Model):
    """How an organisation stood before a batch changed it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE)
    record = models.ForeignKey(Record, null=True, on_delete=models.DO_NOTHING)  # undoing cleans up, in bulk
    organisation_id = models.BigIntegerField()
    version_after = models.PositiveIntegerField()
    before = models.JSONField()
    fingerprint_before = models.CharField(max_length=32, blank=True)
    place_before = models.CharField(max_length=16, blank=True)
    # set by an undo: this version says what the one before version_after said, so older imports may be undone
    restored_as = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.organisation_id} in batch {self.batch_id}"


class RowProblem(models.Model):
    """One thing that was wrong in one row."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE)
    row = models.PositiveIntegerField()
    field = models.CharField(max_length=60)
    value = models.CharField(max_length=100)
    reason = models.CharField(max_length=300)
    suggestion = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["batch_id", "id"]

    def __str__(self) -> str:
        return f"row {self.row}, {self.field}: {self.reason}"
