#include "rhumb/base/log.h"

#include <array>

#include "rhumb/base/quote.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"

namespace rhumb {
namespace {

constexpr std::array<std::string_view, 4> level_names{"DEBUG", "INFO", "WARN", "ERROR"};

/// As needsQuoting of log/slog's text handler.
bool needs_quoting(std::string_view text) {
  if (text.empty()) return true;
  for (const utf8::Rune rune : utf8::Runes(text)) {
    if (rune.value < 0x80) {
      if (rune.value <= ' ' || rune.value == '=' || rune.value == '"') return true;
    } else if (rune.value == utf8::rune_error || unicode::is_space(rune.value) || !unicode::is_print(rune.value)) {
      return true;
    }
  }
  return false;
}

void append_text(std::string& out, std::string_view text) {
  if (needs_quoting(text)) {
    strings::append_quoted(out, text);
  } else {
    out += text;
  }
}

}  // namespace

std::string format_log_attributes(const std::vector<LogAttribute>& attributes) {
  std::string out;
  for (const LogAttribute& attribute : attributes) {
    out += ' ';
    append_text(out, attribute.key);
    out += '=';
    append_text(out, attribute.value);
  }
  return out;
}

std::string format_log_line(LogLevel level, std::string_view message, const std::vector<LogAttribute>& attributes) {
  std::string out = "level=";
  out += level_names[static_cast<std::size_t>(level)];
  out += " msg=";
  append_text(out, message);
  out += format_log_attributes(attributes);
  out += '\n';
  return out;
}

}  // namespace rhumb
