#include "jsonschema/roots.h"

#include <algorithm>

#include "jsonschema/failure.h"
#include "jsonschema/messages.h"
#include "jsonschema/metaschemas.h"
#include "jsonschema/plain_schema.h"
#include "jsonschema/validator.h"
#include "rhumb/base/quote.h"
#include "rhumb/base/stack.h"

namespace rhumb::jsonschema {
namespace {

using strings::quoted;

bool is_official(std::string_view url) {
  return url.starts_with("http://json-schema.org/") || url.starts_with("https://json-schema.org/");
}

/// As resolveFragmentIn.
Place& resolve_in(const Address& address, Resource& resource) {
  Root& root = *resource.place->root;
  if (address.has_pointer()) return root.follow(*resource.place, address.fragment);
  const auto anchor = resource.anchors.find(address.fragment);
  if (anchor != resource.anchors.end()) return *anchor->second;
  throw Failure{"anchor in " + quoted(resource.id + "#" + encode_fragment(address.fragment)) + " not found in schema " +
                quoted(root.url)};
}

void add_anchor(Place& place, Resource& resource, const std::string& anchor) {
  const auto [known, is_new] = resource.anchors.emplace(anchor, &place);
  if (is_new || known->second == &place) return;
  throw Failure{"duplicate anchor " + quoted(anchor) + " in " + quoted(place.root->url) + " at " +
                quoted(pointer_text(*known->second)) + " and " + quoted(pointer_text(place))};
}

/// In the older drafts the fragment of the name.
void collect_old_anchor(Place& place, const Node& object, Resource& resource) {
  if (object.find("$ref") != nullptr) return;
  const Node* const id = object.find(resource.dialect.draft->id, NodeKind::string);
  if (id == nullptr) return;
  Address address;
  std::string error;
  if (!decode_fragment(split_fragment(id->text).second, address.fragment, error)) {
    throw Failure{"error in parsing anchor at " + quoted(location(place))};
  }
  if (!address.has_pointer()) add_anchor(place, resource, address.fragment);
}

void collect_anchors(Place& place, const Node& schema, Resource& resource) {
  if (!schema.is_object()) return;
  const int version = resource.dialect.draft->version;
  if (version < 2019) return collect_old_anchor(place, schema, resource);
  if (const Node* const anchor = schema.find("$anchor", NodeKind::string)) {
    add_anchor(place, resource, std::string(anchor->text));
  }
  if (version < 2020) return;
  if (const Node* const anchor = schema.find("$dynamicAnchor", NodeKind::string)) {
    add_anchor(place, resource, std::string(anchor->text));
    resource.dynamic_anchors.emplace_back(anchor->text);
  }
}

}  // namespace

Root& Roots::root(const std::string& url) {
  const auto known = roots_.find(url);
  return known != roots_.end() ? *known->second : add(url, loader_.load(url));
}

Root& Roots::add(const std::string& url, const Node& document) {
  auto made = std::make_unique<Root>(url, document);
  collect(*made->top, document, url, {&latest_draft(), std::nullopt});
  if (!is_official(url)) validate(*made->top, document);
  return *roots_.emplace(url, std::move(made)).first->second;
}

Place& Roots::resolve(const Address& address) { return resolve_in(address, *root(address.url).top->resource); }

Place& Roots::resolve(const Address& address, Root& from) {
  Resource* const own = address.url == from.url ? from.top->resource : from.resource_called(address.url);
  return own != nullptr ? resolve_in(address, *own) : resolve(address);
}

void Roots::ensure_schema(Place& place) {
  if (place.collected) return;
  Root& root = *place.root;
  const Node& schema = root.look_up(place);
  const Resource& outer = root.resource_of(place);
  collect(place, schema, outer.id, outer.dialect);
  if (place.resource == nullptr) collect_anchors(place, schema, root.resource_of(place));
  validate(place, schema);
}

void Roots::collect(Place& place, const Node& schema, const std::string& base, const Dialect& fallback) {
  if (place.collected) return;
  check_stack("reading a JSON schema");
  if (schema.is_object()) {
    collect_object(place, schema, base, fallback);
  } else if (place.parent == nullptr) {
    place.root->add_resource(place, base, fallback);
  }
  place.collected = true;
}

/// As _collectResources.
void Roots::collect_object(Place& place, const Node& object, std::string base, const Dialect& fallback) {
  Root& root = *place.root;
  const bool is_top = place.parent == nullptr;
  const Draft* own = nullptr;
  std::string_view id;
  if (object.find("$schema", NodeKind::string) != nullptr) {
    own = &loader_.draft_of(object, *fallback.draft, place);
    id = id_of(*own, object);
  }
  if (own == nullptr || (id.empty() && !is_top)) {
    own = nullptr;  // "$schema" counts for what has a name
    id = id_of(*fallback.draft, object);
  }
  if (!id.empty()) {
    try {
      base = join(base, id).url;
    } catch (const Failure&) {
      throw Failure{"error in parsing id at " + quoted(location(place))};
    }
  }
  if (!id.empty() || is_top) name_resource(place, object, base, own, fallback);
  Resource* const resource = root.resource_called(base);
  if (resource == nullptr) throw Panic{"baseres is nil"};
  collect_anchors(place, object, *resource);
  collect_nested(place, object, own != nullptr ? *own : *fallback.draft, *resource);
}

void Roots::name_resource(Place& place, const Node& object, const std::string& id, const Draft* own,
                          const Dialect& fallback) {
  Root& root = *place.root;
  if (const Resource* const known = root.resource_called(id)) {
    if (known->place == &place) return;
    throw Failure{"duplicate id " + quoted(id) + " in " + quoted(root.url) + " at " + quoted(pointer_text(place)) +
                  " and " + quoted(pointer_text(*known->place))};
  }
  Dialect dialect = fallback;
  if (own != nullptr) dialect = {own, loader_.vocabularies_of(object, *own)};
  root.add_resource(place, id, std::move(dialect));
}

void Roots::collect_nested(Place& place, const Node& object, const Draft& draft, const Resource& resource) {
  Root& root = *place.root;
  const auto collect_at = [&](Place& parent, std::string_view token, const Node& schema) {
    collect(root.child(parent, token), schema, resource.id, resource.dialect);
  };
  for (const Nesting& nesting : nestings()) {
    const Node* const value = nesting.since <= draft.version ? object.find(nesting.keyword) : nullptr;
    if (value == nullptr) continue;
    Place& held = root.child(place, nesting.keyword);
    if (nesting.nest == Nest::itself) {
      collect(held, *value, resource.id, resource.dialect);
    } else if (nesting.nest == Nest::members && value->is_object()) {
      for (const Member& member : value->members) collect_at(held, escape_token(member.key), member.value);
    } else if (nesting.nest == Nest::items && value->is(NodeKind::array)) {
      for (std::size_t i = 0; i < value->items.size(); ++i) collect_at(held, std::to_string(i), value->items[i]);
    }
  }
}

void Roots::validate(Place& place, const Node& schema) {
  const Dialect& dialect = place.root->resource_of(place).dialect;
  Effort effort(limits_.steps);
  const bool is_plain = !dialect.vocabularies && is_plainly_valid(schema, dialect.draft->version, patterns_, effort);
#ifndef RHUMB_STRESS  // there the metaschema has its say about every schema
  if (is_plain) return;
#endif
  std::deque<Schema> made;
  Validator validator(limits_, patterns_);
  const ValidationError* const error = validator.check_schema(schema, dialect_schema(dialect, made), *place.root);
  if (error == nullptr) return;
  if (is_plain) throw Panic{"a schema was taken for plainly valid"};
  throw Failure{quoted(location(place)) + " is not valid against metaschema: " + display(*error)};
}

}  // namespace rhumb::jsonschema
