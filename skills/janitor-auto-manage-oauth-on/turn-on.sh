#!/usr/bin/env bash
# Turns rotation on. Exit: 0 on, 1 refused for another reason, 3 pinned,
# 4 unsupported, 5 no plugin data directory, 7 no service. Prints names of
# variables, never values.
set -u

# The names of Sources/HostFacts/PinningVariables.swift; a test compares them.
pinning=(
    ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN ANTHROPIC_BASE_URL
    ANTHROPIC_FEDERATION_RULE_ID ANTHROPIC_PROFILE ANTHROPIC_UNIX_SOCKET
    CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR CLAUDE_CODE_OAUTH_TOKEN
    CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST
    CLAUDE_CODE_USE_ANTHROPIC_AWS CLAUDE_CODE_USE_BEDROCK CLAUDE_CODE_USE_FOUNDRY
    CLAUDE_CODE_USE_MANTLE CLAUDE_CODE_USE_VERTEX CLAUDE_SECURESTORAGE_CONFIG_DIR
)
for name in "${pinning[@]}"; do
    case "$name=${!name:-}" in
        *=) continue ;;
        CLAUDE_CODE_USE_*=0 | CLAUDE_CODE_USE_*=[Ff][Aa][Ll][Ss][Ee]) continue ;;
    esac
    echo "Account rotator ABORTED: \$$name is set; it overrides the credential store and" \
        "defeats rotation. Unset it first, then run this again." >&2
    exit 3
done

plugin=${ROTATOR_PLUGIN_NAME:-janitor}
case "$(basename "${CLAUDE_PLUGIN_DATA:-/}")" in
    *"$plugin"*) ;;
    *)
        echo "Account rotator ABORTED: CLAUDE_PLUGIN_DATA is not this plugin's." \
            "Claude Code v2.1+ required." >&2
        exit 5
        ;;
esac

base="http://localhost:${ROTATOR_PORT:-9429}"
# A proxy is for other machines, never for this one. Where requests need the
# token it goes over the socket beside it, never to whoever has the port; it is
# looked for each time, because a start may make it.
config=${ROTATOR_CONFIG:-${XDG_CONFIG_HOME:-${HOME:-}/.config}/oauth-rotator/rotator.yaml}
directory=${ROTATOR_DATA_DIR:-}
# `data-dir` of the configuration, as scripts/install writes it.
if [ -z "$directory" ] && [ -f "$config" ]; then
    directory=$(sed -n 's/^data-dir: *"\{0,1\}\(\/[^"#]*[^"# ]\).*/\1/p' "$config")
fi
directory=${directory:-$CLAUDE_PLUGIN_DATA/oauth-rotator}
ask() {
    local at=$base route=${*: -1}
    local header=()
    if [ -f "$directory/bearer-token.header" ]; then
        at=http://localhost
        header=(-H "@$directory/bearer-token.header" --unix-socket "$directory/rotator.sock")
    fi
    curl -q --noproxy '*' ${header[@]+"${header[@]}"} -sS --max-time "${@:1:$#-1}" "$at$route"
}

if ! ask 5 -f /health >/dev/null 2>&1; then
    "${ROTATOR_BIN:-rotator}" heartbeat >/dev/null || true
    ask 5 -f /health >/dev/null 2>&1 || {
        echo "Account rotator: the service does not answer on $base and could not be started." \
            "Put \`rotator\` on the PATH or set ROTATOR_BIN." >&2
        exit 7
    }
fi

answer=$(ask 20 -w '\n%{http_code}' -X PUT /opt-in) || {
    echo "Account rotator: the service stopped answering on $base; run this again." >&2
    exit 7
}
status=${answer##*$'\n'}
body=${answer%$'\n'*}
# The value of a string member of a flat JSON object.
member() { sed -n "s/.*\"$1\":\"\(\([^\"\\\\]\|\\\\.\)*\)\".*/\1/p" <<<"$body" | sed 's/\\"/"/g'; }
if [ "$status" = 200 ]; then
    echo "$(member message) Ensure the heartbeat is armed (\`rotator heartbeat\` every minute)," \
        "so that the service stays alive."
    exit 0
fi
echo "Account rotator: $(member detail)" >&2
case "$(member code)" in
    pinned-environment) exit 3 ;;
    unsupported-platform) exit 4 ;;
    *) exit 1 ;;
esac
