// Runs row tables: rhumb_rows [--traced] [--only PREFIX] TABLE...
// Prints every row whose answer differs from Helm's, and fails for it; a row marked as gap fails when it passes.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

#include "support/rows.h"

namespace {

using rhumb::test::Row;
using rhumb::test::RowAnswer;
using rhumb::test::visible;

struct Count {
  int passed = 0;
  int failed = 0;
  int gaps = 0;
};

std::string show(const std::optional<std::string>& output, const std::optional<std::string>& error) {
  return output ? "output:\n" + visible(*output) : "error:\n" + visible(error.value_or("(none)"));
}

void run(const Row& row, const std::string& path, bool traced, Count& count) {
  const RowAnswer got = rhumb::test::answer(row, traced);
  const bool same = got.output == row.output && got.error == row.error;
  if (row.gap) {
    ++(same ? count.failed : count.gaps);
    if (same) fmt::print("{}:{}: {} is marked as a gap and passes\n", path, row.line, row.name);
    return;
  }
  ++(same ? count.passed : count.failed);
  if (same) return;
  fmt::print("{}:{}: {} differs\n--- want {}\n--- got {}\n\n", path, row.line, row.name, show(row.output, row.error),
             show(got.output, got.error));
}

}  // namespace

int main(int argc, char** argv) {
  setenv("TZ", "UTC", 1);  // as the recorder
  bool traced = false;
  std::string_view only;
  Count count;
  try {
    for (int i = 1; i < argc; ++i) {
      const std::string_view argument = argv[i];
      if (argument == "--traced") {
        traced = true;
      } else if (argument == "--only" && i + 1 < argc) {
        only = argv[++i];
      } else {
        for (const Row& row : rhumb::test::read_rows(argv[i]).rows) {
          if (row.name.starts_with(only)) run(row, argv[i], traced, count);
        }
      }
    }
  } catch (const std::exception& exception) {
    fmt::print(stderr, "rhumb_rows: {}\n", exception.what());
    return 2;
  }
  fmt::print("{} passed, {} failed, {} known gaps\n", count.passed, count.failed, count.gaps);
  return count.failed == 0 && count.passed > 0 ? 0 : 1;
}
