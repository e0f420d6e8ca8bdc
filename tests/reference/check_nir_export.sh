#!/usr/bin/env bash
# Reads NIR files that Spikepad writes with the real frameworks, and compares every spike. See environments.sh.
set -euo pipefail
source "$(dirname "$0")/environments.sh"
cd "$reference"

prepare "$venv" requirements.txt
prepare_newer_nir
(cd "$root" && cargo build --release --quiet --bin spikepad)

"$venv/bin/python" -W ignore check_nir_export.py "$root/target/release/spikepad"
PYTHONPATH=$newer_nir "$venv/bin/python" -W ignore check_nir_export.py "$root/target/release/spikepad"
