// Tokens of a template, on demand. As Go's text/template/parse/lex.go, with the same tokens, positions and error
// texts; what is trimmed by `{{-` and `-}}` never becomes a token.
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
  bool plain = false;          // a string that says what stands between its quotes, byte for byte
  std::uint32_t position = 0;  // bytes from the start of the text
  std::string_view text;
};

/// As item.String: what messages call a token.
std::string describe(const Token& token);

/// The line, from 1, of a place in a text. Only errors ask, so no token carries its line.
std::uint32_t line_of(std::string_view text, std::uint32_t position);

class Lexer {
 public:
  struct Options {
    /// False when functions of these names exist.
    bool break_is_keyword = true;
    bool continue_is_keyword = true;
  };

  explicit Lexer(std::string_view input) : Lexer(input, Options{}) {}
  Lexer(std::string_view input, Options options) : input_(input), options_(options) {}

  /// The next token, which stands until the one after it is asked for. After an error token the rest is not read.
  const Token& next_token() {
    if (inside_action_) {
      lex_inside_action();
    } else {
      lex_text();
    }
    return token_;
  }

 private:
  static constexpr char32_t no_more = 0xFFFFFFFF;

  // Each finishes a token.
  void lex_text();
  bool lex_left_delim();
  bool pass_comment();
  void lex_right_delim(bool trims);
  void lex_inside_action();
  void lex_operand(char byte);
  void lex_space();
  void lex_identifier();
  void lex_field_or_variable(TokenType type);
  void lex_quoted(char quote, TokenType type, std::string_view message);
  void lex_raw_quote();
  void lex_number();

  bool pass_decimal();
  bool scan_number();
  void pass_word();
  bool accept(std::string_view valid);
  void accept_run(std::string_view valid);
  bool starts_at(std::size_t position, std::string_view two) const;
  bool left_trim_marker_at(std::size_t position) const;
  bool trimming_delim_at(std::size_t position) const;
  bool at_terminator() const;
  char32_t rune() const;
  void pass_rune();
  void pass_blanks();
  void emit(TokenType type) { token_ = {type, false, start_, input_.substr(start_, position_ - start_)}; }
  void emit_bytes(TokenType type, std::uint32_t size);
  void emit_string(TokenType type, std::size_t end, bool plain);
  void fail(std::string message);
  void fail_at_character(std::string_view what);

  std::string_view input_;
  Options options_;
  std::uint32_t position_ = 0;
  std::uint32_t start_ = 0;  // of the token that is being read
  int paren_depth_ = 0;
  bool inside_action_ = false;
  Token token_;
  std::string message_;
};

}  // namespace rhumb::gotmpl
