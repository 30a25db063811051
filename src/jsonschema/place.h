// The places of a document that schemas stand at or refer to: a tree of JSON pointers, so that a place is known by its
// address in memory and a pointer of ten thousand tokens takes no more than its last token.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "jsonschema/draft.h"

namespace rhumb::jsonschema {

struct Place;
struct Root;
struct Schema;

/// A schema with a name of its own, or the whole document.
struct Resource {
  Place* place = nullptr;
  std::string id;
  Dialect dialect;
  std::map<std::string, Place*, std::less<>> anchors;
  std::vector<std::string> dynamic_anchors;
};

enum class LookUp : std::uint8_t { not_yet, found, missing, bad_pointer };

struct Place {
  Root* root = nullptr;
  Place* parent = nullptr;
  std::string token;  // as it stands in the pointer
  const Node* node = nullptr;
  LookUp look_up = LookUp::not_yet;
  bool collected = false;  // anchors and resources below are known
  Resource* resource = nullptr;
  Schema* schema = nullptr;
};

/// A document with what is known of it.
struct Root {
  Root(std::string address, const Node& document);
  Root(const Root&) = delete;
  Root& operator=(const Root&) = delete;

  /// The place one token further; made when there is none yet.
  Place& child(Place& parent, std::string_view token);
  /// The same without making it.
  const Place* find_child(const Place& parent, std::string_view token) const;
  /// The place a pointer further ("" or "/a/b").
  Place& follow(Place& from, std::string_view pointer);
  /// Whether the document has no named schemas.
  bool is_one_resource() const { return resources_.size() == 1; }
  /// The resource that the place lies in.
  Resource& resource_of(const Place& place) const;
  Resource* resource_called(std::string_view id) const;
  Resource& add_resource(Place& place, std::string id, Dialect dialect);
  /// What stands there. Throws Failure.
  const Node& look_up(Place& place);

  std::string url;
  Place* top = nullptr;

 private:
  struct Step {
    const Place* parent;
    std::string_view token;
    bool operator==(const Step&) const = default;
  };
  struct StepHash {
    std::size_t operator()(const Step& step) const;
  };

  std::deque<Place> places_;
  std::deque<Resource> resources_;
  std::unordered_map<std::string_view, Resource*> resources_by_id_;
  std::unordered_map<Step, Place*, StepHash> children_;
};

/// "/a/b"
std::string pointer_text(const Place& place);
/// "file:///values.schema.json#/a/b", with escapes.
std::string location(const Place& place);

}  // namespace rhumb::jsonschema
