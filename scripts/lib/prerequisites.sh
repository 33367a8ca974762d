# Sourced by the scripts: makes sure what a build needs is there. System
# packages are installed where that is allowed, else named.

need_swift() {
    command -v swift >/dev/null 2>&1 && return
    echo "The Swift toolchain (6.2 or newer) is not on the PATH: https://www.swift.org/install/" >&2
    exit 1
}

# need_commands NAME...: commands whose Debian package has the same name.
need_commands() {
    local missing=()
    local name
    for name in "$@"; do
        command -v "$name" >/dev/null 2>&1 || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

# need_packages NAME...: Debian packages; on macOS the SDK brings both libraries.
need_packages() {
    [ "$(uname -s)" = Linux ] || return 0
    local missing=()
    local name
    for name in "$@"; do
        case "$(dpkg-query -W -f='${Status}' "$name" 2>/dev/null)" in
            *'ok installed') ;;
            *) missing+=("$name") ;;
        esac
    done
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

# Another system's packages cannot be looked up here: a build goes on without
# dpkg, and what is missing is named in case it fails.
install_packages() {
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "Needed, under the names of Debian, if not there already: $*" >&2
        return 0
    fi
    local run=(env)
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || {
            echo "Please install: apt-get install $*" >&2
            exit 1
        }
        run=(sudo -n env)
    fi
    echo "Installing: $*" >&2
    "${run[@]}" apt-get update -qq >&2
    "${run[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >&2
}
