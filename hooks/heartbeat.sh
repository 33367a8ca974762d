#!/bin/sh
# The plugin's heartbeat: once a minute, while Claude Code works and rotation is
# on, `rotator heartbeat` keeps the service alive and ticks. It runs behind this
# script, which never waits for it; what it says is shown by the next hook.
# Silent, and 0, when all is well. heartbeat.sh [session-start]
set -u
umask 077

# Claude Code's input says nothing we need, but an unread pipe is an error to it.
[ -t 0 ] || cat >/dev/null

config=${ROTATOR_CONFIG:-${XDG_CONFIG_HOME:-${HOME:-}/.config}/oauth-rotator/rotator.yaml}
directory=${ROTATOR_DATA_DIR:-}
if [ -z "$directory" ] && [ -f "$config" ]; then
    directory=$(sed -n 's/^data-dir: *"\{0,1\}\(\/[^"#]*[^"# ]\).*/\1/p' "$config")
fi
if [ -z "$directory" ]; then
    case "${CLAUDE_PLUGIN_DATA:-}" in
        *"${ROTATOR_PLUGIN_NAME:-janitor}"*) directory=$CLAUDE_PLUGIN_DATA/oauth-rotator ;;
        *) directory=${XDG_STATE_HOME:-${HOME:-}/.local/state}/oauth-rotator ;;
    esac
fi
# Off means off.
[ -f "$directory/opt-in.flag" ] || exit 0

# said FILE: its lines as one message to the user, in the form hooks answer in.
said() {
    printf '{"systemMessage":"%s"}\n' "$(tr '\011' ' ' <"$1" \
        | tr -d '\000-\010\013-\037' | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' | sed -e ':a' -e '$!N' -e '$!ba' -e 's/\n/\\n/g')"
}

told=$directory/heartbeat.told
if [ -s "$told" ] && mv "$told" "$told.$$" 2>/dev/null; then
    said "$told.$$"
    rm -f "$told.$$"
fi

now=$(date +%s)
last=0
[ ! -f "$directory/heartbeat.stamp" ] || read -r last <"$directory/heartbeat.stamp"
case "$last" in '' | *[!0-9]*) last=0 ;; esac
[ "$now" -lt "$last" ] || [ $((now - last)) -ge 55 ] || exit 0

program=${ROTATOR_BIN:-$(command -v rotator || echo "${HOME:-}/.local/bin/rotator")}
if [ ! -x "$program" ]; then
    [ "${1:-}" != session-start ] \
        || echo '{"systemMessage":"Account rotator: rotation is on, but the program `rotator`' \
            'is not on the PATH; run scripts/install of its repository."}'
    exit 0
fi
echo "$now" >"$directory/heartbeat.stamp"

beat() {
    new=$told.new.$$
    error=$directory/heartbeat.error
    if "$program" heartbeat >"$new" 2>"$error.$$"; then
        rm -f "$error" "$error.$$"
    else
        # The same failure is told once, not every minute.
        cmp -s "$error" "$error.$$" || cat "$error.$$" >>"$new"
        mv -f "$error.$$" "$error"
    fi
    [ ! -s "$new" ] || cat "$new" >>"$told"
    rm -f "$new"
}
(
    trap '' HUP
    beat
) </dev/null >/dev/null 2>&1 &
exit 0
