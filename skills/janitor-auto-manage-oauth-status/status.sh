#!/usr/bin/env bash
# Says how rotation stands: on or off, who is live, the last decision, and what
# waits for a person. Changes nothing. Exit: 0 told, 1 refused, 7 no service.
set -u
. "$(dirname "$0")/../lib/ask.sh"

ask 10 /opt-in || unreachable
[ "$status" = 200 ] || refused
members message

ask 10 /health || unreachable
[ "$status" = 200 ] || refused
live=$(members live)
echo "Live: ${live:-not known}."

ask 10 /decisions/latest || unreachable
case "$status" in
    # The sentence of the decision stands after those of its considerations.
    200) echo "Last decision, at $(members lastAt | tail -n 1): $(members sentence | tail -n 1)" ;;
    404) echo "Nothing was decided yet." ;;
    *) refused ;;
esac

ask 10 /nudges || unreachable
[ "$status" = 200 ] || refused
members message | sed 's/^/For you: /'
