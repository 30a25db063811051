#include "render/needs.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "render/switches.h"
#include "rhumb/base/stack.h"
#include "rhumb/base/strings.h"

namespace rhumb::render {
namespace {

using gotmpl::as;
using gotmpl::CommandNode;
using gotmpl::ConditionRead;
using gotmpl::Node;
using gotmpl::NodeType;

/// What one part of a condition wants; empty for a part that is met.
struct Need {
  std::string text;
  std::size_t parts = 1;
  std::vector<std::string> keys;
};

constexpr std::string_view all_word = " and ";

void add_new(const std::vector<std::string>& keys, std::vector<std::string>& all) {
  for (const std::string& key : keys) {
    if (std::find(all.begin(), all.end(), key) == all.end()) all.push_back(key);
  }
}

/// A part of several parts in parentheses, unless it stands alone.
Need join(const std::vector<Need>& needs, std::string_view word) {
  if (needs.empty()) return {};
  if (needs.size() == 1) return needs[0];
  std::vector<std::string> texts;
  for (const Need& need : needs) texts.push_back(need.parts > 1 ? "(" + need.text + ")" : need.text);
  Need joined{strings::join(texts, word), needs.size(), needs[0].keys};
  if (word == all_word) {
    for (std::size_t i = 1; i < needs.size(); ++i) add_new(needs[i].keys, joined.keys);
  }
  return joined;
}

class Reader {
 public:
  Reader(const gotmpl::Site& slot, const Scopes& scopes) : slot_(slot), scopes_(scopes) {}

  /// Nothing where it cannot be told.
  std::optional<Need> read(const Node& node) const {
    check_stack("looking for what a condition wants");
    switch (node.type) {
      case NodeType::pipe: {
        const auto commands = as<gotmpl::PipeNode>(node).commands;
        return commands.size() == 1 ? read(*commands[0]) : std::nullopt;
      }
      case NodeType::command: return of_command(as<CommandNode>(node));
      case NodeType::field: return of_value(as<gotmpl::FieldNode>(node).names);
      case NodeType::variable: return of_value(as<gotmpl::VariableNode>(node).names.subspan(1));
      default: return {};
    }
  }

 private:
  std::optional<Need> of_command(const CommandNode& command) const {
    const Node& first = *command.args[0];
    if (command.args.size() == 1) return read(first);
    if (first.type != NodeType::identifier) return {};
    const std::string_view function = as<gotmpl::IdentifierNode>(first).name;
    const auto operands = command.args.subspan(1);
    if (function == "and") return all_of(operands);
    if (function == "or") return one_of(operands);
    return operands.size() == 1 && is_denial(function) ? of_denial(*operands[0]) : std::nullopt;
  }

  static bool is_denial(std::string_view function) { return function == "not" || function == "empty"; }

  /// What is to be empty is met if it is; that something has to be emptied is another sentence.
  std::optional<Need> of_denial(const Node& denied) const {
    if (const Node* const twice = denied_by(denied)) return read(*twice);
    const auto wanted = read(denied);
    return wanted && !wanted->text.empty() ? std::optional(Need()) : std::nullopt;
  }

  /// "x" of "(empty x)"; null for others.
  static const Node* denied_by(const Node& node) {
    if (node.type != NodeType::pipe || as<gotmpl::PipeNode>(node).commands.size() != 1) return nullptr;
    const auto& args = as<gotmpl::PipeNode>(node).commands[0]->args;
    const bool is_it = args.size() == 2 && args[0]->type == NodeType::identifier &&
                       is_denial(as<gotmpl::IdentifierNode>(*args[0]).name);
    return is_it ? args[1] : nullptr;
  }

  std::optional<Need> of_value(std::span<const std::string_view> names) const {
    const auto read = read_of(names);
    if (!read) return {};
    const Value* const value = value_of(*read);
    if (value != nullptr && is_true(*value)) return Need();
    const std::string path = scopes_.path_of(*read);
    return path.empty() ? std::nullopt : std::optional(Need{path, 1, {path}});
  }

