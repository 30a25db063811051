// Tokens of a template, on demand. A state machine as Go's text/template/parse/lex.go, with the same tokens, line
// numbers and error texts; what is trimmed by `{{-` and `-}}` never becomes a token.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rhumb::gotmpl {

enum class TokenType : std::uint8_t {
  error,  // the text is the message
  boolean,
  character,
  char_constant,
  complex,
  assign,
  declare,
  eof,
  field,
  identifier,
  left_delim,
  left_paren,
  number,
  pipe,
  raw_string,
  right_delim,
  right_paren,
  space,
  string,
  text,
  variable,
  // From here on keywords.
  block,
  break_,
  continue_,
  dot,
  define,
  else_,
  end,
  if_,
  nil,
  range,
  template_,
  with,
};

struct Token {
  TokenType type = TokenType::error;
  std::uint32_t position = 0;  // bytes from the start of the text
  std::uint32_t line = 0;      // from 1
  std::string_view text;
};

/// As item.String: what messages call a token.
std::string describe(const Token& token);

class Lexer {
 public:
  struct Options {
    /// False when functions of these names exist.
    bool break_is_keyword = true;
    bool continue_is_keyword = true;
  };

  explicit Lexer(std::string_view input) : Lexer(input, Options{}) {}
  Lexer(std::string_view input, Options options) : input_(input), options_(options) {}

  /// The next token. After an error token the rest is not read.
  Token next_token();

 private:
  static constexpr char32_t no_more = 0xFFFFFFFF;

  // States: each finishes a token, or moves to another state.
  void lex_text();
  void lex_left_delim();
  bool lex_comment();
  void lex_right_delim();
  void lex_inside_action();
  void lex_operand(char32_t rune);
  void lex_space();
  char32_t pass_word();
  void lex_identifier();
  void lex_field_or_variable(TokenType type);
  void lex_quoted(char quote, TokenType type, std::string_view message);
  void lex_raw_quote();
  void lex_number();
  bool scan_number();

  char32_t next();
  char32_t peek();
  void backup();
  bool accept(std::string_view valid);
  void accept_run(std::string_view valid);
  bool at_terminator();
  bool at_right_delim(bool& trims) const;
  std::string_view rest() const { return input_.substr(position_); }
  void emit(TokenType type);
  void ignore();
  void fail(std::string message);
  void fail_at_character(std::string_view what, char32_t rune);

  std::string_view input_;
  Options options_;
  std::uint32_t position_ = 0;
  std::uint32_t start_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t start_line_ = 1;
  int paren_depth_ = 0;
  bool inside_action_ = false;
  bool at_end_ = false;
  Token token_;
  bool done_ = false;  // token_ is ready
  std::string message_;
};

/// Space, tab, CR or LF.
constexpr bool is_template_space(char32_t rune) { return rune == ' ' || rune == '\t' || rune == '\r' || rune == '\n'; }

}  // namespace rhumb::gotmpl
