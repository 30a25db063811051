// The parser's part inside of an action: pipelines, commands, operands.
#include <fmt/format.h>

#include "gotmpl/node_text.h"
#include "gotmpl/number.h"
#include "gotmpl/parser.h"
#include "rhumb/value/go_number.h"

namespace rhumb::gotmpl {
namespace {

constexpr int most_parens = 10000;  // maxStackDepth

bool begins_operand(TokenType type) {
  switch (type) {
    case TokenType::boolean:
    case TokenType::char_constant:
    case TokenType::complex:
    case TokenType::dot:
    case TokenType::field:
    case TokenType::identifier:
    case TokenType::number:
    case TokenType::nil:
    case TokenType::raw_string:
    case TokenType::string:
    case TokenType::variable:
    case TokenType::left_paren: return true;
    default: return false;
  }
}

/// Boolean, dot, nil, number, string: nothing that could be called.
bool is_literal(NodeType type) {
  return type == NodeType::boolean || type == NodeType::dot || type == NodeType::nil || type == NodeType::number ||
         type == NodeType::string;
}

}  // namespace

const PipeNode* TreeParser::pipeline(std::string_view context, TokenType end) {
  PipeNode* const pipe = file_.make<PipeNode>(peek_non_space().position);
  const std::size_t mark = file_.mark();
  declarations(context, *pipe);
  pipe->declarations = file_.take<VariableNode>(mark);
  for (;;) {
    const Token& token = next_non_space();
    if (token.type == end) break;
    if (!begins_operand(token.type)) unexpected(token, context);
    backup();
    file_.push(command());
  }
  pipe->commands = file_.take<CommandNode>(mark);
  check_pipeline(pipe->commands, context);
  return pipe;
}

/// `$x :=`, `$x =`, for range also `$i, $x :=`. A variable that stands for itself is put back.
void TreeParser::declarations(std::string_view context, PipeNode& pipe) {
  const std::size_t mark = file_.mark();
  for (;;) {
    if (peek_non_space().type != TokenType::variable) return;
    const Token variable = next();
    // Spaces are tokens: in "$x foo" it takes "foo" to know that nothing is declared.
    const Token adjacent = peek();
    const Token& following = peek_non_space();
    if (following.type == TokenType::assign || following.type == TokenType::declare) {
      pipe.is_assign = following.type == TokenType::assign;
      next_non_space();
      return declare(variable);
    }
    if (following.type != TokenType::character || following.text != ",") {
      if (adjacent.type == TokenType::space) return backup3(variable, adjacent);
      return backup2(variable);
    }
    next_non_space();
    declare(variable);
    if (context != "range" || file_.mark() - mark >= 2) fail(fmt::format("too many declarations in {}", context));
    const TokenType second = peek_non_space().type;
    if (second != TokenType::variable && second != TokenType::right_delim && second != TokenType::right_paren) {
      fail("range can only initialize variables");
    }
  }
}

void TreeParser::declare(const Token& token) {
  VariableNode* const variable = file_.make<VariableNode>(token.position);
  variable->id = file_.variable_id(token.text);
  file_.begin_names(token.text);
  variable->names = file_.take_names();
  file_.push(variable);
  push_variable(variable->id);
}

void TreeParser::check_pipeline(std::span<const CommandNode* const> commands, std::string_view context) const {
  if (commands.empty()) fail(fmt::format("missing value for {}", context));
  for (std::size_t i = 1; i < commands.size(); ++i) {
    if (is_literal(commands[i]->args[0]->type)) {
      fail(fmt::format("non executable command in pipeline stage {}", i + 1));
    }
  }
}

/// Operands up to a pipe sign, which is taken, or the end of the pipeline, which is left.
const CommandNode* TreeParser::command() {
  CommandNode* const node = file_.make<CommandNode>(peek_non_space().position);
  const std::size_t mark = file_.mark();
  for (;;) {
    if (const Node* const arg = operand()) file_.push(arg);
    const Token& token = next();
    if (token.type == TokenType::space) continue;
    if (token.type == TokenType::right_delim || token.type == TokenType::right_paren) {
      backup();
    } else if (token.type != TokenType::pipe) {
      unexpected(token, "operand");
    }
    break;
  }
  node->args = file_.take<Node>(mark);
  if (node->args.empty()) fail("empty command");
  return node;
}

/// A term and the fields behind it. Null when the next token begins none.
const Node* TreeParser::operand() {
  const Node* const node = term();
  if (node == nullptr || peek().type != TokenType::field) return node;
  return chain(*node);
}

/// Adds the fields that come next to the names. Returns where what they belong to stands, given where its first token
/// does: at the first of these fields, as in Go.
std::uint32_t TreeParser::fields(std::uint32_t position) {
  if (peek().type != TokenType::field) return position;
  const std::uint32_t first = peek().position;
  while (peek().type == TokenType::field) file_.add_name(next().text.substr(1));
  return first;
}

const Node* TreeParser::field(const Token& token) {
  file_.begin_names(token.text.substr(1));
  FieldNode* const node = file_.make<FieldNode>(fields(token.position));
  node->names = file_.take_names();
  return node;
}

/// Fields behind what is neither a field nor a variable.
const Node* TreeParser::chain(const Node& base) {
  const std::uint32_t position = peek().position;
  file_.begin_names(next().text.substr(1));
  fields(position);
  if (is_literal(base.type)) fail("unexpected . after term " + quote(to_string(base)));
  ChainNode* const node = file_.make<ChainNode>(position);
  node->base = &base;
  node->names = file_.take_names();
  return node;
}

const Node* TreeParser::term() {
  const Token& token = next_non_space();
  switch (token.type) {
    case TokenType::identifier: return identifier(token);
    case TokenType::dot: return file_.make<DotNode>(token.position);
    case TokenType::nil: return file_.make<NilNode>(token.position);
    case TokenType::variable: return use_variable(token);
    case TokenType::field: return field(token);
    case TokenType::boolean: {
      BoolNode* const node = file_.make<BoolNode>(token.position);
      node->value = token.text == "true";
      return node;
    }
    case TokenType::char_constant:
    case TokenType::complex:
    case TokenType::number: return number(token);
    case TokenType::left_paren: return parenthesized();
    case TokenType::string:
    case TokenType::raw_string: return string(token);
    default: break;
  }
  backup();
  return nullptr;
}

const Node* TreeParser::identifier(const Token& token) {
  const Function* const function = file_.library().find(token.text);
  if (function == nullptr) fail(fmt::format("function {} not defined", quote(token.text)));
  IdentifierNode* const node = file_.make<IdentifierNode>(token.position);
  node->name = token.text;
  node->function = function;
  return node;
}

const Node* TreeParser::use_variable(const Token& token) {
  const std::uint32_t id = file_.variable_id(token.text);
  if (id >= defined_count_.size() || defined_count_[id] == 0) fail("undefined variable " + quote(token.text));
  file_.begin_names(token.text);
  VariableNode* const node = file_.make<VariableNode>(fields(token.position));
  node->id = id;
  node->names = file_.take_names();
  return node;
}

const Node* TreeParser::number(const Token& token) {
  NumberNode* const node = file_.make<NumberNode>(token.position);
  const std::string problem = parse_number(token.text, token.type, *node);
  if (!problem.empty()) fail(problem);
  return node;
}

const Node* TreeParser::parenthesized() {
  if (paren_depth_ >= most_parens) fail("max expression depth exceeded");
  check_stack();
  ++paren_depth_;
  const Node* const pipe = pipeline("parenthesized pipeline", TokenType::right_paren);
  --paren_depth_;
  return pipe;
}

const Node* TreeParser::string(const Token& token) {
  const std::string_view text = unquoted(token);
  StringNode* const node = file_.make<StringNode>(token.position);
  node->quoted = token.text;
  node->text.data = text.data();
  node->text.size = text.size();
  return node;
}

/// What the constant says; it lives as long as the tree.
std::string_view TreeParser::unquoted(const Token& token) const {
  if (token.plain) return token.text.substr(1, token.text.size() - 2);
  const std::optional<std::string> text = unquote(token.text);
  if (!text) fail("invalid syntax");
  return file_.keep(std::string_view(*text));
}

}  // namespace rhumb::gotmpl
