#!/usr/bin/env bash
# open-login.sh EMAIL: opens that account's own browser window to sign in to it,
# as the Python rotator's script of this name did. Your default browser stays as
# it is. The rotator files the account as soon as you have authorised it.
set -euo pipefail
if [ $# -ne 1 ]; then
    echo "usage: open-login.sh EMAIL" >&2
    exit 64
fi
rotator=$(command -v rotator || true)
built=$(dirname "$0")/../.build/release/rotator
[ -n "$rotator" ] || rotator=$built
if [ ! -x "$rotator" ]; then
    echo "open-login.sh: rotator is neither on the PATH nor built (make build)" >&2
    exit 1
fi
# An answer of any kind means that the service is there, or has been started.
"$rotator" heartbeat >/dev/null || true
exec "$rotator" login "$1"
