# Provides the wasm target without rustup's servers. Debian has packages of a newer Rust, meant for building browsers, with
# its sources; the standard library is built from those, once. This Rust is installed beside rustup's and builds wasm only.
# Sourced by scripts/setup.sh.

debian_toolchain=spikepad-debian

debian_rustc() { dpkg -L rustc-web 2>/dev/null | grep -x '/.*/bin/rustc' | head -n 1; }

# Is it installed, and was its library built by the same version of the compiler?
debian_wasm_present() {
    have dpkg && have rustup && have wasm-ld || return 1
    local rustc
    rustc=$(debian_rustc)
    [ -n "$rustc" ] && [ -x "$rustc" ] && has_wasm_target "$rustc" && debian_library_matches "$rustc" &&
        rustup run "$debian_toolchain" rustc --version >>"$log" 2>&1 || return 1
    use_debian_wasm
}

use_debian_wasm() {
    wasm_toolchain=$debian_toolchain
    wasm_linker=${wasm_linker:-wasm-ld}
}

# The compiler cannot use a library that another version of it has built. This file records the version.
debian_stamp() { printf '%s/spikepad-built-by' "$("$1" --print target-libdir --target "$wasm_target")"; }
debian_library_matches() { [ "$("$1" --version)" = "$(cat "$(debian_stamp "$1")" 2>/dev/null)" ]; }

debian_wasm_possible() { have apt-get && have dpkg && have rustup && may_be_root; }

install_debian_wasm() {
    local rustc
    apt_update || {
        show_log
        stop "\`apt-get update\` failed, and rustup could not fetch $wasm_target either; see that one of them reaches its servers, then run this again."
    }
    attempt "installing Debian's Rust for wasm beside rustup's, and its linker (about 1 minute)" \
        apt_install rustc-web cargo-web rust-web-src rust-web-clippy lld || {
        show_log
        stop "apt could not install rustc-web, cargo-web, rust-web-src, rust-web-clippy and lld, and rustup could not fetch $wasm_target; install either by hand, then run this again."
    }
    hash -r
    rustc=$(debian_rustc)
    if ! has_wasm_target "$rustc" || ! debian_library_matches "$rustc"; then
        attempt "building Rust's standard library for wasm, once (2 to 3 minutes)" \
            build_debian_library "$rustc" || {
            show_log
            stop "the standard library for $wasm_target did not build (the last lines are above); run \`rustup target add $wasm_target\` where the network allows it, then this again."
        }
    fi
    rustup toolchain link "$debian_toolchain" "$(dirname "$(dirname "$rustc")")" >>"$log" 2>&1 ||
        stop "\`rustup toolchain link $debian_toolchain\` failed; see $log."
    use_debian_wasm
}

# Builds an empty library with std, and copies the libraries that it depends on to where that rustc looks for the target's.
build_debian_library() {
    local rustc=$1 cargo work libdir
    cargo=$(dirname "$rustc")/cargo
    libdir=$("$rustc" --print target-libdir --target "$wasm_target") || return 1
    work=$(mktemp -d) || return 1
    mkdir "$work/src" &&
        printf '#![no_std]\n' >"$work/src/lib.rs" &&
        printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[profile.release]\npanic = "abort"\n' \
            >"$work/Cargo.toml" &&
        (cd "$work" && env -u RUSTUP_TOOLCHAIN RUSTC="$rustc" RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" \
            "$cargo" build --release -Zbuild-std=std,panic_abort,test --target "$wasm_target") &&
        as_root mkdir -p "$libdir" &&
        as_root find "$libdir" -name '*.rlib' -delete &&
        as_root cp "$work/target/$wasm_target/release/deps/"*.rlib "$libdir/" &&
        as_root find "$libdir" -name 'libempty-*' -delete &&
        "$rustc" --version | as_root tee "$(debian_stamp "$rustc")" >/dev/null || return 1
    rm -rf "$work"
}
