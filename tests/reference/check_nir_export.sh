#!/usr/bin/env bash
# Reads NIR files that Spikepad writes with the real frameworks, and compares every spike. Needs Python 3.11 and some
# gigabytes of disk space; makes a virtual environment at VENV (default: target/reference).
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
venv=${VENV:-$root/target/reference}

[ -x "$venv/bin/python" ] || "${PYTHON:-python3.11}" -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement requirements.txt
new=$root/target/reference-nir
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --upgrade --target "$new" nir==1.0.8 nirtorch==2.6
(cd "$root" && cargo build --release --quiet --bin spikepad)

"$venv/bin/python" -W ignore check_nir_export.py "$root/target/release/spikepad"
PYTHONPATH=$new "$venv/bin/python" -W ignore check_nir_export.py "$root/target/release/spikepad"
