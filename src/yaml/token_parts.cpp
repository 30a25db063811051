// What tokens of more than one character are made of: directives, tags and scalars.
#include <algorithm>

#include "token_scanner.h"

namespace rhumb::yaml {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// -1 for none.
int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::size_t escape_length(char c) {
  switch (c) {
    case 'x': return 2;
    case 'u': return 4;
    case 'U': return 8;
    default: return 0;
  }
}

// Of the UTF-8 sequence that starts with a byte; 0 for one that starts none.
int sequence_length(int byte) {
  if (byte < 0x80) return 1;
  if ((byte & 0xE0) == 0xC0) return 2;
  if ((byte & 0xF0) == 0xE0) return 3;
  return (byte & 0xF8) == 0xF0 ? 4 : 0;
}

}  // namespace

bool TokenScanner::scan_directive(Token& token) {
  advance();
  const std::string_view name = skip_name();
  if (name.empty()) return fail("could not find expected directive name");
  if (!is_gap()) return fail("found unexpected non-alphabetical character");
  if (name == "YAML") {
    if (!scan_version(token)) return false;
  } else if (name == "TAG") {
    if (!scan_tag_directive(token)) return false;
  } else {
    return fail("found unknown directive name");
  }
  skip_blanks();
  skip_comment();
  if (!is_break_or_end()) return fail("did not find expected comment or line break");
  advance_line();
  return true;
}

bool TokenScanner::scan_version(Token& token) {
  int major = 0;
  int minor = 0;
  skip_blanks();
  if (!scan_version_number(major)) return false;
  if (at() != '.') return fail("did not find expected digit or '.' character");
  advance();
  if (!scan_version_number(minor)) return false;
  token.kind = TokenKind::version_directive;
  token.is_version_1_1 = major == 1 && minor == 1;
  return true;
}

bool TokenScanner::scan_version_number(int& number) {
  int digits = 0;
  for (; is_digit(at()); advance()) {
    if (++digits > 2) return fail("found extremely long version number");
    number = number * 10 + (at() - '0');
  }
  return digits > 0 || fail("did not find expected version number");
}

bool TokenScanner::scan_tag_directive(Token& token) {
  token.kind = TokenKind::tag_directive;
  skip_blanks();
  if (!scan_tag_handle(true, token.name)) return false;
  if (!is_blank()) return fail("did not find expected whitespace");
  skip_blanks();
  if (!scan_tag_uri(false)) return false;
  return is_gap() || fail("did not find expected whitespace or line break");
}

bool TokenScanner::scan_tag(Token& token) {
  if (at(1) == '<') {
    advance(2);
    if (!scan_tag_uri(false)) return false;
    if (at() != '>') return fail("did not find the expected '>'");
    advance();
  } else {
    if (!scan_tag_handle(false, token.name)) return false;
    const bool is_handle = token.name.size() > 1 && token.name.ends_with('!');
    const std::size_t begin = position_;
    if (!scan_tag_uri(!is_handle)) return false;
    const bool is_bare = token.name.size() == 1 && position_ == begin;
    if (!is_handle) token.name = is_bare ? "" : "!";
  }
  return is_gap() || fail("did not find expected whitespace or line break");
}

bool TokenScanner::scan_tag_handle(bool directive, std::string_view& handle) {
  if (at() != '!') return fail("did not find expected '!'");
  const std::size_t begin = position_;
  advance();
  skip_name();
  const bool is_closed = at() == '!';
  if (is_closed) advance();
  handle = text_.substr(begin, position_ - begin);
  return is_closed || !directive || handle == "!" || fail("did not find expected '!'");
}

bool TokenScanner::scan_tag_uri(bool has_head) {
  const std::size_t begin = position_;
  for (;;) {
    if (at() == '%') {
      if (!scan_uri_escapes()) return false;
    } else if (is_any(";/?:@&=+$,.!~*'()[]")) {
      advance();
    } else if (skip_name().empty()) {
      break;
    }
  }
  return has_head || position_ > begin || fail("did not find expected tag URI");
}

bool TokenScanner::scan_uri_escapes() {
  int left = 0;
  do {
    const int high = hex_value(at(1));
    const int low = hex_value(at(2));
    if (at() != '%' || high < 0 || low < 0) return fail("did not find URI escaped octet");
    const int octet = high * 16 + low;
    if (left == 0) {
      left = sequence_length(octet);
      if (left == 0) return fail("found an incorrect leading UTF-8 octet");
    } else if ((octet & 0xC0) != 0x80) {
      return fail("found an incorrect trailing UTF-8 octet");
    }
    advance(3);
    --left;
  } while (left > 0);
  return true;
}

