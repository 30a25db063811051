// What a release was meant to have: whether a name that leads to nothing is a fault, or leads out of the release.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/context.h"

namespace rhumb::lint {

struct MissingTarget {
  std::string_view group;
  std::string_view kind;
  std::string_view namespace_;
  std::string_view name;
};

/// Why an object that the release lacks should be in it; none where it may live elsewhere. `named_in` is the object
/// that names it, in the scalar `node`.
///
/// The world is closed; the release has an object of the kind whose name is a slip of the pen away and that nothing
/// else needs; it has a workload of that very name; or the templates made the name out of the release's or a
/// workload's. A name that stands as it is in the values was chosen by somebody who knows more, and a custom resource
/// of which the name is made may bring the object.
std::optional<std::string> missed_because(const Context& context, const MissingTarget& target, const Object& named_in,
                                          Node node);

/// Whether a custom resource may make objects or pods of its own that the release does not show.
bool may_make_objects(const Object& object);

/// Whether the scalar is a value of the values files or of --set, as it is.
bool is_verbatim_value(const Context& context, const Object& object, Node node);

}  // namespace rhumb::lint
