// The tree of a template, as Go's text/template/parse builds it: tagged structs that live in the arena of their
// ParsedFile and never change. Every node knows its byte offset in the text; the file is that of the Tree.
//
// Positions are Go's, quirks included, since error messages show them: a chain `.a.b` written as two tokens stands at
// its second one, a branch at its pipeline, a `template` at the name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "rhumb/value/value.h"

namespace rhumb::gotmpl {

struct Function;

enum class NodeType : std::uint8_t {
  text,
  action,
  boolean,
  chain,
  command,
  dot,
  field,
  identifier,
  if_,
  list,
  nil,
  number,
  pipe,
  range,
  string,
  template_,
  variable,
  with,
  break_,
  continue_,
  else_,
  end,  // the parser's own: never in a finished tree
};

struct Node {
  NodeType type;
  std::uint32_t position;  // bytes from the start of the text
};

struct PipeNode;

struct TextNode : Node {
  static constexpr NodeType tag = NodeType::text;
  std::string_view text;  // trimmed
};

struct ListNode : Node {
  static constexpr NodeType tag = NodeType::list;
  std::span<const Node* const> nodes;
};

struct ActionNode : Node {
  static constexpr NodeType tag = NodeType::action;
  const PipeNode* pipe;
};

struct CommandNode : Node {
  static constexpr NodeType tag = NodeType::command;
  std::span<const Node* const> args;  // never empty
};

/// `names[0]` is the variable with its dollar sign, the rest fields.
struct VariableNode : Node {
  static constexpr NodeType tag = NodeType::variable;
  std::span<const std::string_view> names;
  std::uint32_t id;  // of names[0] in its ParsedFile; `$` is 0
};

struct PipeNode : Node {
  static constexpr NodeType tag = NodeType::pipe;
  bool is_assign;  // the variables are assigned, not declared
  std::span<const VariableNode* const> declarations;
  std::span<const CommandNode* const> commands;
};

struct FieldNode : Node {
  static constexpr NodeType tag = NodeType::field;
  std::span<const std::string_view> names;
};

/// A parenthesised pipeline or a function followed by fields.
struct ChainNode : Node {
  static constexpr NodeType tag = NodeType::chain;
  const Node* base;
  std::span<const std::string_view> names;
};

struct IdentifierNode : Node {
  static constexpr NodeType tag = NodeType::identifier;
  std::string_view name;
  const Function* function;  // resolved when parsed
};

struct BoolNode : Node {
  static constexpr NodeType tag = NodeType::boolean;
  bool value;
};

struct DotNode : Node {
  static constexpr NodeType tag = NodeType::dot;
};

struct NilNode : Node {
  static constexpr NodeType tag = NodeType::nil;
};

/// A constant under every type that can represent it.
struct NumberNode : Node {
  static constexpr NodeType tag = NodeType::number;
  bool is_int;
  bool is_uint;
  bool is_float;
  bool is_complex;
  std::int64_t int_value;
  std::uint64_t uint_value;
  double float_value;
  ComplexNumber complex_value;
  std::string_view text;  // as written
};

struct StringNode : Node {
  static constexpr NodeType tag = NodeType::string;
  std::string_view quoted;  // as written
  Text text;                // what it stands for; values refer to it, so a ParsedFile outlives what it made
};

struct BranchNode : Node {
  const PipeNode* pipe;
  const ListNode* list;
  const ListNode* else_list;  // may be null
};

struct TemplateNode : Node {
  static constexpr NodeType tag = NodeType::template_;
  std::string_view name;
  const PipeNode* pipe;  // may be null
};

template <typename T>
const T& as(const Node& node) {
  return static_cast<const T&>(node);
}

}  // namespace rhumb::gotmpl
