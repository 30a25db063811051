#include "gotmpl/node_text.h"

#include "gotmpl/stack_guard.h"
#include "rhumb/base/limits.h"
#include "rhumb/value/go_number.h"

namespace rhumb::gotmpl {
namespace {

class NodePrinter {
 public:
  void print(const Node& node);
  std::string take() { return std::move(out_); }

 private:
  void print_names(std::span<const std::string_view> names);
  void print_pipe(const PipeNode& pipe);
  void print_enclosed(const Node& node);
  void print_command(const CommandNode& command);
  void print_branch(std::string_view keyword, const BranchNode& branch);
  void print_template(const TemplateNode& node);
  void check_stack() const {
    if (stack_.low()) throw LimitError("nesting of the template is too deep for the stack");
  }

  std::string out_;
  StackGuard stack_;
};

void NodePrinter::print(const Node& node) {
  switch (node.type) {
    case NodeType::text: out_ += as<TextNode>(node).text; break;
    case NodeType::action:
      out_ += "{{";
      print_pipe(*as<ActionNode>(node).pipe);
      out_ += "}}";
      break;
    case NodeType::boolean: out_ += as<BoolNode>(node).value ? "true" : "false"; break;
    case NodeType::chain:
      print_enclosed(*as<ChainNode>(node).base);
      print_names(as<ChainNode>(node).names);
      break;
    case NodeType::command: print_command(as<CommandNode>(node)); break;
    case NodeType::dot: out_ += '.'; break;
    case NodeType::field: print_names(as<FieldNode>(node).names); break;
    case NodeType::identifier: out_ += as<IdentifierNode>(node).name; break;
    case NodeType::if_: print_branch("if", static_cast<const BranchNode&>(node)); break;
    case NodeType::range: print_branch("range", static_cast<const BranchNode&>(node)); break;
    case NodeType::with: print_branch("with", static_cast<const BranchNode&>(node)); break;
    case NodeType::list:
      for (const Node* const item : as<ListNode>(node).nodes) print(*item);
      break;
    case NodeType::nil: out_ += "nil"; break;
    case NodeType::number: out_ += as<NumberNode>(node).text; break;
    case NodeType::pipe: print_pipe(as<PipeNode>(node)); break;
    case NodeType::string: out_ += as<StringNode>(node).quoted; break;
    case NodeType::template_: print_template(as<TemplateNode>(node)); break;
    case NodeType::variable:
      out_ += as<VariableNode>(node).names[0];
      print_names(as<VariableNode>(node).names.subspan(1));
      break;
    case NodeType::break_: out_ += "{{break}}"; break;
    case NodeType::continue_: out_ += "{{continue}}"; break;
    case NodeType::else_: out_ += "{{else}}"; break;
    case NodeType::end: out_ += "{{end}}"; break;
  }
}

void NodePrinter::print_names(std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    out_ += '.';
    out_ += name;
  }
}

void NodePrinter::print_pipe(const PipeNode& pipe) {
  for (const VariableNode* const variable : pipe.declarations) {
    if (variable != pipe.declarations.front()) out_ += ", ";
    print(*variable);
  }
  if (!pipe.declarations.empty()) out_ += pipe.is_assign ? " = " : " := ";
  for (const CommandNode* const command : pipe.commands) {
    if (command != pipe.commands.front()) out_ += " | ";
    print_command(*command);
  }
}

/// Inner pipelines get their parentheses back.
void NodePrinter::print_enclosed(const Node& node) {
  if (node.type != NodeType::pipe) return print(node);
  check_stack();
  out_ += '(';
  print_pipe(as<PipeNode>(node));
  out_ += ')';
}

void NodePrinter::print_command(const CommandNode& command) {
  for (const Node* const arg : command.args) {
    if (arg != command.args.front()) out_ += ' ';
    print_enclosed(*arg);
  }
}

void NodePrinter::print_branch(std::string_view keyword, const BranchNode& branch) {
  check_stack();
  out_ += "{{";
  out_ += keyword;
  out_ += ' ';
  print_pipe(*branch.pipe);
  out_ += "}}";
  print(*branch.list);
  if (branch.else_list != nullptr) {
    out_ += "{{else}}";
    print(*branch.else_list);
  }
  out_ += "{{end}}";
}

void NodePrinter::print_template(const TemplateNode& node) {
  out_ += "{{template ";
  append_quoted(out_, node.name);
  if (node.pipe != nullptr) {
    out_ += ' ';
    print_pipe(*node.pipe);
  }
  out_ += "}}";
}

}  // namespace

std::string to_string(const Node& node) {
  NodePrinter printer;
  printer.print(node);
  return printer.take();
}

}  // namespace rhumb::gotmpl
