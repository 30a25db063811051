// Helm's way of telling template errors: pkg/engine/engine.go, helm 4.3.1. It works on Go's error strings, and so does
// this, since a message that looks like a location changes what Helm prints.
#include <algorithm>
#include <optional>

#include "render/engine.h"
#include "rhumb/base/strings.h"

namespace rhumb::render {
namespace {

struct TraceableError {
  std::string location;
  std::string message;
  std::string executed_function;

  bool operator==(const TraceableError&) const = default;

  std::string text() const {
    std::string out;
    if (!location.empty()) out += location + "\n  ";
    if (!executed_function.empty()) out += executed_function + "\n    ";
    if (!message.empty()) out += message + "\n";
    return out;
  }
};

std::string without_next_error(std::string_view message) {
  return std::string(message.substr(0, message.find(" template:")));
}

// parseTemplateExecutingAtErrorType
std::optional<TraceableError> parse_executing(std::string_view text) {
  constexpr std::string_view executing = ": executing ";
  const std::size_t at = text.find(executing);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view rest = text.substr(at + executing.size());
  if (rest.empty() || rest[0] != '"') return std::nullopt;
  const std::size_t close = rest.find('"', 1);
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view function = rest.substr(1, close - 1);
  rest.remove_prefix(close + 1);
  constexpr std::string_view before_context = " at <";
  if (!rest.starts_with(before_context)) return std::nullopt;
  rest.remove_prefix(before_context.size());
  const std::size_t end = rest.find(">: ");
  if (end == std::string_view::npos) return std::nullopt;
  return TraceableError{std::string(text.substr(0, at)), without_next_error(rest.substr(end + 3)),
                        "executing \"" + std::string(function) + "\" at <" + std::string(rest.substr(0, end)) + ">:"};
}

// parseTemplateExecErrorString
std::optional<TraceableError> parse_exec_error(std::string_view text) {
  constexpr std::string_view prefix = "template: ";
  if (!text.starts_with(prefix)) return std::nullopt;
  const std::string_view rest = text.substr(prefix.size());
  if (rest.starts_with("no template ")) return TraceableError{{}, std::string(text), {}};
  if (auto found = parse_executing(rest)) return found;
  const std::size_t colon = rest.rfind(": ");
  if (colon == std::string_view::npos) return std::nullopt;
  return TraceableError{std::string(rest.substr(0, colon)), without_next_error(rest.substr(colon + 2)), {}};
}

// "template: LOCATION: ..." -> LOCATION
std::string_view second_token(std::string_view text) {
  const std::size_t begin = text.find(": ") + 2;
  return text.substr(begin, text.find(": ", begin) - begin);
}

/// What stands between Helm's markers, which it puts around the words of `fail` and `required` and finds again in the
/// whole text: the first one to begin, the last one to end. A chart may write them itself.
std::optional<std::string> between_markers(const gotmpl::ExecError& error) {
  constexpr std::string_view begin_marker = "HELM_ERR_START";
  constexpr std::string_view end_marker = "HELM_ERR_END";
  std::string text = error.text;
  if (error.by_chart) {
    text.insert(text.size() - std::min(text.size(), error.chart_message.size()), begin_marker);
    text += end_marker;
  }
  const std::size_t location = text.find(": ");
  const std::size_t message = location == std::string::npos ? location : text.find(": ", location + 2);
  if (message == std::string::npos) return std::nullopt;
  const std::size_t begin = text.find(begin_marker, message + 2);
  if (begin == std::string::npos) return std::nullopt;
  const std::size_t from = begin + begin_marker.size();
  const std::size_t end = text.rfind(end_marker);
  if (end == std::string::npos || end < from) return std::nullopt;
  return text.substr(from, end - from);
}

}  // namespace

std::string parse_error_text(const std::string& message) {
  const std::size_t last = message.rfind(": ");
  return "parse error at (" + std::string(second_token(message)) + "): " + message.substr(last + 2);
}

std::string exec_error_text(const gotmpl::ExecError& error, bool helm3) {
  if (error.kind != gotmpl::ExecError::Kind::execution) return error.text;
  if (const auto message = between_markers(error)) {
    return "execution error at (" + std::string(second_token(error.text)) + "): " + *message;
  }
  if (helm3) return error.text;
  std::vector<TraceableError> levels;
  for (const gotmpl::ExecError* link = &error; link != nullptr; link = link->inner.get()) {
    const auto level = parse_exec_error(link->text);
    if (!level) return error.text;
    if (levels.empty() || levels.back() != *level) levels.push_back(*level);
  }
  std::string out;
  for (const TraceableError& level : levels) out += level.text();
  return std::string(strings::trim_space(out));
}

}  // namespace rhumb::render
