// html, js, urlquery. As HTMLEscaper, JSEscaper and URLQueryEscaper of text/template.
#include <fmt/format.h>

#include "gotmpl/builtin_bodies.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_print.h"

namespace rhumb::gotmpl {
namespace {

/// As evalArgs: like print, but each argument as an action prints it.
std::string joined(Args args) {
  std::string text;
  bool last_is_string = true;
  for (const Value& arg : args) {
    const bool is_string = arg.is_string() || arg.is_nil();
    if (!is_string && !last_is_string) text += ' ';
    if (arg.is_nil()) {
      text += "<no value>";
    } else {
      print_value(text, arg);
    }
    last_is_string = is_string;
  }
  return text;
}

void append_html(std::string& out, char byte) {
  switch (byte) {
    case '\0': out += "\uFFFD"; break;
    case '"': out += "&#34;"; break;
    case '\'': out += "&#39;"; break;
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    default: out += byte;
  }
}

void append_js(std::string& out, utf8::Rune rune, std::string_view bytes) {
  switch (rune.value) {
    case '\\': out += "\\\\"; return;
    case '\'': out += "\\'"; return;
    case '"': out += "\\\""; return;
    case '<':
    case '>':
    case '&':
    case '=': break;
    default:
      if (rune.value < 0x80 ? rune.value >= ' ' : unicode::is_print(rune.value)) {
        out += bytes;
        return;
      }
  }
  fmt::format_to(std::back_inserter(out), "\\u{:04X}", static_cast<std::uint32_t>(rune.value));
}

/// As url.QueryEscape.
void append_query(std::string& out, char byte) {
  const auto code = static_cast<unsigned char>(byte);
  const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  if (letter || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || byte == '.' || byte == '~') {
    out += byte;
  } else if (byte == ' ') {
    out += '+';
  } else {
    fmt::format_to(std::back_inserter(out), "%{:02X}", code);
  }
}

}  // namespace

Value html_body(CallContext& context, Args args) {
  std::string out;
  for (const char byte : joined(args)) append_html(out, byte);
  return context.string(out);
}

Value js_body(CallContext& context, Args args) {
  const std::string text = joined(args);
  std::string out;
  for (std::string_view rest = text; !rest.empty();) {
    const utf8::Rune rune = utf8::decode(rest);
    append_js(out, rune, rest.substr(0, rune.width));
    rest.remove_prefix(rune.width);
  }
  return context.string(out);
}

Value urlquery_body(CallContext& context, Args args) {
  std::string out;
  for (const char byte : joined(args)) append_query(out, byte);
  return context.string(out);
}

}  // namespace rhumb::gotmpl
