#!/usr/bin/env bash
# Runs a command in the environment that scripts/setup.sh wrote: scripts/run.sh COMMAND [ARGUMENT...]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ ! -f "$root/.setup/env" ]; then
    echo "Nothing is set up yet; run \`npm run setup\` first." >&2
    exit 1
fi
SPIKEPAD_OUTER_PATH=$PATH
# shellcheck disable=SC1091
. "$root/.setup/env"
exec "$@"
