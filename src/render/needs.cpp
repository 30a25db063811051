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
};

/// A part of several parts in parentheses, unless it stands alone.
Need join(const std::vector<Need>& needs, std::string_view word) {
  if (needs.empty()) return {};
  if (needs.size() == 1) return needs[0];
  std::vector<std::string> texts;
  for (const Need& need : needs) texts.push_back(need.parts > 1 ? "(" + need.text + ")" : need.text);
  return Need{strings::join(texts, word), needs.size()};
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
    const auto read = std::find_if(slot_.reads.begin(), slot_.reads.end(),
                                   [&](const ConditionRead& each) { return each.names.data() == names.data(); });
    if (names.empty() || read == slot_.reads.end()) return {};
    const Value* const value = value_of(*read);
    if (value != nullptr && is_true(*value)) return Need();
    std::string path = scopes_.path_of(*read);
    return path.empty() ? std::nullopt : std::optional(Need{std::move(path)});
  }

  std::optional<Need> all_of(std::span<const Node* const> operands) const {
    std::vector<Need> needs;
    for (const Node* const operand : operands) {
      auto need = read(*operand);
      if (!need) return {};
      if (!need->text.empty()) needs.push_back(std::move(*need));
    }
    return join(needs, " and ");
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
};

}  // namespace

std::string needs_of(const gotmpl::Site& slot, const Scopes& scopes) {
  const auto need = Reader(slot, scopes).read(*static_cast<const gotmpl::BranchNode&>(*slot.node).pipe);
  return need ? need->text : std::string();
}

}  // namespace rhumb::render
