// What has to be set so that a part of a template is written which the values left out.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rhumb/gotmpl/trace.h"
#include "rhumb/value/value.h"

namespace rhumb::render {

/// A piece of a left out branch that would print a map of the values.
struct MapPrint {
  const gotmpl::ActionNode* action = nullptr;
  /// The value holds the keys already; else it may, once it is set.
  bool holds = false;
  /// What is empty or false and has to be set, all of it.
  std::vector<gotmpl::ConditionRead> switches;
};

/// The value that a condition reads; null where there is none.
const Value* value_of(const gotmpl::ConditionRead& read);

/// The values that a condition reads from, told by what it calls them; null for none.
const Map* values_of(std::span<const gotmpl::ConditionRead> reads);

/// Looks for the pieces of a slot that would print a map in which the keys are, or may be.
class MapPrints {
 public:
  /// `slot` must be one. `below`: the line "below:" whose map is looked at; empty for the branch as a whole.
  MapPrints(const gotmpl::Site& slot, std::string_view below, std::span<const std::string_view> keys);

  /// The surest one, which has a switch: one that holds the keys, with the fewest switches. Null for none.
  const MapPrint* best() const;

 private:
  using Reads = std::vector<gotmpl::ConditionRead>;
  struct Variable {
    std::string_view name;
    Reads reads;
  };

  void walk(const gotmpl::ListNode* list);
  void look_at(const gotmpl::ActionNode& action);
  void keep(const gotmpl::ActionNode& action, const gotmpl::ConditionRead& read);
  void take_line(std::string_view text);
  void take_print();
  bool begins_map(const gotmpl::ActionNode& action) const;
  void collect(const gotmpl::Node& node, Reads& reads) const;
  std::optional<gotmpl::ConditionRead> read_of(const gotmpl::Node& node) const;
  bool reads_map(const gotmpl::Node& node, const gotmpl::ConditionRead& wanted) const;
  Reads switches_for(const gotmpl::ConditionRead& read) const;
  void add_blockers(const gotmpl::Node& node, const gotmpl::ConditionRead& wanted, Reads& blockers) const;
  void add_blockers(const gotmpl::CommandNode& command, const gotmpl::ConditionRead& wanted, Reads& blockers) const;

  std::string_view below_;
  std::span<const std::string_view> keys_;
  const Map* values_ = nullptr;
  std::vector<const gotmpl::BranchNode*> around_;  // the slot's own first
  std::vector<Variable> variables_;
  std::string_view before_;  // the last line of literal text, unless something was printed since
  bool starts_line_ = true;
  std::vector<MapPrint> found_;
};

}  // namespace rhumb::render
