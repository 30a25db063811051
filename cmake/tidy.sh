#!/usr/bin/env bash
# clang-tidy over the sources of a build folder, with the whitelist of .clang-tidy; every finding is an error.
#   bash cmake/tidy.sh BUILD_FOLDER
# A file is looked at again only when its preprocessed text has changed since it was last found clean, by any clone.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
cache=${XDG_CACHE_HOME:-$HOME/.cache}/rhumb-tidy-14
mkdir -p "$cache"

check() {
  local file=$1 build=$2 cache=$3 hash stamp
  # What decides: the file, every header it includes, the whitelist.
  hash=$( { cat .clang-tidy; "${CXX:-g++}" -std=c++20 -Iinclude -Isrc -I"$build/include" -E -P "$file" 2>/dev/null || cat "$file"; } | sha256sum | cut -d' ' -f1)
  stamp=$cache/$hash
  [ -e "$stamp" ] && return 0
  clang-tidy-14 -p "$build" --quiet --extra-arg=-Wno-unknown-warning-option "$file" 2>/dev/null && touch "$stamp"
}
export -f check

git ls-files 'src/*.cpp' | xargs -P "$(nproc)" -I{} bash -c 'check "$@"' _ {} "$build" "$cache"
