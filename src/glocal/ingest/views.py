"""The pages on which a file comes in: upload, columns, report, all imports."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from glocal.accounts.queries import actor_of, names_by_id
from glocal.core.errors import DomainError
from glocal.ingest import queries, rules, services
from glocal.ingest.errors import ImpossibleMapping
from glocal.ingest.forms import UploadForm, mapping_from
from glocal.ingest.labels import FIELD_LABELS, STATE_LABELS
from glocal.ingest.states import BatchId, BatchReport, BatchState
from glocal.ingest.tasks import run_upload_task
from glocal.ingest.types import Column, Row

PROBLEMS_PER_PAGE = 100
DEEPEST_PAGE = 1_000_000


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file; its columns are shown next, nothing is stored in the directory yet."""
    actor = actor_of(request)
    rules.require_may_import(actor)
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                batch_id = services.keep_upload(
                    actor=actor,
                    name=said["file"].name,
                    content=said["file"],
                    source=said["source"].strip(),
                    licence=said["licence"].strip(),
                    country=said["country"],
                )
            except DomainError as refusal:
                form.add_error("file", refusal.message)
                status = refusal.status
            else:
                return redirect("ingest:columns", batch_id=batch_id)
    recent = [shown(report) for report in queries.batches(actor=actor, limit=5)]
    return render(request, "ingest/upload.html", {"form": form, "batches": recent}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show what each column was taken for; let it be corrected, looked at again, and started."""
    actor = actor_of(request)
    mapping = mapping_from(request.POST) if request.method == "POST" else None
    error = None
    try:
        if mapping is not None and "start" in request.POST:
            with transaction.atomic():  # started and queued, or neither
                services.start_upload(actor=actor, batch_id=BatchId(batch_id), mapping=mapping)
                run_upload_task.enqueue(batch_id)
            return redirect("ingest:report", batch_id=batch_id)
        look = services.look_at_upload(actor=actor, batch_id=BatchId(batch_id), mapping=mapping)
    except ImpossibleMapping as refusal:
        error = refusal.message
        look = services.look_at_upload(actor=actor, batch_id=BatchId(batch_id))
    context = {
        "batch": shown(look.report),
        "reader": look.report.reader,
        "columns": [_column(column, mapping) for column in look.columns],
        "preview": [_preview(row) for row in look.rows],
        "error": error,
    }
    return render(request, "ingest/map_columns.html", context, status=422 if error else 200)


def _column(column: Column, mapping: dict[str, str] | None) -> dict[str, Any]:
    chosen = column.field
    if mapping is not None:
        chosen = next((field for field, name in mapping.items() if name == column.name), None)
    return {
        "name": column.name,
        "samples": column.samples,
        "guessed": chosen or "",
        "ignored_because": column.ignored_because,
        "choices": [
            {"value": value, "label": label, "selected": value == (chosen or "")}
            for value, label in FIELD_LABELS.items()
        ],
    }


def _preview(row: Row) -> dict[str, Any]:
    return {"number": row.number, "proposal": row.proposal, "problems": row.problems}


@login_required
@require_safe
def report(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Tell how an import goes or went, row by row where something was wrong."""
    actor = actor_of(request)
    told = queries.batch(actor=actor, batch_id=BatchId(batch_id))
    page = _page(request)
    skip = (page - 1) * PROBLEMS_PER_PAGE
    count, found = queries.problems(
        actor=actor, batch_id=BatchId(batch_id), skip=skip, limit=PROBLEMS_PER_PAGE
    )
    is_there = told.is_finished and told.state != BatchState.UNDONE
    brought = queries.brought(actor=actor, batch_id=BatchId(batch_id)) if is_there else []
    context = {
        "batch": shown(told),
        "brought": brought,
        "brought_besides": max(0, told.tally.created + told.tally.updated - len(brought)),
        "problems": found,
        "problem_count": count,
        "page": {
            "number": page,
            "first": skip + 1,
            "last": skip + len(found),
            "next_url": f"?page={page + 1}" if skip + len(found) < count else None,
            "previous_url": f"?page={page - 1}" if page > 1 else None,
        },
    }
    is_fragment = request.headers.get("HX-Request") == "true"
    answer = render(request, "ingest/_progress.html" if is_fragment else "ingest/report.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return min(max(1, int(asked)), DEEPEST_PAGE) if asked.isdecimal() and len(asked) < 10 else 1


@login_required
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """List the imports, newest first."""
    told = queries.batches(actor=actor_of(request))
    names = names_by_id(report.started_by_id for report in told)
    rows = [{**shown(report), "started_by": names.get(report.started_by_id or 0, "")} for report in told]
    return render(request, "ingest/list.html", {"batches": rows})


@login_required
@require_POST
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take an import back."""
    try:
        services.undo_batch(actor=actor_of(request), batch_id=BatchId(batch_id))
    except DomainError as refusal:
        if refusal.status != 409:
            raise
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Undone. The directory is as it was before this import."))
    return redirect("ingest:report", batch_id=batch_id)


@login_required
@require_POST
def forget(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Throw a waiting upload away."""
    services.forget_upload(actor=actor_of(request), batch_id=BatchId(batch_id))
    messages.success(request, _("Thrown away. Nothing was imported."))
    return redirect("ingest:upload")


def shown(told: BatchReport) -> dict[str, Any]:
    """Return an import in the words of its pages."""
    return {
        **told.tally.as_dict(),
        "id": told.id,
        "file_name": told.file_name,
        "reader": told.reader,
        "source": told.source,
        "licence": told.licence,
        "state": told.state.value,
        "state_label": STATE_LABELS[told.state],
        "error": told.error,
        "seconds": told.seconds,
        "progress": told.progress,
        "is_finished": told.is_finished,
        "may_undo": told.may_be_undone,
        "undone": told.state == "undone",
        "started_at": told.started_at,
    }
