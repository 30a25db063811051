#include "render/static_reads.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <utility>

#include "rhumb/base/stack.h"

namespace rhumb::render {
namespace {

using gotmpl::as;
using gotmpl::BranchNode;
using gotmpl::CommandNode;
using gotmpl::ListNode;
using gotmpl::Node;
using gotmpl::NodeType;
using gotmpl::PipeNode;

constexpr std::string_view values_name = "Values";
/// In place of the key of an entry that a range looks at.
constexpr std::string_view any_entry = "*";

/// Keys from the root of a template's dot; unknown for the dot of a helper that may be anything.
using Path = std::optional<std::vector<std::string_view>>;

/// Functions that hand a value on to a helper, which is looked at for itself.
bool hands_on(std::string_view function) {
  constexpr std::array<std::string_view, 5> names{"dict", "include", "list", "set", "tuple"};
  return std::find(names.begin(), names.end(), function) != names.end();
}

bool is_other_object(std::string_view name) {
  constexpr std::array<std::string_view, 6> names{"Release", "Chart", "Files", "Capabilities", "Template", "Subcharts"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Walker {
 public:
  /// `called`: gets the names of the helpers that are called.
  Walker(const gotmpl::TraceTable& traces, const std::vector<const Scope*>& scopes, StaticReads& reads,
         std::vector<std::string_view>& called)
      : traces_(traces), scopes_(scopes), reads_(reads), called_(called) {}

  void walk(const gotmpl::Tree& tree) {
    variables_.assign(1, {"$", root_of(tree)});
    walk_list(*tree.root, traces_.was_executed(&tree), root_of(tree));
  }

 private:
  struct Variable {
    std::string_view name;
    Path path;
  };

  static Path root_of(const gotmpl::Tree& tree) {
    return tree.kind == gotmpl::TreeKind::file ? Path(std::in_place) : std::nullopt;
  }

  void walk_list(const ListNode& list, bool executed, const Path& dot);
  void walk_branch(const BranchNode& branch, bool executed, const Path& dot);
  Path walk_pipe(const PipeNode& pipe, bool executed, const Path& dot);
  Path walk_command(const CommandNode& command, bool executed, const Path& dot);
  Path walk_operand(const Node& node, bool executed, const Path& dot);
  Path look_up(const CommandNode& command, const Path& dot) const;
  Path path_of(const Node& node, const Path& dot) const;
  const Path& variable(std::string_view name) const;
  static Path below(const Path& base, std::span<const std::string_view> names);
  void note(const Path& path, std::span<const std::string_view> names, bool executed);
  void note_value(const Value& value, std::span<const std::string_view> names);

  const gotmpl::TraceTable& traces_;
  const std::vector<const Scope*>& scopes_;
  StaticReads& reads_;
  std::vector<std::string_view>& called_;
  std::vector<Variable> variables_;
};

void Walker::walk_list(const ListNode& list, bool executed, const Path& dot) {
  check_stack("looking for reads of values");
  for (const Node* const node : list.nodes) {
    switch (node->type) {
      case NodeType::action: walk_pipe(*as<gotmpl::ActionNode>(*node).pipe, executed, dot); break;
      case NodeType::if_:
      case NodeType::with:
      case NodeType::range: walk_branch(static_cast<const BranchNode&>(*node), executed, dot); break;
      case NodeType::template_:
        if (!executed) called_.push_back(as<gotmpl::TemplateNode>(*node).name);
        if (const PipeNode* const pipe = as<gotmpl::TemplateNode>(*node).pipe) walk_pipe(*pipe, executed, dot);
        break;
      default: break;
    }
  }
}

void Walker::walk_branch(const BranchNode& branch, bool executed, const Path& dot) {
  const std::size_t mark = variables_.size();
  const Path value = walk_pipe(*branch.pipe, executed, dot);
  Path inner = dot;
  if (branch.type == NodeType::with) inner = value;
  if (branch.type == NodeType::range) {
    inner = value ? below(value, std::span(&any_entry, 1)) : value;
    // Those of the range are the entry, and its key.
    if (variables_.size() > mark) variables_.back().path = inner;
    if (variables_.size() > mark + 1) variables_[mark].path = std::nullopt;
  }
  walk_list(*branch.list, executed && traces_.was_executed(branch.list), inner);
  if (branch.else_list != nullptr) {
    walk_list(*branch.else_list, executed && traces_.was_executed(branch.else_list), dot);
  }
  variables_.resize(mark);
}

Path Walker::walk_pipe(const PipeNode& pipe, bool executed, const Path& dot) {
  check_stack("looking for reads of values");
  Path value;
  for (std::size_t i = 0; i < pipe.commands.size(); ++i) {
    const Path made = walk_command(*pipe.commands[i], executed, dot);
    // What is handed on stays what it is: `.Values.a | default dict`.
    if (i == 0) value = made;
  }
  for (const gotmpl::VariableNode* const declared : pipe.declarations)
    variables_.push_back({declared->names[0], value});
  return value;
}

Path Walker::walk_command(const CommandNode& command, bool executed, const Path& dot) {
  if (command.args[0]->type != NodeType::identifier) {
    const Path value = walk_operand(*command.args[0], executed, dot);
    for (const Node* const arg : command.args.subspan(1)) walk_operand(*arg, executed, dot);
    return value;
  }
  const std::string_view name = as<gotmpl::IdentifierNode>(*command.args[0]).name;
  if (const Path found = look_up(command, dot)) {
    note(found, {}, executed);
    return found;
  }
  if (name == "include" && !executed && command.args.size() > 1 && command.args[1]->type == NodeType::string) {
    called_.push_back(as<gotmpl::StringNode>(*command.args[1]).text.view());
  }
  const bool stops = name == "and" || name == "or";
  for (const Node* const arg : command.args.subspan(1)) {
    const Path path = path_of(*arg, dot);
    if (hands_on(name) && path && path->size() == 1 && path->front() == values_name) continue;
    walk_operand(*arg, executed && (!stops || traces_.was_executed(arg)), dot);
  }
  return std::nullopt;
}

/// `index .Values "a"`, `get .Values "a"`, `hasKey .Values "a"` as the field they look up.
Path Walker::look_up(const CommandNode& command, const Path& dot) const {
  const std::string_view name = as<gotmpl::IdentifierNode>(*command.args[0]).name;
  if (command.args.size() < 3 || (name != "index" && name != "get" && name != "hasKey")) return std::nullopt;
  Path path = path_of(*command.args[1], dot);
  for (const Node* const arg : command.args.subspan(2)) {
    if (!path || arg->type != NodeType::string) return std::nullopt;
    path->push_back(as<gotmpl::StringNode>(*arg).text.view());
  }
  return path;
}

Path Walker::walk_operand(const Node& node, bool executed, const Path& dot) {
  switch (node.type) {
    case NodeType::pipe: return walk_pipe(as<PipeNode>(node), executed, dot);
    case NodeType::chain: {
      const auto& chain = as<gotmpl::ChainNode>(node);
      const Path base = walk_operand(*chain.base, executed, dot);
      note(base, chain.names, executed);
      return below(base, chain.names);
    }
    case NodeType::field: note(dot, as<gotmpl::FieldNode>(node).names, executed); break;
    case NodeType::dot: note(dot, {}, executed); break;
    case NodeType::variable: {
      const auto& variable_node = as<gotmpl::VariableNode>(node);
      note(variable(variable_node.names[0]), variable_node.names.subspan(1), executed);
      break;
    }
    default: break;
  }
  return path_of(node, dot);
}

Path Walker::path_of(const Node& node, const Path& dot) const {
  switch (node.type) {
    case NodeType::dot: return dot;
    case NodeType::field: return below(dot, as<gotmpl::FieldNode>(node).names);
    case NodeType::variable: {
      const auto names = as<gotmpl::VariableNode>(node).names;
      return below(variable(names[0]), names.subspan(1));
    }
    default: return std::nullopt;
  }
}

const Path& Walker::variable(std::string_view name) const {
  static const Path unknown;
  const auto found =
      std::find_if(variables_.rbegin(), variables_.rend(), [&](const Variable& known) { return known.name == name; });
  return found == variables_.rend() ? unknown : found->path;
}

/// Whatever is called Values is the values: helpers get them in a dict, too.
Path Walker::below(const Path& base, std::span<const std::string_view> names) {
  const auto found = std::find(names.begin(), names.end(), values_name);
  if (found != names.end()) return std::vector<std::string_view>(found, names.end());
  if (!base) return std::nullopt;
  Path path = base;
  path->insert(path->end(), names.begin(), names.end());
  return path;
}

void Walker::note(const Path& base, std::span<const std::string_view> names, bool executed) {
  const Path path = below(base, names);
  if (!path) {
    if (names.empty() || is_other_object(names[0])) return;
    auto& noted = executed ? reads_.names_executed : reads_.names;
    noted.insert(names.begin(), names.end());
    return;
  }
  if (path->empty() || path->front() != values_name) return;
  // What was executed for one entry of a range was not for all of them.
  if (executed && std::find(path->begin(), path->end(), any_entry) == path->end()) return;
  for (const Scope* const scope : scopes_) {
    if (scope->values != nullptr) note_value(scope->root, std::span<const std::string_view>(*path).subspan(1));
  }
}

void Walker::note_value(const Value& value, std::span<const std::string_view> names) {
  if (names.empty()) return reads_.values.push_back(&value);
  if (names[0] == any_entry && value.is_list()) {
    for (const Value& item : value.as_list()) note_value(item, names.subspan(1));
  } else if (value.is_map() && value.as_map() != nullptr) {
    // What it would have is looked for.
    if (value.as_map()->entries().empty()) reads_.values.push_back(&value);
    for (const Map::Entry& entry : value.as_map()->entries()) {
      if (names[0] == any_entry || names[0] == entry.key) note_value(entry.value, names.subspan(1));
    }
  }
}

}  // namespace

namespace {

/// The templates of a rendering, by name.
class Templates {
 public:
  Templates(const Rendering::Traced& traced, const Scopes& scopes) : traces_(traced.engine->traces()) {
    for (const Scope& scope : scopes.all()) all_.push_back(&scope);
    const auto& files = traced.engine->parsed_files();
    for (std::size_t i = 0; i < files.size(); ++i) add(*files[i], own_scopes(traced.templates[i]));
    for (const gotmpl::ParsedFile* const text : traced.engine->parsed_texts()) add(*text, all_);
  }

  /// From what was executed to what would be called there.
  StaticReads walk() {
    StaticReads reads;
    std::vector<std::string_view> called;
    for (Entry& entry : entries_) {
      if (traces_.was_executed(entry.tree)) walk(entry, reads, called);
    }
    while (!called.empty()) {
      const auto [begin, end] = by_name_.equal_range(called.back());
      called.pop_back();
      std::vector<std::size_t> found;
      for (auto at = begin; at != end; ++at) found.push_back(at->second);
      for (const std::size_t i : found) walk(entries_[i], reads, called);
    }
    return reads;
  }

 private:
  struct Entry {
    const gotmpl::Tree* tree;
    std::vector<const Scope*> scopes;
    bool done = false;
  };

  void add(const gotmpl::ParsedFile& file, const std::vector<const Scope*>& own) {
    for (const gotmpl::Tree* const tree : file.trees()) {
      by_name_.emplace(tree->name, entries_.size());
      // A helper may be called from any chart.
      entries_.push_back({tree, tree->kind == gotmpl::TreeKind::file ? own : all_});
    }
  }

  std::vector<const Scope*> own_scopes(const Renderable& renderable) const {
    std::vector<const Scope*> own;
    const Value* const values = renderable.values.as_map()->find(values_name);
    for (const Scope* const scope : all_) {
      if (values != nullptr && values->as_map() == scope->values) own.push_back(scope);
    }
    return own;
  }

  void walk(Entry& entry, StaticReads& reads, std::vector<std::string_view>& called) const {
    if (std::exchange(entry.done, true)) return;
    Walker(traces_, entry.scopes, reads, called).walk(*entry.tree);
  }

  const gotmpl::TraceTable& traces_;
  std::vector<const Scope*> all_;
  std::vector<Entry> entries_;
  std::unordered_multimap<std::string_view, std::size_t> by_name_;
};

}  // namespace

StaticReads static_reads(const Rendering& rendering, const Scopes& scopes) {
  return Templates(*rendering.traced(), scopes).walk();
}

}  // namespace rhumb::render
