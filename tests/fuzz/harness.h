// What the harnesses share. A harness takes bytes that nobody has looked at, runs one stage on them under limits that
// end every input soon, and checks a property of the answer; an error of the stage is an answer, too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "rhumb/base/limits.h"
#include "rhumb/base/log.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace rhumb::fuzz {

inline Limits small_limits() {
  Limits limits;
  limits.output_bytes = 256U << 10;
  limits.memory_bytes = 16U << 20;
  limits.chart_bytes = 256U << 10;
  limits.template_depth = 200;
  limits.include_depth = 20;
  limits.yaml_depth = 100;
  limits.regex_bytes = 1U << 10;
  limits.regex_memory_bytes = 1U << 20;
  limits.list_elements = 10'000;
  limits.steps = 20'000;
  return limits;
}

class QuietLog final : public Log {
 public:
  void write(LogLevel, std::string_view, std::vector<LogAttribute>) override {}
};

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// The parts before and after a line "-- values": for stages that take two texts. Without one the second is empty.
inline std::pair<std::string_view, std::string_view> halves(std::string_view text) {
  constexpr std::string_view line = "\n-- values\n";
  const std::size_t at = text.find(line);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at + 1), text.substr(at + line.size())};
}

/// The property of a harness. What does not hold is a crash: that is what fuzzers and the replay look for.
inline void expect(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", property);
  std::abort();
}

/// To pass a limit is an answer where a stage leaves the exception to its caller. Any other one is a finding.
template <typename Work>
void within_limits(const Work& work) {
  try {
    work();
  } catch (const LimitError&) {
  }
}

}  // namespace rhumb::fuzz
