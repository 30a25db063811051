// Which keys of the values stand behind the fields of a map of the output.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lint/context.h"

namespace rhumb::lint {

/// The layer's path from the root of the whole chart's values: that of a sub-chart's own file begins with its name.
std::string path_in_chart(const Run& run, const render::ValueLayer& layer);

/// Where a values file gives the key null, which takes it out of the values; a path as of path_in_chart.
std::optional<render::ValueLayer> removed_key(const Run& run, const std::string& path);

/// Of one object of a traced rendering.
class ValueFields {
 public:
  ValueFields(const Run& run, const Sources& sources, const Object& object)
      : run_(run), sources_(sources), object_(object) {}

  /// The map of the values whose entries the template writes into this map as they are: of `toYaml .Values.x`, among
  /// other keys or alone. Another key in it would be written as well. None where several maps are, or nothing is.
  /// `whole`: other keys do not count as none.
  std::optional<render::ValueLayer> map_behind(Node map, bool whole) const;
  /// The key, from the root of the whole chart's values, that holds the scalar just as it is written.
  std::optional<std::string> key_of(Node scalar) const;
  /// The key of that field: of one that is there as key_of, else where it would stand in the map of the values.
  std::optional<std::string> key_in(Node map, std::string_view field) const;

 private:
  std::optional<render::ValueLayer> entry_behind(const yaml::TreeNode& child) const;
  render::ValueLayer map_around(const render::ValueLayer& entry) const;

  const Run& run_;
  const Sources& sources_;
  const Object& object_;
};

}  // namespace rhumb::lint
