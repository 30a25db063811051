// What a rendering reads, and what it leaves out. Only reached while tracing.
#include <algorithm>

#include "gotmpl/execution.h"

namespace rhumb::gotmpl {
namespace {

bool names_keys(const CommandNode& command) {
  if (command.args.size() < 3 || command.args[0]->type != NodeType::identifier) return false;
  const std::string_view name = as<IdentifierNode>(*command.args[0]).name;
  return name == "index" || name == "get";
}

}  // namespace

/// `branch` wrote nothing here: a piece without text keeps that in mind.
void Execution::leave_slot(const Operand& dot, const BranchNode& branch, OriginId decider) {
  Site site;
  site.kind = SiteKind::slot;
  site.file = tree_->file->file();
  site.parent = place_.site;
  site.origin = decider;
  site.node = &branch;
  const SiteId id = traces_.find_or_add(site);
  if (traces_.get(id).reads.empty()) {
    std::vector<ConditionRead> reads;
    collect_reads(dot, *branch.pipe, reads);
    traces_.get(id).reads = traces_.keep(reads);
  }
  out_->trace.push_back(
      {static_cast<std::uint32_t>(out_->text.size()), site.file, branch.position, decider, id, PieceKind::slot});
}

/// The fields in a condition, without what templates that it calls look at.
void Execution::collect_reads(const Operand& dot, const Node& node, std::vector<ConditionRead>& reads) {
  switch (node.type) {
    case NodeType::field: return collect_read(dot.value, as<FieldNode>(node).names, reads);
    case NodeType::variable: {
      const auto names = as<VariableNode>(node).names;
      if (names.size() > 1) collect_read(variable_value(as<VariableNode>(node)).value, names.subspan(1), reads);
      return;
    }
    case NodeType::chain: return collect_reads(dot, *as<ChainNode>(node).base, reads);
    case NodeType::pipe:
      for (const CommandNode* const command : as<PipeNode>(node).commands) collect_reads(dot, *command, reads);
      return;
    case NodeType::command: {
      const CommandNode& command = as<CommandNode>(node);
      const std::size_t first = reads.size();
      for (const Node* const arg : command.args) collect_reads(dot, *arg, reads);
      if (reads.size() == first + 1 && names_keys(command)) reads.back().names = index_names(command);
      return;
    }
    default: return;
  }
}

void Execution::collect_read(const Value& map, std::span<const std::string_view> names,
                             std::vector<ConditionRead>& reads) {
  if (map.is_map() && map.as_map() != nullptr) reads.push_back({map.as_map(), map.origin(), names});
}

/// The names of `index .a.b "c"`: those of the field, and the keys.
std::span<const std::string_view> Execution::index_names(const CommandNode& command) {
  std::vector<std::string_view> names;
  for (const Node* const arg : command.args.subspan(1)) {
    if (arg->type == NodeType::field) {
      names.insert(names.end(), as<FieldNode>(*arg).names.begin(), as<FieldNode>(*arg).names.end());
    } else if (arg->type == NodeType::variable) {
      const auto more = as<VariableNode>(*arg).names.subspan(1);
      names.insert(names.end(), more.begin(), more.end());
    } else if (arg->type == NodeType::string) {
      names.push_back(as<StringNode>(*arg).text.view());
    }
  }
  std::string_view* const kept = traces_.arena().create_array<std::string_view>(names.size());
  std::copy(names.begin(), names.end(), kept);
  return {kept, names.size()};
}

void Execution::note_arguments(Reading reading, std::span<const Value> args) {
  switch (reading) {
    case Reading::passes: return;
    case Reading::changes: whole_.clear(); return;
    case Reading::keys:
      for (const Value& arg : args) {
        if (!arg.is_map() || arg.as_map() == nullptr) continue;
        for (const Map::Entry& entry : arg.as_map()->entries()) context_.note_read(entry.value);
      }
      return;
    case Reading::whole:
      for (const Value& arg : args) note_whole(arg);
  }
}

void Execution::note_whole(const Value& value) { mark_all_read(*context_.origins, value, whole_); }

}  // namespace rhumb::gotmpl
