#!/usr/bin/env bash
# Turns rotation on. Exit: 0 on, 3 pinned, 4 unsupported, 5 no plugin data
# directory, 7 no service. Sends names of variables, never values.
set -u

names=()
for name in ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN CLAUDE_CODE_OAUTH_TOKEN; do
    [ -n "${!name:-}" ] && names+=("$name")
done
if [ ${#names[@]} -gt 0 ]; then
    echo "Account rotator ABORTED: \$${names[0]} is set; it overrides the credential store and" \
        "defeats rotation. Unset it first, then run this again." >&2
    exit 3
fi

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
rotator=${ROTATOR_BIN:-rotator}
if ! curl -fsS --max-time 5 "$base/health" >/dev/null 2>&1; then
    "$rotator" heartbeat >/dev/null 2>&1 || true
    curl -fsS --max-time 5 "$base/health" >/dev/null 2>&1 || {
        echo "Account rotator: the service does not answer and could not be started." \
            "Put \`rotator\` on the PATH or set ROTATOR_BIN." >&2
        exit 7
    }
fi

answer=$(curl -sS --max-time 20 -w '\n%{http_code}' -X PUT "$base/opt-in") || exit 7
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
