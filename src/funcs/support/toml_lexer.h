// Splits TOML into items, as BurntSushi/toml 1.6.0 does: the same states in the same order, since the state decides
// what an error says and which line it names.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace rhumb::funcs {

enum class TomlItemKind : std::uint8_t {
  error,
  end,
  text,  // a bare key, or what follows a comment sign
  string,
  string_with_escapes,
  raw_string,
  multiline_string,
  raw_multiline_string,
  boolean,
  integer,
  floating,
  datetime,
  array_start,
  array_end,
  table_start,
  table_end,
  table_array_start,
  table_array_end,
  key_start,
  key_end,
  comment_start,
  inline_table_start,
  inline_table_end,
};

struct TomlItem {
  TomlItemKind kind = TomlItemKind::end;
  std::string_view text;
  std::string error;
  int line = 1;
};

class TomlLexer {
 public:
  explicit TomlLexer(std::string_view input) : input_(input) {}

  /// The next item; an error is the last one.
  TomlItem next_item();

 private:
  /// A state reads on and says what comes next.
  struct State {
    State (TomlLexer::*run)() = nullptr;
  };
  struct Stop {};  // thrown where the input cannot be read on; the error is queued

  void push(State (TomlLexer::*run)()) { stack_.push_back({run}); }
  State pop();
  std::string_view current() const { return input_.substr(start_, at_ - start_); }
  void ignore() { start_ = at_; }
  void emit(TomlItemKind kind);
  [[noreturn]] void fail(std::string message, int line);
  /// An error here; at the end of the input it belongs to the line that ended.
  [[noreturn]] void fail(std::string message);
  [[noreturn]] void fail_on_line_before(std::string message) { fail(std::move(message), line_ - 1); }

  char32_t next();
  void backup();
  char32_t peek();
  bool accept(char32_t rune);
  void skip_blanks();
  void take_hex_digits(int count, std::string_view name);

  State top();
  State top_end();
  State table_start();
  State table_end();
  State table_array_end();
  State table_name_start();
  State table_name_end();
  State bare_name();
  State quoted_name();
  State key_start();
  State key_name_start();
  State key_end();
  State value();
  State string_value();
  State raw_string_value();
  State array_value();
  State array_value_end();
  State inline_table_value();
  State inline_table_value_end();
  State inline_table_close();
  State string();
  State multiline_string();
  State multiline_quote();
  State raw_string();
  State multiline_raw_string();
  State multiline_escape();
  State string_escape();
  State number_or_date_start();
  State number_or_date();
  State base_number_or_date();
  State datetime();
  template <bool (*digit)(char32_t)>
  State based_integer();
  State based_integer_start(char32_t base);
  State decimal_number();
  State decimal_number_start();
  State special_float(std::string_view rest);
  State floating();
  State boolean();
  State comment_start();
  State comment();

  std::string_view input_;
  std::size_t start_ = 0;
  std::size_t at_ = 0;
  int line_ = 1;
  bool at_end_ = false;
  bool escaped_ = false;             // the string that is being read has escapes
  std::vector<std::size_t> widths_;  // of the runes read since the last item, for backup
  std::vector<State> stack_;
  std::deque<TomlItem> items_;
  State state_{&TomlLexer::top};
};

}  // namespace rhumb::funcs
