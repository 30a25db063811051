#include "jsonschema/schema.h"

#include <algorithm>
#include <array>

#include "jsonschema/place.h"

namespace rhumb::jsonschema {
namespace {

constexpr std::array<std::string_view, 7> names = {"null", "boolean", "number", "integer", "string", "array", "object"};

/// The order of a table: lengths are faster to compare than texts.
bool is_before(std::string_view a, std::string_view b) { return a.size() != b.size() ? a.size() < b.size() : a < b; }

}  // namespace

Types type_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::null: return null_type;
    case NodeKind::boolean: return boolean_type;
    case NodeKind::number: return number_type;
    case NodeKind::string: return string_type;
    case NodeKind::array: return array_type;
    case NodeKind::object: return object_type;
    default: return 0;
  }
}

Types type_called(std::string_view name) {
  const auto* const at = std::find(names.begin(), names.end(), name);
  return at == names.end() ? Types{0} : static_cast<Types>(1U << (at - names.begin()));
}

std::string type_names(Types types, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if ((types >> i & 1U) == 0) continue;
    if (!out.empty()) out += separator;
    out += names[i];
  }
  return out;
}

SchemaTable::SchemaTable(std::vector<NamedSchema> schemas) : schemas_(std::move(schemas)) {
  std::sort(schemas_.begin(), schemas_.end(),
            [](const NamedSchema& a, const NamedSchema& b) { return is_before(a.name, b.name); });
}

const Schema* SchemaTable::find(std::string_view name) const {
  const auto at = std::lower_bound(schemas_.begin(), schemas_.end(), name,
                                   [](const NamedSchema& a, std::string_view b) { return is_before(a.name, b); });
  return at != schemas_.end() && at->name == name ? at->schema : nullptr;
}

std::string location(const Schema& schema) {
  return schema.place == nullptr ? "urn:mem:metaschema" : location(*schema.place);
}

}  // namespace rhumb::jsonschema
