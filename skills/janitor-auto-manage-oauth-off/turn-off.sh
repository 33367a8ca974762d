#!/usr/bin/env bash
# Turns rotation off. Exit: 0 off, 5 no service and no plugin data directory.
set -u

base="http://localhost:${ROTATOR_PORT:-9429}"
if body=$(curl -fsS --max-time 20 -X DELETE "$base/opt-in" 2>/dev/null); then
    sed -n 's/.*"message":"\(\([^"\\]\|\\.\)*\)".*/\1/p' <<<"$body"
    exit 0
fi

plugin=${ROTATOR_PLUGIN_NAME:-janitor}
case "$(basename "${CLAUDE_PLUGIN_DATA:-/}")" in
    *"$plugin"*) rm -f "$CLAUDE_PLUGIN_DATA/oauth-rotator/opt-in.flag" ;;
    *)
        echo "Account rotator: the service does not answer and CLAUDE_PLUGIN_DATA is not this" \
            "plugin's. Claude Code v2.1+ required." >&2
        exit 5
        ;;
esac
echo "Account rotator: OFF (the service is not running; the opt-in flag is removed)."