  /// Of what was not read, within the branch or behind what had decided already, the names tell: ".Values.metrics".
  std::optional<ConditionRead> read_of(std::span<const std::string_view> names) const {
    if (names.empty()) return {};
    const auto read = std::find_if(slot_.reads.begin(), slot_.reads.end(),
                                   [&](const ConditionRead& each) { return each.names.data() == names.data(); });
    if (read != slot_.reads.end()) return *read;
    const bool is_of_values = names.front() == "Values" && names.size() > 1 && values_ != nullptr;
    return is_of_values ? std::optional(ConditionRead{values_, no_origin, names.subspan(1)}) : std::nullopt;
  }

  std::optional<Need> all_of(std::span<const Node* const> operands) const {
    std::vector<Need> needs;
    for (const Node* const operand : operands) {
      auto need = read(*operand);
      if (!need) return {};
      if (!need->text.empty()) needs.push_back(std::move(*need));
    }
    return join(needs, all_word);
  }

  /// Alternatives that cannot be told are left out.
  std::optional<Need> one_of(std::span<const Node* const> operands) const {
    std::vector<Need> needs;
    for (const Node* const operand : operands) {
      auto need = read(*operand);
      if (need && need->text.empty()) return Need();
      if (need) needs.push_back(std::move(*need));
    }
    return needs.empty() ? std::nullopt : std::optional(join(needs, " or "));
  }

  const gotmpl::Site& slot_;
  const Scopes& scopes_;
  const Map* values_ = values_of(slot_.reads);
};

bool holds_text(const Node& node, std::string_view text) {
  check_stack("looking for a text in a template");
  switch (node.type) {
    case NodeType::text: return strings::contains(as<gotmpl::TextNode>(node).text, text);
    case NodeType::string: return strings::contains(as<gotmpl::StringNode>(node).quoted, text);
    case NodeType::action: return holds_text(*as<gotmpl::ActionNode>(node).pipe, text);
    case NodeType::pipe: {
      const auto commands = as<gotmpl::PipeNode>(node).commands;
      return std::any_of(commands.begin(), commands.end(), [&](const auto* each) { return holds_text(*each, text); });
    }
    case NodeType::command: {
      const auto args = as<CommandNode>(node).args;
      return std::any_of(args.begin(), args.end(), [&](const auto* each) { return holds_text(*each, text); });
    }
    default: return false;
  }
}

/// The way from a list down to the first place of a text.
class TextFinder {
 public:
  TextFinder(const Reader& reader, std::string_view text) : reader_(reader), text_(text) {}

  bool find(const gotmpl::ListNode* list) {
    check_stack("looking for a text in a template");
    if (list == nullptr) return false;
    return std::any_of(list->nodes.begin(), list->nodes.end(), [&](const Node* node) {
      const bool is_branch = node->type == NodeType::if_ || node->type == NodeType::with;
      return is_branch ? find_below(static_cast<const gotmpl::BranchNode&>(*node)) : holds_text(*node, text_);
    });
  }

  const std::vector<std::string>& keys() const { return keys_; }

 private:
  bool find_below(const gotmpl::BranchNode& branch) {
    if (find(branch.list)) {
      if (const auto need = reader_.read(*branch.pipe)) add_new(need->keys, keys_);
      return true;
    }
    return find(branch.else_list);
  }

  const Reader& reader_;
  std::string_view text_;
  std::vector<std::string> keys_;
};

}  // namespace

Needs needs_of(const gotmpl::Site& slot, const Scopes& scopes) {
  auto need = Reader(slot, scopes).read(*static_cast<const gotmpl::BranchNode&>(*slot.node).pipe);
  return need ? Needs{std::move(need->text), std::move(need->keys)} : Needs();
}

std::vector<std::string> needs_within(const gotmpl::Site& slot, std::string_view text, const Scopes& scopes) {
  const Reader reader(slot, scopes);
  TextFinder finder(reader, text);
  return finder.find(static_cast<const gotmpl::BranchNode&>(*slot.node).list) ? finder.keys()
                                                                              : std::vector<std::string>();
}

}  // namespace rhumb::render
