#!/usr/bin/env bash
# Checks what an installation needs and says in one line what to do about what is missing.
set -euo pipefail

python=${1:-python3}
stop() { echo "careloop: $1" >&2; exit 1; }

[ -w . ] || stop "this folder is read-only; copy the project to a folder you may write to"

if ! command -v "$python" >/dev/null; then
  stop "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3.12"
fi
"$python" - <<'PY' || stop "Python $("$python" -V 2>&1 | cut -d' ' -f2) is too old; 3.11 or newer is needed: make PYTHON=/path/to/python3.12"
import sys
sys.exit(sys.version_info < (3, 11))
PY
"$python" -c 'import venv, ensurepip' 2>/dev/null \
  || stop "Python's venv module is missing; on Debian or Ubuntu: apt install python3-venv"

if [ "${2:-}" = node ]; then
  command -v node >/dev/null && command -v npm >/dev/null \
    || stop "Node 20 or newer with npm is needed to build the web pages; see https://nodejs.org"
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || stop "Node $(node -v) is too old; 20 or newer is needed"
fi
