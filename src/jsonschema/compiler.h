// From places to schemas: every schema that can be reached is compiled once, in the order of a queue.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "jsonschema/roots.h"
#include "jsonschema/schema.h"

namespace rhumb::jsonschema {

class Compiler {
 public:
  /// `context` is null for the metaschemas, which assert formats.
  Compiler(const Context* context, const Limits& limits, Arena& arena)
      : loader_(context, arena), patterns_(limits), roots_(loader_, patterns_, limits), is_meta_(context == nullptr) {}

  Loader& loader() { return loader_; }
  Patterns& patterns() { return patterns_; }
  /// Throws Failure.
  const Schema& compile(const std::string& url);

 private:
  friend class KeywordCompiler;
  Schema& enqueue(Place& place);
  /// join() of a base with a fragment alone, the usual "$ref".
  Address within(const std::string& base, std::string_view fragment);
  void compile_place(Schema& schema, Place& place);

  Loader loader_;
  Patterns patterns_;
  Roots roots_;
  bool is_meta_;
  std::deque<Schema> schemas_;
  std::deque<Place*> queue_;
  std::unordered_map<std::string, std::string> bases_;  // as join() leaves them
};

}  // namespace rhumb::jsonschema
