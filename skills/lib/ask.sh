# Sourced by the skills beside this folder: how to ask the service with curl.
# Sets `directory` (the data directory, or empty), and `status` and `body` of the
# last answer. The token, where there is one, comes from its own file.

plugin=${ROTATOR_PLUGIN_NAME:-janitor}
base="http://localhost:${ROTATOR_PORT:-9429}"

# `data-dir` of the configuration, as `scripts/install` writes it.
configured_directory() {
    local file=${ROTATOR_CONFIG:-${XDG_CONFIG_HOME:-${HOME:-}/.config}/oauth-rotator/rotator.yaml}
    [ ! -f "$file" ] || sed -n 's/^data-dir: *"\{0,1\}\(\/[^"#]*[^"# ]\).*/\1/p' "$file" | tail -n 1
}

directory=${ROTATOR_DATA_DIR:-$(configured_directory)}
if [ -z "$directory" ]; then
    case "$(basename "${CLAUDE_PLUGIN_DATA:-/}")" in
        *"$plugin"*) directory=$CLAUDE_PLUGIN_DATA/oauth-rotator ;;
    esac
fi

# ask SECONDS CURL-ARGUMENT... ROUTE: fails when nobody answers. A proxy is for
# other machines, never for this one. Where requests need the token it goes over
# the socket beside it, never to whoever has the port.
ask() {
    local at=$base route=${*: -1} answer
    local header=()
    if [ -n "$directory" ] && [ -f "$directory/bearer-token.header" ]; then
        at=http://localhost
        header=(-H "@$directory/bearer-token.header" --unix-socket "$directory/rotator.sock")
    fi
    answer=$(curl -q --noproxy '*' ${header[@]+"${header[@]}"} -sS -w '\n%{http_code}' \
        --max-time "${@:1:$#-1}" "$at$route" 2>/dev/null) || return 1
    status=${answer##*$'\n'}
    body=${answer%$'\n'*}
}

# members NAME: the values of the string members of that name in `body`, one a
# line, in their order.
members() {
    grep -oE "\"$1\":\"([^\"\\\\]|\\\\.)*\"" <<<"$body" \
        | sed -e "s/^\"$1\":\"//" -e 's/"$//' -e 's/\\"/"/g' -e 's/\\\\/\\/g'
}

# objects: the innermost objects of `body`, one a line; texts may hold no braces.
objects() { grep -o '{[^{}]*}' <<<"$body"; }

unreachable() {
    echo "Account rotator: the service does not answer on $base;" \
        "\`rotator heartbeat\` starts it." >&2
    exit 7
}

# refused: says why, and ends with the code docs/SCRIPTING.md gives to the problem.
refused() {
    echo "Account rotator: $(members detail)" >&2
    case "$(members code)" in
        bad-request) exit 64 ;;
        pinned-environment) exit 3 ;;
        unsupported-platform) exit 4 ;;
        unknown-account | ambiguous-account) exit 6 ;;
        target-unusable | no-live-credential | no-decision-yet | unknown-nudge) exit 2 ;;
        nothing-to-import | no-login | claude-missing | browser-missing | display-missing) exit 2 ;;
        store-refused | store-unreachable | store-malformed) exit 8 ;;
        credential-locked | credential-changed | credential-superseded) exit 8 ;;
        stopping) exit 7 ;;
        *) exit 1 ;;
    esac
}
