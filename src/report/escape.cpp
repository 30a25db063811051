#include "report/escape.h"

#include <algorithm>

#include <fmt/format.h>

#include "rhumb/base/quote.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"

namespace rhumb::report {
namespace {

bool allowed_in_xml(char32_t rune) {
  if (rune < 0x20) return rune == '\t' || rune == '\n' || rune == '\r';
  return rune != 0xFFFE && rune != 0xFFFF;
}

std::size_t longest_run(std::string_view text, char wanted) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::string percent_encoded(std::string_view text, std::string_view reserved) {
  std::string out;
  for (const char c : text) {
    if (reserved.find(c) == std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode(text);
    if (!rune.invalid() && unicode::is_print(rune.value)) {
      utf8::append(out, rune.value);
    } else {
      const std::string quoted = strings::quoted(text.substr(0, rune.width));
      out.append(quoted, 1, quoted.size() - 2);
    }
    text.remove_prefix(rune.width);
  }
  return out;
}

std::string xml(std::string_view text) {
  std::string out;
  for (const utf8::Rune rune : utf8::Runes(text)) {
    switch (rune.value) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      // A parser would make blanks of them in an attribute.
      case '\t': out += "&#9;"; break;
      case '\n': out += "&#10;"; break;
      case '\r': out += "&#13;"; break;
      default: utf8::append(out, allowed_in_xml(rune.value) ? rune.value : utf8::rune_error);
    }
  }
  return out;
}

std::string xml_lines(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += xml(text.substr(at, end - at));
    if (end < text.size()) out += '\n';
    at = end + 1;
  }
  return out;
}

std::string github_message(std::string_view text) { return percent_encoded(utf8::to_valid(text), "%\r\n"); }
std::string github_property(std::string_view text) { return percent_encoded(utf8::to_valid(text), "%\r\n:,"); }

std::string markdown(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '@') {
      // A comment ends the word: nobody is called by name.
      out += "@<!-- -->";
    } else {
      if (std::string_view("\\`*_[]|~#!$").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string markdown_code(std::string_view text) {
  if (text.empty()) return {};
  std::string plain = printable(text);
  const std::string fence(longest_run(plain, '`') + 1, '`');
  // The bar ends a cell even within code.
  std::string out = fence;
  const bool pad = plain.front() == '`' || plain.back() == '`';
  if (pad) out += ' ';
  for (const char c : plain) {
    if (c == '|') out += '\\';
    out += c;
  }
  if (pad) out += ' ';
  return out + fence;
}

std::string markdown_html(std::string_view text) { return strings::replace(xml(printable(text)), "@", "@<!-- -->"); }

std::string markdown_block(std::string_view text) {
  const std::string fence(std::max<std::size_t>(3, longest_run(text, '`') + 1), '`');
  return fmt::format("{0}text\n{1}\n{0}\n", fence, utf8::to_valid(strings::trim_suffix(text, "\n")));
}

std::string uri_path(std::string_view path) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/-._~").find(c) != std::string_view::npos;
  };
  std::string out;
  for (const char c : path) {
    if (plain(c)) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace rhumb::report
