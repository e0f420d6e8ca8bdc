# Shared by the set-up steps: messages, running commands, and Node with its packages.
# Sourced by scripts/setup.sh.

say() { printf 'set-up: %s\n' "$*"; }

# Ends the set-up with a sentence that says what to do.
stop() {
    printf '\nset-up cannot go on: %s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# attempt "what it does, and how long that takes" command...
# Runs a command with its output in the log, and says how long it took. Fails if the command fails.
attempt() {
    local what=$1 began=$SECONDS
    shift
    say "$what"
    printf '\n$ %s\n' "$*" >>"$log"
    if "$@" >>"$log" 2>&1 </dev/null; then
        say "  done in $((SECONDS - began)) s"
    else
        return 1
    fi
}

# Shows the end of the log, after a failure.
show_log() { tail -n 15 "$log" | sed 's/^/  | /' >&2; }

# at_least 1.95.0 1.88: is the first version the second or newer?
at_least() {
    local IFS=. i
    local -a got want
    read -r -a got <<<"$1"
    read -r -a want <<<"$2"
    for i in 0 1 2; do
        [ "${got[$i]:-0}" -gt "${want[$i]:-0}" ] && return 0
        [ "${got[$i]:-0}" -lt "${want[$i]:-0}" ] && return 1
    done
    return 0
}

# Runs a command as root: directly, or through sudo if that asks for no password.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_be_root() { [ "$(id -u)" -eq 0 ] || { have sudo && sudo -n true 2>/dev/null; }; }

apt_offers() { [ -n "$(apt-cache policy "$1" 2>/dev/null | sed -n '/Candidate: [0-9]/p')" ]; }

apt_lists_are_fresh=
# A new machine has no package lists, and old lists name files that no longer exist.
apt_update() {
    [ -n "$apt_lists_are_fresh" ] && return 0
    attempt "reading the package lists of apt (10 s)" as_root apt-get update || return 1
    apt_lists_are_fresh=yes
}

# --no-remove: never removes a package that is installed.
apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-remove --no-install-recommends "$@"
}

need_node() {
    have node || stop "Node is not installed; install Node 20.14 or newer from https://nodejs.org, then run this again."
    local version
    version=$(node --version)
    at_least "${version#v}" 20.14.0 ||
        stop "this is Node ${version#v}, and the build needs 20.14 or newer; install it from https://nodejs.org, then run this again."
    have npm || stop "npm is not installed; it comes with Node from https://nodejs.org, so install that, then run this again."
}

# A copy of the lock file that the packages were installed from is kept with them, so that it is deleted when they are.
need_node_modules() {
    local stamp=node_modules/.installed-from.json
    cmp -s package-lock.json "$stamp" && return 0
    attempt "installing the npm packages (about 20 s)" npm ci --no-audit --no-fund || {
        show_log
        stop "\`npm ci\` failed (its last lines are above); see that the npm registry can be reached, then run this again."
    }
    cp package-lock.json "$stamp"
}

# env_line NAME VALUE: a line that sets a variable, quoted for the shell.
env_line() { printf "export %s='%s'\n" "$1" "$(printf '%s' "$2" | sed "s/'/'\\\\''/g")"; }

write_env() {
    {
        echo "# Written by scripts/setup.sh; scripts/run.sh runs a command in this environment."
        env_line PATH "$state/tools/bin:${CARGO_HOME:-$HOME/.cargo}/bin:$root/node_modules/.bin"
        # shellcheck disable=SC2016
        echo 'PATH="$PATH:$SPIKEPAD_OUTER_PATH"'
        [ -z "${wasm_toolchain:-}" ] || env_line SPIKEPAD_WASM_TOOLCHAIN "$wasm_toolchain"
        [ -z "${wasm_linker:-}" ] || env_line CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER "$wasm_linker"
        [ -z "${CHROME:-}" ] || env_line CHROME "$CHROME"
        [ -z "${CHROME_SHELL:-}" ] || env_line CHROME_SHELL "$CHROME_SHELL"
        [ -z "${CHROMEDRIVER:-}" ] || env_line CHROMEDRIVER "$CHROMEDRIVER"
        [ -z "${FIREFOX:-}" ] || env_line FIREFOX "$FIREFOX"
        [ -z "${WEBKIT_DRIVER:-}" ] || env_line WEBKIT_DRIVER "$WEBKIT_DRIVER"
        [ -z "${WEBKIT_BROWSER:-}" ] || env_line WEBKIT_BROWSER "$WEBKIT_BROWSER"
        [ -z "${XVFB_RUN:-}" ] || env_line XVFB_RUN "$XVFB_RUN"
    } >"$state/env.new"
    mv "$state/env.new" "$state/env"
}
