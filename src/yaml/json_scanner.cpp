#include "json_scanner.h"

#include <vector>

#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::yaml {
namespace {

constexpr std::size_t depth_limit = 10000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hexadecimal(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// As quoteChar of encoding/json: the byte as if it were a code point.
std::string quote_byte(char c) {
  if (c == '\'') return "'\\''";
  if (c == '"') return "'\"'";
  const std::string quoted = quote(utf8::encode(static_cast<unsigned char>(c)));
  return "'" + quoted.substr(1, quoted.size() - 2) + "'";
}

class Scanner {
 public:
  Scanner(std::string_view text, bool prefix) : text_(text), prefix_(prefix) {}

  JsonScan run() {
    if (value() && !prefix_) only_blanks();
    return {std::move(error_), at_};
  }

 private:
  // Behind the end the scanner of Go sees a blank, and complains about that where it cannot stand.
  char peek() const { return at_ < text_.size() ? text_[at_] : ' '; }
  bool at_end() const { return at_ >= text_.size(); }

  bool fail(std::string_view context) {
    if (prefix_ && at_end()) return fail_at_end();
    error_.append("invalid character ").append(quote_byte(peek())).append(" ").append(context);
    return false;
  }

  bool fail_at_end() {
    if (!prefix_) {
      error_ = "unexpected end of JSON input";
    } else {
      error_ = text_.find_first_not_of(" \t\r\n") == std::string_view::npos ? "EOF" : "unexpected EOF";
    }
    return false;
  }

  bool skip_blanks() {
    while (!at_end() && is_blank(text_[at_])) ++at_;
    return !at_end() || fail_at_end();
  }

  void only_blanks() {
    while (!at_end() && is_blank(text_[at_])) ++at_;
    if (!at_end()) fail("after top-level value");
  }

  // Everything up to the end of the value: brackets on a stack of our own.
  bool value() {
    do {
      if (!skip_blanks()) return false;
      const char c = text_[at_];
      if (c == '{' || c == '[') {
        if (open_.size() == depth_limit) return fail("exceeded max depth");
        open_.push_back(c);
        ++at_;
        if (!skip_blanks()) return false;
        if (text_[at_] == (c == '{' ? '}' : ']')) {
          if (!close()) return false;
        } else if (c == '{' && !key()) {
          return false;
        }
        continue;
      }
      if (!scalar(c) || !after_value()) return false;
    } while (!open_.empty());
    return true;
  }

  // Closes brackets as long as they follow, and stands at the start of the next value in the end.
  bool close() {
    open_.pop_back();
    ++at_;
    return after_value();
  }

  bool after_value() {
    while (!open_.empty()) {
      if (!skip_blanks()) return false;
      const bool object = open_.back() == '{';
      if (text_[at_] == ',') {
        ++at_;
        if (!object) return true;
        return skip_blanks() && key();
      }
      if (text_[at_] != (object ? '}' : ']')) {
        return fail(object ? "after object key:value pair" : "after array element");
      }
      open_.pop_back();
      ++at_;
    }
    return true;
  }

  bool key() {
    if (text_[at_] != '"') return fail("looking for beginning of object key string");
    if (!string() || !skip_blanks()) return false;
    if (text_[at_] != ':') return fail("after object key");
    ++at_;
    return true;
  }

  bool scalar(char c) {
    switch (c) {
      case '"': return string();
      case 't': return word("true");
      case 'f': return word("false");
      case 'n': return word("null");
      default:
        if (c == '-' || is_digit(c)) return number();
        return fail("looking for beginning of value");
    }
  }

  bool word(std::string_view expected) {
    for (std::size_t i = 1; i < expected.size(); ++i) {
      ++at_;
      if (peek() != expected[i]) {
        return fail("in literal " + std::string(expected) + " (expecting '" + expected[i] + "')");
      }
    }
    ++at_;
    return true;
  }

  bool string() {
    for (++at_; !at_end(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c == '\\' && !escape()) return false;
      if (static_cast<unsigned char>(c) < 0x20) return fail("in string literal");
    }
    return fail_at_end();
  }

  // Stands on the last character of the escape afterwards.
  bool escape() {
    ++at_;
    if (peek() != 'u') {
      return std::string_view("bfnrt\\/\"").find(peek()) != std::string_view::npos || fail("in string escape code");
    }
    for (int i = 0; i < 4; ++i) {
      ++at_;
      if (!is_hexadecimal(peek())) return fail("in \\u hexadecimal character escape");
    }
    return true;
  }

  void digits() {
    while (is_digit(peek())) ++at_;
  }

  bool number() {
    if (peek() == '-') ++at_;
    if (!is_digit(peek())) return fail("in numeric literal");
    if (peek() == '0') {
      ++at_;
    } else {
      digits();
    }
    if (peek() == '.') {
      ++at_;
      if (!is_digit(peek())) return fail("after decimal point in numeric literal");
      digits();
    }
    if (peek() != 'e' && peek() != 'E') return true;
    ++at_;
    if (peek() == '+' || peek() == '-') ++at_;
    if (!is_digit(peek())) return fail("in exponent of numeric literal");
    digits();
    return true;
  }

  std::string_view text_;
  bool prefix_;
  std::size_t at_ = 0;
  std::vector<char> open_;
  std::string error_;
};

}  // namespace

JsonScan scan_json(std::string_view text, bool prefix) { return Scanner(text, prefix).run(); }

}  // namespace rhumb::yaml
