# Sourced by the scripts of this folder: their Python environments, at VENV and VENV_TENSORFLOW (default: target/reference and
# target/reference-tensorflow). They need Python 3.11 and some gigabytes of disk space.
reference=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$reference/../.." && pwd)
venv=${VENV:-$root/target/reference}
venv_tensorflow=${VENV_TENSORFLOW:-$venv-tensorflow}
# One thread: the order of sums must not depend on how many there are.
export OMP_NUM_THREADS=1 TF_CPP_MIN_LOG_LEVEL=3

pip_install() {
  "$1/bin/python" -m pip install --quiet --disable-pip-version-check "${@:2}"
}

# prepare VENV REQUIREMENTS: makes the environment, or completes one whose packages are not all there.
prepare() {
  [ -x "$1/bin/python" ] || "${PYTHON:-python3.11}" -m venv "$1"
  pip_install "$1" --requirement "$reference/$2"
}

# The folder with the nir with which snnTorch and SpikingJelly read files. Sinabs and Rockpool do not run with it.
newer_nir=$venv-nir
prepare_newer_nir() {
  pip_install "$venv" --no-deps --upgrade --target "$newer_nir" nir==1.0.8 nirtorch==2.6
}
