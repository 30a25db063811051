// Documents by their URL: the schema itself, the metaschemas, files. Never the network.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jsonschema/place.h"
#include "rhumb/base/arena.h"
#include "rhumb/jsonschema/jsonschema.h"

namespace rhumb::jsonschema {

class Loader {
 public:
  /// Without a context there are the metaschemas only.
  Loader(const Context* context, Arena& arena) : context_(context), arena_(arena) {}

  void add(const std::string& url, const Node& document) { documents_.emplace(url, &document); }
  /// Throws Failure, `failing loading "URL": ...`.
  const Node& load(const std::string& url);

  /// The draft that the "$schema" of the schema at a place asks for, over the metaschemas on the way.
  const Draft& draft_of(const Node& schema, const Draft& fallback, const Place& place);
  /// As getMetaVocabs.
  std::optional<std::vector<std::string_view>> vocabularies_of(const Node& schema, const Draft& draft);

 private:
  const Node& load_elsewhere(const std::string& url);
  std::string read_file(const std::string& path) const;

  const Context* context_;
  Arena& arena_;
  std::map<std::string, const Node*> documents_;
};

}  // namespace rhumb::jsonschema
