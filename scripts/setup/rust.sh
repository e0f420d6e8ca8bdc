# Checks the installed Rust toolchain, and installs its wasm target and the command-line tools that are built from source.
# Sourced by scripts/setup.sh.

wasm_target=wasm32-unknown-unknown

# locked_version CRATE: its version in Cargo.lock.
locked_version() { sed -n "/^name = \"$1\"\$/{n;s/^version = \"\(.*\)\"\$/\1/p;}" Cargo.lock; }

need_rust() {
    { have cargo && have rustc; } ||
        stop "Rust is not installed; install it from https://rustup.rs, then run this again."
    local version wanted
    version=$(rustc --version 2>>"$log" | sed -n 's/^rustc \([0-9.]*\).*/\1/p' || true)
    [ -n "$version" ] ||
        stop "\`rustc --version\` fails, so no Rust toolchain is set up; run \`rustup default stable\`, then this again."
    wanted=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
    at_least "$version" "$wanted" ||
        stop "this is Rust $version, and Spikepad needs $wanted or newer; run \`rustup update stable\`, then this again."
}

# has_wasm_target RUSTC...: does that compiler have the standard library and the test crate for wasm?
has_wasm_target() {
    local libdir
    libdir=$("$@" --print target-libdir --target "$wasm_target" 2>>"$log") || return 1
    ls "$libdir"/libstd-*.rlib "$libdir"/libtest-*.rlib >/dev/null 2>&1
}

# Sets `wasm_toolchain` to the toolchain that builds wasm, or to nothing if the toolchain in use does.
need_wasm_target() {
    wasm_toolchain=
    wasm_linker=${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER:-}
    has_wasm_target rustc && return 0
    debian_wasm_present && return 0
    if have rustup; then
        attempt "adding Rust's $wasm_target target (10 s)" rustup target add "$wasm_target" &&
            has_wasm_target rustc && return 0
        say "  rustup could not fetch it"
    fi
    debian_wasm_possible || {
        show_log
        stop "Rust has no $wasm_target target here; run \`rustup target add $wasm_target\` where the network allows it, then this again."
    }
    install_debian_wasm
}

# need_cargo_tool CRATE PROGRAM VERSION MINUTES
# VERSION `any` accepts whichever version is installed. A program of another version is kept; the right one is then installed
# in .setup/tools, which only this project's scripts have on their PATH.
need_cargo_tool() {
    local crate=$1 program=$2 version=$3 minutes=$4 root_of_tools found=
    have "$program" && found=$("$program" --version 2>>"$log" | sed -n 's/^[^ ]* \([0-9.]*\).*/\1/p' || true)
    if [ -n "$found" ] && { [ "$version" = any ] || [ "$found" = "$version" ]; }; then return 0; fi
    root_of_tools=${CARGO_HOME:-$HOME/.cargo}
    [ -z "$found" ] || root_of_tools="$state/tools"
    [ "$version" != any ] || version='>=0.13'
    attempt "building $crate from source, once (about $minutes minutes)" \
        cargo_install "$root_of_tools" "$version" "$crate" || {
        show_log
        stop "\`cargo install $crate\` failed (its last lines are above); see that the registry of crates can be reached and that a C compiler is installed, then run this again."
    }
    hash -r
}

# Tries the versions of the tool's own lock file first. A mirror of the registry may lack one of them, because it is not
# up to date or because the version was withdrawn; then cargo chooses the versions. The build folder is kept until all tools
# are installed, so that an interrupted build continues where it stopped.
cargo_install() {
    local shared="$state/tools-build"
    CARGO_TARGET_DIR=$shared cargo install --locked --root "$1" --version "$2" "$3" ||
        CARGO_TARGET_DIR=$shared cargo install --root "$1" --version "$2" "$3"
}
