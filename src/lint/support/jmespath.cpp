#include "lint/support/jmespath.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "rhumb/yaml/tree.h"

namespace rhumb::lint {
namespace {

struct Function {
  std::string_view name;
  std::size_t least;
  std::size_t most;  // 0: any number
};
constexpr std::array functions{
    Function{"abs", 1, 1},       Function{"avg", 1, 1},      Function{"ceil", 1, 1},      Function{"contains", 2, 2},
    Function{"ends_with", 2, 2}, Function{"floor", 1, 1},    Function{"join", 2, 2},      Function{"keys", 1, 1},
    Function{"length", 1, 1},    Function{"map", 2, 2},      Function{"max", 1, 1},       Function{"max_by", 2, 2},
    Function{"merge", 1, 0},     Function{"min", 1, 1},      Function{"min_by", 2, 2},    Function{"not_null", 1, 0},
    Function{"reverse", 1, 1},   Function{"sort", 1, 1},     Function{"sort_by", 2, 2},   Function{"starts_with", 2, 2},
    Function{"sum", 1, 1},       Function{"to_array", 1, 1}, Function{"to_number", 1, 1}, Function{"to_string", 1, 1},
    Function{"type", 1, 1},      Function{"values", 1, 1},
};

/// Brackets within brackets: each is a call deeper.
constexpr int most_depth = 100;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Recursive descent. What is left of the text shrinks with every step; the first fault counts.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::string fault() {
    expression();
    skip();
    if (fault_.empty() && at_ < text_.size()) unexpected();
    return std::move(fault_);
  }

 private:
  bool failed() const { return !fault_.empty(); }

  void fail(std::string text) {
    if (fault_.empty()) fault_ = std::move(text);
  }

  void unexpected() {
    if (at_ >= text_.size()) return fail("it ends too early");
    const bool is_dash = text_[at_] == '-' && at_ > 0;
    fail(fmt::format("\"{}\" does not belong at character {}{}", text_[at_], at_ + 1,
                     is_dash ? "; a name with a hyphen must stand in double quotes" : ""));
  }

  void skip() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  char peek() {
    skip();
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  bool take(std::string_view token) {
    skip();
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }

  void expect(std::string_view token) {
    if (!failed() && !take(token)) unexpected();
  }

  void expression() {
    if (++depth_ > most_depth) return fail("it is nested too deeply");
    unary();
    while (!failed() && binary()) unary();
    --depth_;
  }

  /// An operator between two expressions; `|` before `||` would be half of it.
  bool binary() {
    for (const std::string_view token : {"||", "&&", "|", "==", "!=", "<=", ">=", "<", ">"}) {
      if (take(token)) return true;
    }
    return false;
  }

  void unary() {
    while (peek() == '!' && text_.substr(at_, 2) != "!=") ++at_;
    primary();
    while (!failed() && postfix()) {
    }
  }

  void primary() {
    const char c = peek();
    if (is_letter(c)) return name_or_call();
    switch (c) {
      case '"': return quoted('"');
      case '\'': return quoted('\'');
      case '`': return literal();
      case '[': return bracket(true);
      case '{': return hash();
      case '*':
      case '@': ++at_; return;
      case '(':
        ++at_;
        expression();
        return expect(")");
      default: return unexpected();
    }
  }

  bool postfix() {
    const char c = peek();
    if (c == '[') {
      bracket(false);
      return true;
    }
    if (c != '.') return false;
    ++at_;
    const char next = peek();
    if (is_letter(next)) {
      name_or_call();
    } else if (next == '"') {
      quoted('"');
    } else if (next == '*') {
      ++at_;
    } else if (next == '{') {
      hash();
    } else if (next == '[') {
      multi_list();
    } else {
      unexpected();
    }
    return true;
  }

  std::string_view name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void name_or_call() {
    const std::string_view called = name();
    if (at_ >= text_.size() || text_[at_] != '(') return;
    ++at_;
    std::size_t count = 0;
    if (peek() != ')') {
      do {
        take("&");
        expression();
        ++count;
      } while (!failed() && take(","));
    }
    expect(")");
    if (!failed()) check_function(called, count);
  }

  void check_function(std::string_view called, std::size_t count) {
    const auto* const known = std::find_if(functions.begin(), functions.end(),
                                           [&](const Function& function) { return function.name == called; });
    if (known == functions.end()) return fail(fmt::format("there is no function {}", called));
    if (count < known->least || (known->most > 0 && count > known->most)) {
      fail(fmt::format("{} takes {} arguments, not {}", called, known->least, count));
    }
  }

  void quoted(char quote) {
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != quote) at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size()) return fail(fmt::format("the quote at character {} is not closed", begin + 1));
    ++at_;
    if (quote == '"' && at_ - begin == 2) fail("a name in quotes is empty");
  }

  /// JSON between back quotes.
  void literal() {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != '`') at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size()) return fail(fmt::format("the literal at character {} is not closed", begin));
    if (!yaml::Tree::read(text_.substr(begin, at_ - begin))) fail("the literal is no JSON");
    ++at_;
  }

  /// [0], [-1], [1:5:2], [*], [], [?filter], or where an expression begins a list of expressions.
  void bracket(bool may_be_list) {
    const std::size_t begin = at_;
    ++at_;
    const char c = peek();
    if (c == ']') {
      ++at_;
    } else if (c == '?') {
      ++at_;
      expression();
      expect("]");
    } else if (c == '*' && text_.substr(at_ + 1, 1) == "]") {
      at_ += 2;
    } else if (is_digit(c) || c == '-' || c == ':') {
      slice();
    } else if (may_be_list) {
      at_ = begin;
      multi_list();
    } else {
      unexpected();
    }
  }

  void slice() {
    std::size_t colons = 0;
    while (!failed() && peek() != ']') {
      const std::size_t begin = at_;
      if (take(":")) {
        if (++colons > 2) unexpected();
        continue;
      }
      take("-");
      while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
      if (at_ == begin || text_[at_ - 1] == '-') return unexpected();
    }
    expect("]");
  }

  void multi_list() {
    expect("[");
    do {
      expression();
    } while (!failed() && take(","));
    expect("]");
  }

  void hash() {
    expect("{");
    do {
      const char c = peek();
      if (c == '"') {
        quoted('"');
      } else if (is_letter(c)) {
        name();
      } else {
        return unexpected();
      }
      expect(":");
      if (!failed()) expression();
    } while (!failed() && take(","));
    expect("}");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string fault_;
};

}  // namespace

std::string jmespath_fault(std::string_view expression) { return Parser(expression).fault(); }

}  // namespace rhumb::lint
