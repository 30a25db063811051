// The parser: recursive descent as Go's text/template/parse/parse.go, three tokens of look-ahead included, since the
// line in an error message is that of the token read last. One TreeParser per tree; they share the lexer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gotmpl/file_builder.h"

namespace rhumb::gotmpl {

/// Unwinds the parser.
struct ParseFailure {
  Diagnostic diagnostic;
};

class TreeParser {
 public:
  explicit TreeParser(FileBuilder& file);

  /// The text of a file, to its end.
  void parse_file();

 private:
  // Tokens.
  // What they return stands until the next token is read or put back.
  const Token& next() {
    if (peek_count_ > 0) return tokens_[--peek_count_];
    return tokens_[0] = file_.lexer().next_token();
  }
  const Token& peek() {
    if (peek_count_ == 0) {
      tokens_[0] = file_.lexer().next_token();
      peek_count_ = 1;
    }
    return tokens_[peek_count_ - 1];
  }
  const Token& next_non_space();
  const Token& peek_non_space();
  void backup() { ++peek_count_; }
  void backup2(const Token& first);
  void backup3(const Token& first, const Token& second);
  Token expect(TokenType type, std::string_view context);

  // Errors.
  Diagnostic failure(std::string_view message) const;
  [[noreturn]] void fail(std::string_view message) const;
  [[noreturn]] void unexpected(const Token& token, std::string_view context) const;
  void check_stack() const;

  // Actions (parser.cpp).
  void parse_definition();
  void add_tree(std::string_view name, const ListNode* root, TreeKind kind, std::uint32_t position) const;
  const ListNode* item_list(const Node*& end);
  const Node* text_or_action();
  const Node* action();
  const Node* loop_control(NodeType type, Token keyword);
  const Node* else_control();
  const Node* branch_control(NodeType type);
  const ListNode* else_list(NodeType type, const Node& else_node);
  const Node* block_control();
  const Node* template_control();
  std::string_view template_name(const Token& token, std::string_view context);
  const TemplateNode* make_template(const Token& name_token, std::string_view name, const PipeNode* pipe);

  // Pipelines (pipeline_parser.cpp).
  const PipeNode* pipeline(std::string_view context, TokenType end);
  void declarations(std::string_view context, PipeNode& pipe);
  void declare(const Token& token);
  void check_pipeline(std::span<const CommandNode* const> commands, std::string_view context) const;
  const CommandNode* command();
  const Node* operand();
  std::uint32_t fields(std::uint32_t position);
  const Node* field(const Token& token);
  const Node* chain(const Node& base);
  const Node* term();
  const Node* identifier(const Token& token);
  const Node* number(const Token& token);
  const Node* string(const Token& token);
  const Node* parenthesized();
  const Node* use_variable(const Token& token);
  std::string_view unquoted(const Token& token) const;

  void push_variable(std::uint32_t id);
  void pop_variables(std::size_t count);

  FileBuilder& file_;
  Token tokens_[3];  // the first is the one that was read last
  int peek_count_ = 0;
  std::vector<std::uint32_t> variables_;      // ids of those defined at the moment
  std::vector<std::uint32_t> defined_count_;  // by id
  std::optional<std::uint32_t> action_;       // where the action began; none outside
  int range_depth_ = 0;
  int paren_depth_ = 0;
};

}  // namespace rhumb::gotmpl
