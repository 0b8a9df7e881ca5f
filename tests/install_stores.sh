#!/usr/bin/env bash
# Installs what the tests use besides Python packages: stores to load into and ask, second readers of what is exported,
# and a browser. What cannot be installed is told, and the tests that use it are skipped.
set -u
cd "$(dirname "$0")/.."

missing() { echo "$1 is not installed: the tests that use it are skipped"; }

updated=
debian() { # program, package, name: from Debian, where the system has its packages and lets us
  command -v "$1" >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    [ -n "$updated" ] || timeout 120 apt-get -o DPkg::Lock::Timeout=60 update -qq >/dev/null 2>&1
    updated=1
    timeout 300 apt-get -o DPkg::Lock::Timeout=120 install -y -qq --no-install-recommends "$2" >/dev/null 2>&1
  fi
  command -v "$1" >/dev/null || missing "$3 (Debian: $2)"
}

npm_package() { # file that is there then, folder, package, name: from npm
  [ -e "$2/node_modules/$1" ] && return
  if command -v npm >/dev/null; then
    timeout 300 npm install --prefix "$2" --no-save --no-audit --no-fund --ignore-scripts --silent "$3" >/dev/null 2>&1
  fi
  [ -e "$2/node_modules/$1" ] || missing "$4 (npm: $3)"
}

debian rapper raptor2-utils "rapper"
debian virtuoso-t virtuoso-opensource-7-bin "Virtuoso"
debian chromium chromium "Chromium"

python=.venv/bin/python
if [ -x "$python" ] && [ ! -x .venv/bin/oxigraph ]; then
  timeout 240 "$python" -m pip install --quiet --disable-pip-version-check -c constraints.txt oxigraph >/dev/null 2>&1 \
    || missing "Oxigraph's server (PyPI: oxigraph)"
fi

npm_package .bin/comunica-sparql-http .stores @comunica/query-sparql@4 "Comunica"
npm_package n3 .stores/rdf12 n3@2 "N3.js"  # apart: Comunica brings version 1, which reads no RDF 1.2
exit 0
