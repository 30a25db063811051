// What went wrong, where, and what to do. One type for every stage; text, JSON and SARIF format the same object.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rhumb/base/source.h"

namespace rhumb {

enum class Severity : std::uint8_t { note, info, warning, error };

/// One step of the way that led to the place: an include, a template, a tpl.
struct Frame {
  std::string what;
  Span span;
};

struct Diagnostic {
  Severity severity = Severity::error;
  /// The complete message. Where Helm has a message, it is Helm's, byte for byte, without "Error: ".
  std::string message;
  Span span;
  std::vector<Frame> frames;
  std::string hint;
};

inline Diagnostic error(std::string message, Span span = {}) {
  return Diagnostic{Severity::error, std::move(message), span, {}, {}};
}

}  // namespace rhumb
