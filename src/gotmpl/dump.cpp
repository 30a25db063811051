#include "gotmpl/dump.h"

#include "rhumb/value/go_number.h"

namespace rhumb::gotmpl {
namespace {

class Dumper {
 public:
  void dump(const Node& node);
  void dump_tree(const Tree& tree);
  std::string take() { return std::move(out_); }

 private:
  void word(std::string_view text) {
    out_ += ' ';
    out_ += text;
  }
  void child(const Node& node) {
    out_ += ' ';
    dump(node);
  }
  void open(std::string_view name) {
    out_ += '(';
    out_ += name;
  }
  void close() { out_ += ')'; }
  void names(std::span<const std::string_view> names) {
    for (const std::string_view name : names) word(name);
  }
  void pipe(const PipeNode& pipe);
  void command(const CommandNode& command);
  void branch(std::string_view keyword, const BranchNode& branch);
  void number(const NumberNode& number);

  std::string out_;
};

void Dumper::dump(const Node& node) {
  switch (node.type) {
    case NodeType::text:
      open("text");
      word(quote(as<TextNode>(node).text));
      return close();
    case NodeType::action:
      open("action");
      child(*as<ActionNode>(node).pipe);
      return close();
    case NodeType::boolean: out_ += as<BoolNode>(node).value ? "true" : "false"; return;
    case NodeType::chain:
      open("chain");
      child(*as<ChainNode>(node).base);
      names(as<ChainNode>(node).names);
      return close();
    case NodeType::command: return command(as<CommandNode>(node));
    case NodeType::dot: out_ += "dot"; return;
    case NodeType::field:
      open("field");
      names(as<FieldNode>(node).names);
      return close();
    case NodeType::identifier:
      open("call");
      word(as<IdentifierNode>(node).name);
      return close();
    case NodeType::if_: return branch("if", static_cast<const BranchNode&>(node));
    case NodeType::range: return branch("range", static_cast<const BranchNode&>(node));
    case NodeType::with: return branch("with", static_cast<const BranchNode&>(node));
    case NodeType::list:
      open("list");
      for (const Node* const item : as<ListNode>(node).nodes) child(*item);
      return close();
    case NodeType::nil: out_ += "nil"; return;
    case NodeType::number: return number(as<NumberNode>(node));
    case NodeType::pipe: return pipe(as<PipeNode>(node));
    case NodeType::string: out_ += quote(as<StringNode>(node).text.view()); return;
    case NodeType::template_:
      open("template");
      word(quote(as<TemplateNode>(node).name));
      if (as<TemplateNode>(node).pipe != nullptr) child(*as<TemplateNode>(node).pipe);
      return close();
    case NodeType::variable:
      open("variable");
      names(as<VariableNode>(node).names);
      return close();
    case NodeType::break_: out_ += "(break)"; return;
    case NodeType::continue_: out_ += "(continue)"; return;
    case NodeType::else_: out_ += "(else)"; return;
    case NodeType::end: out_ += "(end)"; return;
  }
}

void Dumper::pipe(const PipeNode& pipe) {
  open("pipe");
  if (!pipe.declarations.empty()) {
    out_ += ' ';
    open(pipe.is_assign ? "assign" : "declare");
    for (const VariableNode* const variable : pipe.declarations) names(variable->names);
    close();
  }
  for (const CommandNode* const command : pipe.commands) child(*command);
  close();
}

void Dumper::command(const CommandNode& command) {
  if (command.args[0]->type == NodeType::identifier) {
    open("call");
    word(as<IdentifierNode>(*command.args[0]).name);
  } else if (command.args.size() == 1) {
    return dump(*command.args[0]);
  } else {
    open("apply");
    child(*command.args[0]);
  }
  for (const Node* const arg : command.args.subspan(1)) child(*arg);
  close();
}

void Dumper::branch(std::string_view keyword, const BranchNode& branch) {
  open(keyword);
  child(*branch.pipe);
  child(*branch.list);
  if (branch.else_list != nullptr) child(*branch.else_list);
  close();
}

/// The text as written, and what it can be: (number 3.0 int=3).
void Dumper::number(const NumberNode& number) {
  open("number");
  word(number.text);
  if (number.is_int) word("int=" + std::to_string(number.int_value));
  if (number.is_uint && !number.is_int) word("uint=" + std::to_string(number.uint_value));
  if (number.is_float && !number.is_int && !number.is_uint) word("float=" + format_float(number.float_value, 'g', -1));
  if (number.is_complex) {
    word("complex=" + format_float(number.complex_value.real, 'g', -1) + "," +
         format_float(number.complex_value.imaginary, 'g', -1));
  }
  close();
}

void Dumper::dump_tree(const Tree& tree) {
  switch (tree.kind) {
    case TreeKind::file: open("file"); break;
    case TreeKind::define: open("define"); break;
    case TreeKind::block: open("block"); break;
  }
  if (tree.kind != TreeKind::file) word(quote(tree.name));
  for (const Node* const node : tree.root->nodes) child(*node);
  close();
}

}  // namespace

std::string dump(const Node& node) {
  Dumper dumper;
  dumper.dump(node);
  return dumper.take();
}

std::string dump(const ParsedFile& file) {
  std::string out;
  for (const Tree* const tree : file.trees()) {
    Dumper dumper;
    dumper.dump_tree(*tree);
    if (!out.empty()) out += '\n';
    out += dumper.take();
  }
  return out;
}

}  // namespace rhumb::gotmpl
