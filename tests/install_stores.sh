#!/usr/bin/env bash
# Installs the stores that tests/test_load_stores.py loads into and asks: what cannot be installed is told, and skipped there.
set -u
cd "$(dirname "$0")/.."

missing() { echo "$1 is not installed: the tests that use it are skipped"; }

if ! command -v virtuoso-t >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    {
      timeout 120 apt-get -o DPkg::Lock::Timeout=60 update -qq
      timeout 240 apt-get -o DPkg::Lock::Timeout=120 install -y -qq --no-install-recommends virtuoso-opensource-7-bin
    } >/dev/null 2>&1
  fi
  command -v virtuoso-t >/dev/null || missing "Virtuoso (Debian: virtuoso-opensource-7-bin)"
fi

python=.venv/bin/python
if [ -x "$python" ] && [ ! -x .venv/bin/oxigraph ]; then
  timeout 240 "$python" -m pip install --quiet --disable-pip-version-check -c constraints.txt oxigraph >/dev/null 2>&1 \
    || missing "Oxigraph's server (PyPI: oxigraph)"
fi

if [ ! -x .stores/node_modules/.bin/comunica-sparql-http ]; then
  if command -v npm >/dev/null; then
    timeout 300 npm install --prefix .stores --no-save --no-audit --no-fund --ignore-scripts --silent \
      @comunica/query-sparql@4 >/dev/null 2>&1
  fi
  [ -x .stores/node_modules/.bin/comunica-sparql-http ] || missing "Comunica (npm: @comunica/query-sparql)"
fi
exit 0
