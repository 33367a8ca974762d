# Sourced by the scripts: makes sure what a build needs is there. System
# packages are installed where that is allowed, else named.

need_swift() {
    command -v swift >/dev/null 2>&1 && return
    echo "The Swift toolchain (6.2 or newer) is not on the PATH: https://www.swift.org/install/" >&2
    exit 1
}

# need_packages NAME...: Debian packages; on macOS the SDK brings both libraries.
need_packages() {
    [ "$(uname -s)" = Linux ] || return 0
    command -v apt-get >/dev/null 2>&1 || {
        echo "Needed, under the names of Debian: $*" >&2
        return 0
    }
    local missing=()
    local name
    for name in "$@"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' \
            || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local run=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || {
            echo "Please install: apt-get install ${missing[*]}" >&2
            exit 1
        }
        run=(sudo -n)
    fi
    echo "Installing: ${missing[*]}" >&2
    "${run[@]}" apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq "${missing[@]}" >&2
}
