#!/usr/bin/env bash
# Exports the scripts of ten frameworks for three digits each, runs them in the frameworks themselves, and ends with an error
# unless every script finds what Spikepad computed.
#   tests/reference/run_scripts.sh [EXPORT_FLAG...]     the flags are --model and the question's network, unless there are others
# Needs Python 3.11 and some gigabytes of disk space for two virtual environments, VENV and VENV_TENSORFLOW (default:
# target/reference and target/reference-tensorflow). FRAMEWORKS and DIGITS choose others.
set -euo pipefail
reference=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$reference/../.." && pwd)
venv=${VENV:-$root/target/reference}
venv_tensorflow=${VENV_TENSORFLOW:-$root/target/reference-tensorflow}
frameworks=${FRAMEWORKS:-nengo nengo_dl brian2 snntorch spikingjelly bindsnet norse sinabs rockpool keras}
digits=${DIGITS:-0 1 2}
out=$root/target/scripts
[ $# -gt 0 ] || set -- --model "$root/www/assets/question-784-128-10.safetensors"
# One thread: the order of sums must not depend on how many there are.
export OMP_NUM_THREADS=1 TF_CPP_MIN_LOG_LEVEL=3

# prepare VENV REQUIREMENTS
prepare() {
  [ -x "$1/bin/python" ] && return
  "${PYTHON:-python3.11}" -m venv "$1"
  "$1/bin/pip" install --quiet --disable-pip-version-check --requirement "$2"
}
prepare "$venv" "$reference/requirements.txt"
prepare "$venv_tensorflow" "$reference/requirements-tensorflow.txt"

cargo build --quiet --manifest-path "$root/Cargo.toml" --bin spikepad
failed=0
for framework in $frameworks; do
  case $framework in
    nengo_dl* | keras) python=$venv_tensorflow/bin/python ;;
    *) python=$venv/bin/python ;;
  esac
  for digit in $digits; do
    folder=$out/digit-$digit
    "$root/target/debug/spikepad" export --to "$framework" --digit "$digit" --out "$folder" "$@" >/dev/null
    if said=$("$python" -W ignore "$reference/run_script.py" "$folder/$framework.py" 2>&1) && grep -q '^equal to Spikepad' <<<"$said"; then
      echo "$framework, digit $digit: $(grep '^equal to Spikepad' <<<"$said")"
    else
      echo "$framework, digit $digit: not equal"
      echo "$said"
      failed=1
    fi
  done
done
exit $failed
