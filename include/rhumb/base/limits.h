// What hostile input may cost. Every limit is an option of the command line with the default that stands here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace rhumb {

struct Limits {
  /// Bytes of one rendering's output, and of any string made on the way.
  std::size_t output_bytes = 256ULL << 20;
  /// Bytes of memory for the values and strings of one rendering.
  std::size_t memory_bytes = 2048ULL << 20;
  /// Bytes of a chart, unpacked (Helm's own limit).
  std::size_t chart_bytes = 100ULL << 20;
  /// Nested templates (Go's own limit).
  std::uint32_t template_depth = 100000;
  /// Nested includes of one name (Helm's own limit).
  std::uint32_t include_depth = 1000;
  /// Nesting of YAML collections (go-yaml's own limit).
  std::uint32_t yaml_depth = 10000;
  /// Bytes of a regular expression.
  std::size_t regex_bytes = 64ULL << 10;
  /// Bytes of memory a compiled regular expression may take.
  std::size_t regex_memory_bytes = 64ULL << 20;
  /// Elements that a single call may make (until, seq, range over a number ...).
  std::uint64_t list_elements = 10'000'000;
  /// Executed template nodes of one rendering.
  std::uint64_t steps = 2'000'000'000;
};

/// Thrown where a limit is passed; the entry point of each stage turns it into a Diagnostic.
struct LimitError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace rhumb
