"""Renew the lock files: for every platform, with hashes, without the address of any package index."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = [
    *["--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"],
    *["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"],
]
# The runtime lock decides; the others add to it.
LOCKS = {
    "requirements.lock": [],
    "requirements-dev.lock": ["--extra", "dev", "--constraint", "requirements.lock"],
    "requirements-bench.lock": ["--extra", "bench", "--constraint", "requirements.lock"],
}


def main() -> int:
    """Write the three files; gives the exit code."""
    uv = shutil.which("uv")
    if uv is None:
        print("uv resolves the lock files: install it (pip install uv) and run this again.", file=sys.stderr)
        return 1
    for name, more in LOCKS.items():
        print(f"{name} ...", flush=True)
        command = [uv, "pip", "compile", "pyproject.toml", *OPTIONS, *more, "--output-file", name]
        done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode != 0:
            print(f"{name} was not renewed: read the lines above.", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
