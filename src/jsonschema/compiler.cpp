#include "jsonschema/compiler.h"

#include <algorithm>

#include "jsonschema/keyword_compiler.h"

namespace rhumb::jsonschema {
namespace {

/// What the keywords evaluate whatever the value, for unevaluatedItems and unevaluatedProperties.
void note_evaluated(Schema& schema) {
  schema.all_members_evaluated = schema.additional_properties.kind != Additional::Kind::absent;
  if (schema.draft >= 2020) {
    schema.all_items_evaluated = schema.items_2020 != nullptr;
    schema.items_evaluated = schema.prefix_items.size();
    return;
  }
  schema.all_items_evaluated = schema.additional_items.kind != Additional::Kind::absent || schema.items != nullptr;
  if (schema.item_list) schema.items_evaluated = schema.item_list->size();
}

}  // namespace

Address Compiler::within(const std::string& base, std::string_view fragment) {
  auto known = bases_.find(base);
  if (known == bases_.end()) known = bases_.emplace(base, join(base, "").url).first;
  Address out = split_reference(fragment);
  out.url = known->second;
  return out;
}

Schema& Compiler::enqueue(Place& place) {
  if (place.schema == nullptr) {
    place.schema = &schemas_.emplace_back();
    place.schema->place = &place;
    queue_.push_back(&place);
  }
  return *place.schema;
}

const Schema& Compiler::compile(const std::string& url) {
  Schema& schema = enqueue(roots_.resolve({url, {}}));
  while (!queue_.empty()) {
    Place& place = *queue_.front();
    queue_.pop_front();
    roots_.ensure_schema(place);
    compile_place(*place.schema, place);
  }
  return schema;
}

void Compiler::compile_place(Schema& schema, Place& place) {
  Root& root = *place.root;
  const Node& node = root.look_up(place);
  Resource& resource = root.resource_of(place);
  schema.draft = resource.dialect.draft->version;
  schema.resource = &enqueue(*resource.place);
  if (schema.draft >= 2020 && schema.resource == &schema) {
    for (const auto& [anchor, at] : resource.anchors) {
      const auto& dynamic = resource.dynamic_anchors;
      if (std::find(dynamic.begin(), dynamic.end(), anchor) == dynamic.end()) continue;
      schema.dynamic_anchors.push_back({anchor, &enqueue(*at)});
    }
  }
  if (node.is(NodeKind::boolean)) schema.boolean = node.boolean;
  if (node.is_object()) {
    if (node.members.empty())
      schema.boolean = true;
    else
      KeywordCompiler(*this, node, place, resource, schema).run();
  }
  note_evaluated(schema);
}

}  // namespace rhumb::jsonschema
