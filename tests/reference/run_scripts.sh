#!/usr/bin/env bash
# Exports the scripts of ten frameworks for three digits each, runs them in the frameworks themselves, and ends with an error
# unless every script finds what Spikepad computed.
#   tests/reference/run_scripts.sh [EXPORT_FLAG...]     the flags are --model and the question's network, unless there are others
# FRAMEWORKS and DIGITS choose others. See environments.sh for what it needs.
set -euo pipefail
source "$(dirname "$0")/environments.sh"
converter="nengo_dl_converter nengo_dl_converter_s100 nengo_dl_converter_lif"
frameworks=${FRAMEWORKS:-nengo nengo_dl brian2 snntorch spikingjelly bindsnet norse sinabs rockpool keras $converter}
digits=${DIGITS:-0 1 2}
out=$root/target/scripts
[ $# -gt 0 ] || set -- --model "$root/www/assets/question-784-128-10.safetensors"

prepare "$venv" requirements.txt
prepare "$venv_tensorflow" requirements-tensorflow.txt

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
    # TensorFlow rounds the exponential function in another way, so a spike may come a step later.
    elif [ "$framework" = nengo_dl_converter_lif ] && grep -q '^differences .*: \[[0-9]\]$' <<<"$said"; then
      echo "$framework, digit $digit: $(grep '^differences' <<<"$said")"
    else
      echo "$framework, digit $digit: not equal"
      echo "$said"
      failed=1
    fi
  done
done
exit $failed
