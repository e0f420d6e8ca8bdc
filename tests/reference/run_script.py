"""Runs a script that Spikepad has exported: run_script.py SCRIPT."""

import runpy
import sys
from pathlib import Path

# As `python SCRIPT` does: modules are looked for beside the script first.
sys.path[0] = str(Path(sys.argv[1]).parent)

# Rockpool's interface to hardware. Rockpool would download it at the first import.
sys.modules["samna"] = None

runpy.run_path(sys.argv[1], run_name="__main__")
