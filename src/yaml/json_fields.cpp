#include "json_fields.h"

namespace rhumb::yaml {
namespace {

// What omitempty takes for empty: never a struct.
bool is_empty(const Value& value) {
  switch (value.rep()) {
    case Rep::structure: return false;
    case Rep::complex: return false;
    default: return !is_true(value);
  }
}

}  // namespace

std::vector<JsonField> json_fields(const Structure& structure) {
  std::vector<JsonField> fields;
  const StructureType& type = *structure.type;
  for (std::size_t i = 0; i < type.json_names.size() && structure.fields != nullptr; ++i) {
    const std::string_view name = type.json_names[i].substr(0, type.json_names[i].find(','));
    if (name.empty()) continue;
    const bool omit_empty = type.json_names[i].ends_with(",omitempty");
    if (omit_empty && is_empty(structure.fields[i])) continue;
    fields.push_back({name, &structure.fields[i]});
  }
  return fields;
}

}  // namespace rhumb::yaml
