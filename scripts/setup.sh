#!/usr/bin/env bash
# Installs what this project needs and the machine lacks. Keeps what works.
#
#   scripts/setup.sh build   what `npm start` and `npm run build` need
#   scripts/setup.sh test    the same, and what else `npm test` needs
#
# Running it again takes about a second. It writes what later steps need to know (PATH, the toolchain that builds wasm, the
# browser) to .setup/env; scripts/run.sh runs a command in that environment.
# Written for the bash 3.2 of macOS.
set -euo pipefail

scope=${1:-build}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

here="$root/scripts/setup"
state="$root/.setup"
log="$state/setup.log"
mkdir -p "$state"
: >"$log"

# shellcheck source=scripts/setup/common.sh
. "$here/common.sh"
# shellcheck source=scripts/setup/rust.sh
. "$here/rust.sh"
# shellcheck source=scripts/setup/debian-wasm.sh
. "$here/debian-wasm.sh"
# shellcheck source=scripts/setup/browser.sh
. "$here/browser.sh"
# shellcheck source=scripts/setup/engines.sh
. "$here/engines.sh"

case "$scope" in
    build | test) ;;
    *) stop "\"$scope\" is not a scope; use: scripts/setup.sh build, or scripts/setup.sh test." ;;
esac

# First on PATH, so that tools from an earlier run are found.
export PATH="$state/tools/bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

need_node
need_node_modules
need_rust
need_wasm_target
need_cargo_tool wasm-bindgen-cli wasm-bindgen "$(locked_version wasm-bindgen)" 3
if [ "$scope" = test ]; then
    need_cargo_tool wasm-pack wasm-pack any 3
    need_browser
    write_webdriver_json
    need_engines
else
    locate_browser
fi
rm -rf "$state/tools-build"
write_env
