// The documents that take part, each with its resources and anchors, checked against their metaschema.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "jsonschema/address.h"
#include "jsonschema/loader.h"
#include "jsonschema/pattern.h"
#include "jsonschema/place.h"

namespace rhumb::jsonschema {

class Roots {
 public:
  Roots(Loader& loader, Patterns& patterns, const Limits& limits)
      : loader_(loader), patterns_(patterns), limits_(limits) {}

  /// The document, loaded if it is not there yet. Everything here throws Failure.
  Root& root(const std::string& url);
  /// The place of an address, which may lie in another document.
  Place& resolve(const Address& address);
  /// The same as seen from a document, whose resources come first.
  Place& resolve(const Address& address, Root& from);
  /// For a place that no keyword makes a schema: it is checked, and its anchors are collected.
  void ensure_schema(Place& place);

 private:
  Root& add(const std::string& url, const Node& document);
  void collect(Place& place, const Node& schema, const std::string& base, const Dialect& fallback);
  void collect_object(Place& place, const Node& object, std::string base, const Dialect& fallback);
  void collect_nested(Place& place, const Node& object, const Draft& draft, const Resource& resource);
  void name_resource(Place& place, const Node& object, const std::string& id, const Draft* own,
                     const Dialect& fallback);
  void validate(Place& place, const Node& schema);

  Loader& loader_;
  Patterns& patterns_;
  const Limits& limits_;
  std::unordered_map<std::string, std::unique_ptr<Root>> roots_;
};

}  // namespace rhumb::jsonschema
