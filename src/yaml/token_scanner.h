// The tokens of a text as go-yaml v2.4.4 scans them, without their values: what an error message depends on. libyaml
// notices some faults earlier or later, above all that a key has no ':' (it looks at every open key before each token,
// go-yaml only at the one that the next token may belong to, and not at all when it has forgotten it), so which fault
// comes first, and at which line, only go-yaml's own order tells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rhumb::yaml {

enum class TokenKind : std::uint8_t {
  stream_start,
  stream_end,
  version_directive,
  tag_directive,
  document_start,
  document_end,
  block_sequence_start,
  block_mapping_start,
  block_end,
  flow_sequence_start,
  flow_sequence_end,
  flow_mapping_start,
  flow_mapping_end,
  block_entry,
  flow_entry,
  key,
  value,
  alias,
  anchor,
  tag,
  scalar,
};

struct Token {
  TokenKind kind = TokenKind::stream_start;
  std::size_t line = 0;         // counted from 0, where it starts
  std::string_view name;        // of an anchor or alias; of a tag or its directive "!", "!!", "!e!", or none
  bool is_version_1_1 = false;  // of a version directive
  std::size_t end = 0;          // the byte behind it; 0 for a token that takes no characters
};

struct Fault {
  std::string problem;
  std::size_t line = 0;     // counted from 0
  bool in_scanner = false;  // go-yaml counts such a line from 1, the parser's from 0
};

class TokenScanner {
 public:
  /// The text is UTF-8, and must live as long as the scanner.
  explicit TokenScanner(std::string_view text);

  /// The next token; null for a fault. It lives until skip().
  const Token* peek();
  void skip();
  const Fault& fault() const { return fault_; }
  /// The byte behind the tokens that have been skipped.
  std::size_t skipped_to() const { return skipped_to_; }

 private:
  struct Place {
    std::size_t index = 0;
    std::size_t line = 0;
    std::size_t column = 0;
  };
  // A token that would be a key if a ':' followed; one for each level of flow collections.
  struct Key {
    bool possible = false;
    bool required = false;
    std::size_t token = 0;
    Place place;
  };

  // The text.
  char at(std::size_t ahead = 0) const { return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0'; }
  bool is_any(std::string_view characters) const { return !is_end() && characters.find(at()) != characters.npos; }
  bool is_end(std::size_t ahead = 0) const { return at(ahead) == '\0'; }
  bool is_blank(std::size_t ahead = 0) const { return at(ahead) == ' ' || at(ahead) == '\t'; }
  bool is_break(std::size_t ahead = 0) const;
  bool is_break_or_end(std::size_t ahead = 0) const { return is_break(ahead) || is_end(ahead); }
  bool is_gap(std::size_t ahead = 0) const { return is_blank(ahead) || is_break_or_end(ahead); }
  bool is_document_indicator(char c) const;
  void advance(std::size_t characters = 1);
  void advance_line();
  void skip_blanks();
  void skip_comment();
  std::string_view skip_name();

  bool fail(std::string_view problem);
  std::size_t next_token() const { return parsed_ + tokens_.size(); }
  void add(TokenKind kind, std::size_t line);
  void insert(std::ptrdiff_t position, TokenKind kind, std::size_t line);

  // Keys and indents.
  bool check_key(Key& key, bool& valid);
  bool save_key();
  bool remove_key();
  bool open_flow();
  void close_flow();
  bool roll_indent(std::size_t column, std::ptrdiff_t token, TokenKind kind, std::size_t line);
  void unroll_indent(std::ptrdiff_t column);

  // Tokens.
  bool fetch_more();
  bool fetch_next();
  bool fetch_token();
  bool fetch_content();
  bool starts_plain() const;
  void scan_to_next();
  bool fetch_stream_end();
  bool fetch_document_indicator(TokenKind kind);
  bool fetch_flow_start(TokenKind kind);
  bool fetch_flow_end(TokenKind kind);
  bool fetch_flow_entry();
  bool fetch_block_entry();
  bool fetch_key();
  bool fetch_value();
  bool fetch_complex_value();
  bool fetch_directive();
  bool fetch_anchor(TokenKind kind);
  bool fetch_tag();
  bool fetch_block_scalar();
  bool fetch_quoted();
  bool fetch_plain();

  // Their parts (token_parts.cpp).
  bool scan_directive(Token& token);
  bool scan_version(Token& token);
  bool scan_version_number(int& number);
  bool scan_tag_directive(Token& token);
  bool scan_tag(Token& token);
  bool scan_tag_handle(bool directive, std::string_view& handle);
  bool scan_tag_uri(bool has_head);
  bool scan_uri_escapes();
  bool scan_block_header(std::size_t& increment);
  bool scan_block_breaks(std::size_t& indent);
  bool scan_block_scalar();
  bool scan_quoted_words(bool single);
  bool scan_escape();
  bool scan_quoted();
  bool ends_plain_word() const;
  bool scan_plain_gap(std::size_t indent, bool& leading_blanks);
  bool scan_plain();

  std::string_view text_;
  std::size_t position_ = 0;
  Place mark_;
  bool started_ = false;
  bool available_ = false;
  bool key_allowed_ = true;
  std::size_t flow_level_ = 0;
  std::ptrdiff_t indent_ = -1;
  std::vector<std::ptrdiff_t> indents_;
  std::vector<Key> keys_;
  std::unordered_map<std::size_t, std::size_t> key_of_token_;
  std::deque<Token> tokens_;
  std::size_t parsed_ = 0;
  std::size_t skipped_to_ = 0;
  Fault fault_;
};

}  // namespace rhumb::yaml
