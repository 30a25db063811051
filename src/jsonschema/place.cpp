#include "jsonschema/place.h"

#include <algorithm>
#include <functional>

#include "jsonschema/address.h"
#include "jsonschema/failure.h"
#include "rhumb/base/quote.h"
#include "rhumb/value/go_number.h"

namespace rhumb::jsonschema {
namespace {

const Node* member_or_item(const Node& node, const std::string& token) {
  if (node.is_object()) return node.find(token);
  if (!node.is(NodeKind::array)) return nullptr;
  const auto index = atoi(token);
  if (!index || index.value < 0 || static_cast<std::uint64_t>(index.value) >= node.items.size()) return nullptr;
  return &node.items[static_cast<std::size_t>(index.value)];
}

/// What is known of the parent tells what stands here.
void look_up_below(Place& place) {
  place.look_up = place.parent->look_up;
  if (place.look_up != LookUp::found) return;
  std::string token;
  if (!unescape_token(place.token, token)) {
    place.look_up = LookUp::bad_pointer;
    return;
  }
  place.node = member_or_item(*place.parent->node, token);
  if (place.node == nullptr) place.look_up = LookUp::missing;
}

}  // namespace

std::size_t Root::StepHash::operator()(const Step& step) const {
  return std::hash<std::string_view>()(step.token) ^ (std::hash<const Place*>()(step.parent) * 0x9E3779B97F4A7C15U);
}

Root::Root(std::string address, const Node& document) : url(std::move(address)) {
  top = &places_.emplace_back();
  top->root = this;
  top->node = &document;
  top->look_up = LookUp::found;
}

Place& Root::child(Place& parent, std::string_view token) {
  const auto known = children_.find({&parent, token});
  if (known != children_.end()) return *known->second;
  Place& made = places_.emplace_back();
  made.root = this;
  made.parent = &parent;
  made.token = token;
  children_.emplace(Step{&parent, made.token}, &made);
  return made;
}

const Place* Root::find_child(const Place& parent, std::string_view token) const {
  const auto known = children_.find({&parent, token});
  return known == children_.end() ? nullptr : known->second;
}

Place& Root::follow(Place& from, std::string_view pointer) {
  Place* at = &from;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    at = &child(*at, pointer.substr(0, end));
    pointer.remove_prefix(end);
  }
  return *at;
}

Resource& Root::resource_of(const Place& place) const {
  if (!is_one_resource()) {
    for (const Place* at = &place; at != nullptr; at = at->parent) {
      if (at->resource != nullptr) return *at->resource;
    }
  }
  return *top->resource;
}

Resource* Root::resource_called(std::string_view id) const {
  const auto known = resources_by_id_.find(id);
  return known == resources_by_id_.end() ? nullptr : known->second;
}

Resource& Root::add_resource(Place& place, std::string id, Dialect dialect) {
  Resource& made = resources_.emplace_back();
  made.place = &place;
  made.id = std::move(id);
  made.dialect = std::move(dialect);
  place.resource = &made;
  resources_by_id_.emplace(made.id, &made);
  return made;
}

const Node& Root::look_up(Place& place) {
  std::vector<Place*> unknown;
  for (Place* at = &place; at->look_up == LookUp::not_yet; at = at->parent) unknown.push_back(at);
  for (std::size_t i = unknown.size(); i-- > 0;) look_up_below(*unknown[i]);
  if (place.look_up == LookUp::missing) {
    throw Failure{"json-pointer in " + strings::quoted(location(place)) + " not found"};
  }
  if (place.look_up == LookUp::bad_pointer) {
    throw Failure{"invalid json-pointer " + strings::quoted(location(place))};
  }
  return *place.node;
}

std::string pointer_text(const Place& place) {
  std::vector<std::string_view> tokens;
  for (const Place* at = &place; at->parent != nullptr; at = at->parent) tokens.push_back(at->token);
  std::string out;
  for (std::size_t i = tokens.size(); i-- > 0;) out.append("/").append(tokens[i]);
  return out;
}

std::string location(const Place& place) { return place.root->url + "#" + encode_fragment(pointer_text(place)); }

}  // namespace rhumb::jsonschema
