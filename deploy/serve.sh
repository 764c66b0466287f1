#!/bin/sh
# Start the site behind nginx, on a socket that only nginx may open. systemd and the container both come here.
set -eu
cd "$(dirname "$0")/.."
socket=${WENMAI_SOCKET:-/run/wenmai/granian.sock}
# A server that was killed leaves its socket behind, and granian would not start beside it.
rm -f "$socket"
exec .venv/bin/granian --interface wsgi --workers "${WENMAI_WORKERS:-2}" --blocking-threads 4 --no-ws \
    --uds "$socket" --uds-permissions 0o660 --log-level warning \
    --respawn-failed-workers --workers-lifetime 12h --workers-max-rss 600 --workers-kill-timeout 30 \
    site_project.wsgi:application
