#!/bin/sh
# Builds everything under src/deskbell/ui/static/vendor from the packages pinned in package-lock.json.
# Usage: tools/vendor/build.sh [OUTPUT]   (default: the committed folder)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-"$here/../../src/deskbell/ui/static/vendor"}
cd "$here"
npm ci --ignore-scripts --no-audit --no-fund >&2
# esbuild's own post-install only replaces a wrapper by the binary; the wrapper finds it by itself.
node build.mjs "$out"