bool TokenScanner::scan_block_header(std::size_t& increment) {
  constexpr std::string_view chomping = "+-";
  bool chomps = is_any(chomping);
  if (chomps) advance();
  if (is_digit(at())) {
    if (at() == '0') return fail("found an indentation indicator equal to 0");
    increment = static_cast<std::size_t>(at() - '0');
    advance();
    if (!chomps && is_any(chomping)) advance();
  }
  skip_blanks();
  skip_comment();
  if (!is_break_or_end()) return fail("did not find expected comment or line break");
  advance_line();
  return true;
}

bool TokenScanner::scan_block_breaks(std::size_t& indent) {
  std::size_t deepest = 0;
  const auto is_indent = [&] { return indent == 0 || mark_.column < indent; };
  for (;; advance_line()) {
    while (is_indent() && at() == ' ') advance();
    deepest = std::max(deepest, mark_.column);
    if (is_indent() && at() == '\t') return fail("found a tab character where an indentation space is expected");
    if (!is_break()) break;
  }
  if (indent == 0) indent = std::max({deepest, static_cast<std::size_t>(indent_ + 1), std::size_t{1}});
  return true;
}

bool TokenScanner::scan_block_scalar() {
  std::size_t increment = 0;
  advance();
  if (!scan_block_header(increment)) return false;
  std::size_t indent = 0;
  if (increment > 0) indent = static_cast<std::size_t>(std::max<std::ptrdiff_t>(indent_, 0)) + increment;
  if (!scan_block_breaks(indent)) return false;
  while (mark_.column == indent && !is_end()) {
    while (!is_break_or_end()) advance();
    advance_line();
    if (!scan_block_breaks(indent)) return false;
  }
  return true;
}

bool TokenScanner::scan_quoted() {
  const bool single = at() == '\'';
  const char quote = at();
  advance();
  for (;;) {
    if (is_document_indicator('-') || is_document_indicator('.')) return fail("found unexpected document indicator");
    if (is_end()) return fail("found unexpected end of stream");
    if (!scan_quoted_words(single)) return false;
    if (at() == quote) break;
    while (is_blank() || is_break()) {
      if (is_blank()) {
        advance();
      } else {
        advance_line();
      }
    }
  }
  advance();
  return true;
}

bool TokenScanner::scan_quoted_words(bool single) {
  while (!is_gap()) {
    if (single && at() == '\'') {
      if (at(1) != '\'') return true;
      advance(2);
    } else if (!single && at() == '"') {
      return true;
    } else if (!single && at() == '\\' && is_break(1)) {
      advance();
      advance_line();
      return true;
    } else if (!single && at() == '\\') {
      if (!scan_escape()) return false;
    } else {
      advance();
    }
  }
  return true;
}

bool TokenScanner::scan_escape() {
  constexpr std::string_view known = "0abt\tnvfre \"'\\N_LPxuU";
  if (is_end(1) || known.find(at(1)) == std::string_view::npos) return fail("found unknown escape character");
  const std::size_t length = escape_length(at(1));
  advance(2);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < length; ++i) {
    const int digit = hex_value(at(i));
    if (digit < 0) return fail("did not find expected hexdecimal number");
    value = value * 16 + static_cast<std::uint64_t>(digit);
  }
  if ((value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) {
    return fail("found invalid Unicode character escape code");
  }
  advance(length);
  return true;
}

bool TokenScanner::ends_plain_word() const {
  if (at() == ':' && is_gap(1)) return true;
  return flow_level_ > 0 && is_any(",?[]{}");
}

bool TokenScanner::scan_plain_gap(std::size_t indent, bool& leading_blanks) {
  while (is_blank() || is_break()) {
    if (is_break()) {
      advance_line();
      leading_blanks = true;
      continue;
    }
    if (leading_blanks && mark_.column < indent && at() == '\t') {
      return fail("found a tab character that violates indentation");
    }
    advance();
  }
  return true;
}

bool TokenScanner::scan_plain() {
  const auto indent = static_cast<std::size_t>(indent_ + 1);
  bool leading_blanks = false;
  for (;;) {
    if (is_document_indicator('-') || is_document_indicator('.') || at() == '#') break;
    while (!is_gap() && !ends_plain_word()) {
      leading_blanks = false;
      advance();
    }
    if (!is_blank() && !is_break()) break;
    if (!scan_plain_gap(indent, leading_blanks)) return false;
    if (flow_level_ == 0 && mark_.column < indent) break;
  }
  if (leading_blanks) key_allowed_ = true;
  return true;
}

}  // namespace rhumb::yaml
