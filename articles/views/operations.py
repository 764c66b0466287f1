"""Addresses for machines that look after the site."""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

logger = logging.getLogger(__name__)

LONGEST_REPORT = 2_000


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer while the process lives, whatever the database does."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and holds every migration, else 503."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        logger.exception("The database does not answer.")
        return HttpResponse("database\n", status=503, content_type="text/plain")
    if waiting:
        return HttpResponse("migrations\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


@csrf_exempt  # browsers send policy reports on their own, without a token; nothing is stored
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Write a browser's report of a broken content policy to the log."""
    logger.warning("Content policy: %s", request.read(LONGEST_REPORT).decode("utf-8", "replace"))
    return HttpResponse(status=204)
