// Objects that templates would have written if the values had not left them out, and which workload they belong to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// The folder of the chart that a template belongs to: "shop/charts/db" of "shop/charts/db/templates/primary/svc.yaml".
std::string_view chart_folder(std::string_view file);

/// A key of the values, from the root of the whole chart, that is false now.
struct Switch {
  std::string key;
  render::ValueCause cause;
};

/// The switches among the values that keep a part of a template out.
std::vector<Switch> switches_of(const Run& run, const render::Slot& slot);

/// The map that a key of the values stands in, in whichever file holds it first; null for none.
Node map_around(const Run& run, std::string_view key);

/// How sure it is that an object which a switch leaves out is made for a workload of the same chart: 0 for not at all.
/// `own`: the steps of the key that name no component, from behind: "enabled", "metrics". What is left, but for the
/// scope of a sub-chart, has to name the workload, or the template has to lie in the workload's own folder.
int kinship(const Run& run, const Workload& workload, const render::LeftOutObject& object, std::string_view key,
            std::size_t own);

/// Objects of one kind that a switch of the values leaves out.
class SwitchedOff {
 public:
  SwitchedOff(const Run& run, std::string_view kind);

  /// The one that is made for the workload; the only key of its slot is the switch. None where two may be.
  std::optional<render::LeftOutObject> find(const Workload& workload) const;
  const std::vector<render::LeftOutObject>& all() const { return all_; }

 private:
  const Run& run_;
  std::vector<render::LeftOutObject> all_;
};

/// The boolean of the values that alone decides that the node is written, where the rest of its object is written
/// whatever it says: of "if .allowAll" around a rule its only key. None for what is written always, or decided by more.
std::optional<render::Slot> switch_around(const Run& run, const Object& object, Node node);

}  // namespace rhumb::lint
