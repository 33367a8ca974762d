#!/usr/bin/env bash
# Makes one account live now: rotate-to.sh [--force] EMAIL. Exit: 0 it is live,
# 2 it cannot serve, 6 it is not known, 7 no service, 8 locked or refused by the
# store, 64 bad arguments, 1 else.
set -u
. "$(dirname "$0")/../lib/ask.sh"

force=false
if [ "${1:-}" = --force ]; then
    force=true
    shift
fi
# An e-mail or an id: none of these needs an escape in JSON.
if [ $# -ne 1 ] || [[ ! "$1" =~ ^[A-Za-z0-9._%+@~:/-]+$ ]]; then
    echo "Account rotator: give one e-mail: rotate-to.sh [--force] EMAIL" >&2
    exit 64
fi

ask 90 -X PUT -H 'Content-Type: application/json' \
    -d "{\"email\":\"$1\",\"force\":$force}" /live || unreachable
if [ "$status" = 409 ] && [ "$(members code)" = already-live ]; then
    echo "$1 is live already."
    exit 0
fi
[ "$status" = 200 ] || refused
members sentence | tail -n 1
