// References between schemas: $ref, $recursiveRef, $dynamicRef, and the metaschemas of embedded resources.
#include <algorithm>

#include "jsonschema/address.h"
#include "jsonschema/failure.h"
#include "jsonschema/metaschemas.h"
#include "jsonschema/place.h"
#include "jsonschema/validator.h"

namespace rhumb::jsonschema {
namespace {

/// As kwLoc: the way from the outermost schema in keywords.
template <typename Scope>
std::string keyword_location(const Scope* scope) {
  std::string out;
  for (; scope->parent != nullptr; scope = scope->parent) {
    if (!scope->reference.empty()) {
      out = "/" + escape_token(scope->reference) + out;
      continue;
    }
    const std::string own = location(*scope->schema);
    const std::size_t size = location(*scope->parent->schema).size();
    if (size > own.size()) {
      throw Panic{"runtime error: slice bounds out of range [" + std::to_string(size) + ":" +
                  std::to_string(own.size()) + "]"};
    }
    out = own.substr(size) + out;
  }
  return out;
}

}  // namespace

const ValidationError* Validator::reference_cycle(const Frame& frame) {
  const Scope* const own = frame.scope;
  for (const Scope* at = own->parent; at != nullptr && at->value_id == own->value_id; at = at->parent) {
    effort_.step();
    if (at->schema != own->schema) continue;
    ValidationError& made = error(frame, Problem::reference_cycle);
    made.texts = {keyword_location(own), keyword_location(at)};
    return &made;
  }
  return nullptr;
}

const ValidationError* Validator::validate_reference(Frame& frame, const Schema& schema, std::string_view keyword) {
  const ValidationError* const found = validate_here(frame, schema, keyword);
  if (found == nullptr) return nullptr;
  ValidationError& made = error(frame, Problem::reference);
  if (frame.only_yes_or_no) return &made;
  if (found->problem == Problem::group)
    made.causes = found->causes;
  else
    made.causes = {found};
  return &made;
}

void Validator::references(Frame& frame) {
  if (const Schema* schema = frame.schema->recursive_ref) {
    if (schema->recursive_anchor) schema = &resolve_recursive_anchor(*schema);
    add(frame, validate_reference(frame, *schema, "$recursiveRef"));
  }
  if (const Schema* schema = frame.schema->dynamic_ref) {
    const std::string& anchor = frame.schema->dynamic_ref_anchor;
    if (!anchor.empty() && schema->dynamic_anchor == anchor) schema = &resolve_dynamic_anchor(anchor, *schema);
    add(frame, validate_reference(frame, *schema, "$dynamicRef"));
  }
}

/// The outermost wins.
const Schema& Validator::resolve_recursive_anchor(const Schema& fallback) const {
  for (const Schema* schema : entered_) {
    if (schema->resource->recursive_anchor) return *schema;
  }
  return fallback;
}

const Schema& Validator::resolve_dynamic_anchor(std::string_view name, const Schema& fallback) const {
  for (const Schema* schema : entered_) {
    for (const NamedSchema& anchor : schema->resource->dynamic_anchors) {
      if (anchor.name == name) return *anchor.schema;
    }
  }
  return fallback;
}

/// The resource that stands where the value does, in a schema under its metaschema.
const Resource* Validator::meta_resource(const Frame& frame, const Schema& schema) const {
  if (&schema != frame.meta || root_ == nullptr) return nullptr;
  const Place* place = root_->top;
  // Without embedded resources only the top is one.
  if (frame.path.size > 0 && root_->is_one_resource()) return nullptr;
  for (std::size_t i = 0; i < frame.path.size && place != nullptr; ++i) {
    const Token& token = frame.path.steps->tokens[i];
    place = root_->find_child(*place, token.is_index ? std::to_string(token.index) : escape_token(token.key));
  }
  return place == nullptr ? nullptr : place->resource;
}

/// As handleMeta.
void Validator::enter_resource(Frame& frame) {
  const Resource* const resource = meta_resource(frame, *frame.schema);
  if (resource == nullptr) return;
  frame.meta = &dialect_schema(resource->dialect, made_);
  frame.schema = frame.meta;
}

}  // namespace rhumb::jsonschema
