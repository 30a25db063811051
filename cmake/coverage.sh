#!/usr/bin/env bash
# Line coverage of the suite over src/ and include/, at least 80 % (REQ-1-504 holds for rhumb itself).
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset coverage -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >/dev/null
cmake --build --preset coverage
find build/coverage -name '*.gcda' -delete
ctest --preset coverage -j "$(nproc)"
gcovr --root . --filter src/ --filter include/ --exclude-unreachable-branches --gcov-executable gcov \
  -j "$(nproc)" --print-summary --fail-under-line 80 build/coverage >build/coverage/lines.txt || {
  tail -n 4 build/coverage/lines.txt
  exit 1
}
tail -n 4 build/coverage/lines.txt
