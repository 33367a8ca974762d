#!/usr/bin/env bash
# Without an argument: the accounts that need a person to sign in. With an e-mail:
# begins that sign-in in a window of its own and waits for its end. Exit: 0 none
# needs it, or signed in; 2 some need it, or `claude` or a browser is missing;
# 1 it failed; 6, 7, 64 as everywhere.
set -u
. "$(dirname "$0")/../lib/ask.sh"

if [ $# -eq 0 ]; then
    ask 10 /nudges || unreachable
    [ "$status" = 200 ] || refused
    # The message may hold braces one day; the code and the e-mail never do.
    due=$(objects | grep -E '"code":"(oauth-login-needed|oauth-capture-stalled|login-expiring)"')
    if [ -z "$due" ]; then
        echo "No account needs a sign-in."
        exit 0
    fi
    body=$due
    members message
    exit 2
fi
if [ $# -ne 1 ] || [[ ! "$1" =~ ^[A-Za-z0-9._%+@~-]+$ ]]; then
    echo "Account rotator: give one e-mail: refresh-logins.sh [EMAIL]" >&2
    exit 64
fi

account=${1//%/%25}
account=${account//+/%2B}
ask 60 -X POST "/accounts/$account/login" || unreachable
case "$status/$(members code)" in
    202/*) ;;
    404/not-found | 405/*)
        echo "Account rotator: this service opens no sign-in. Sign in to $1 with /login in Claude" \
            "Code; the next tick files it, or \`rotator capture\`." >&2
        exit 1
        ;;
    424/*)
        echo "Account rotator: $(members detail)" >&2
        exit 2
        ;;
    *) refused ;;
esac

# The service ends it by itself after some minutes; this bound is for a service
# that does not.
told=
for _ in $(seq "${ROTATOR_LOGIN_POLLS:-600}"); do
    state=$(members state)
    if [ "$state" != "$told" ]; then
        told=$state
        echo "$state: $(members detail)"
    fi
    case "$state" in
        stored) exit 0 ;;
        failed) exit 1 ;;
    esac
    sleep "${ROTATOR_LOGIN_PAUSE:-1}"
    ask 30 "/accounts/$account/login" || unreachable
    [ "$status" = 200 ] || refused
done
echo "Account rotator: the sign-in to $1 goes on; see \`rotator nudges\`." >&2
exit 1
