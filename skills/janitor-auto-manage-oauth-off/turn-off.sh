#!/usr/bin/env bash
# Turns rotation off. Exit: 0 off, 1 the service or the flag refused, 5 no
# service and no plugin data directory.
set -u

base="http://localhost:${ROTATOR_PORT:-9429}"
plugin=${ROTATOR_PLUGIN_NAME:-janitor}
directory=${ROTATOR_DATA_DIR:-}
# `data-dir` of the configuration, as scripts/install writes it.
config=${ROTATOR_CONFIG:-${XDG_CONFIG_HOME:-${HOME:-}/.config}/oauth-rotator/rotator.yaml}
if [ -z "$directory" ] && [ -f "$config" ]; then
    directory=$(sed -n 's/^data-dir: *"\{0,1\}\(\/[^"#]*[^"# ]\).*/\1/p' "$config")
fi
if [ -z "$directory" ]; then
    case "$(basename "${CLAUDE_PLUGIN_DATA:-/}")" in
        *"$plugin"*) directory=$CLAUDE_PLUGIN_DATA/oauth-rotator ;;
    esac
fi
# Where requests need the token it goes over the socket beside it, never to
# whoever has the port.
at=$base
header=()
if [ -n "$directory" ] && [ -f "$directory/bearer-token.header" ]; then
    at=http://localhost
    header=(-H "@$directory/bearer-token.header" --unix-socket "$directory/rotator.sock")
fi
# A proxy is for other machines, never for this one.
answer=$(curl -q --noproxy '*' ${header[@]+"${header[@]}"} -sS --max-time 20 -w '\n%{http_code}' \
    -X DELETE "$at/opt-in" 2>/dev/null)
reached=$?
status=${answer##*$'\n'}
body=${answer%$'\n'*}
# The value of a string member of a flat JSON object.
member() { sed -n "s/.*\"$1\":\"\(\([^\"\\\\]\|\\\\.\)*\)\".*/\1/p" <<<"$body" | sed 's/\\"/"/g'; }
if [ "$reached" -eq 0 ]; then
    if [ "$status" = 200 ]; then
        member message
        exit 0
    fi
    echo "Account rotator: NOT turned off: $(member detail)" >&2
    exit 1
fi

# Nobody answered: remove the flag where a service would look for it.
if [ -z "$directory" ]; then
    echo "Account rotator: the service does not answer on $base and CLAUDE_PLUGIN_DATA is" \
        "not this plugin's. Claude Code v2.1+ required." >&2
    exit 5
fi
rm -f "$directory/opt-in.flag" || {
    echo "Account rotator: NOT turned off: remove $directory/opt-in.flag by hand." >&2
    exit 1
}
echo "Account rotator: OFF (no service answers on $base; there is no opt-in flag in $directory)."
