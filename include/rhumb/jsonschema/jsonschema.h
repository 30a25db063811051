// JSON Schema of the drafts that Helm takes (4, 6, 7, 2019-09, 2020-12) over Values, with the messages of the library
// that Helm 4.3.1 uses (santhosh-tekuri/jsonschema 6.0.3). Serves values.schema.json.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "rhumb/base/file_system.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/log.h"
#include "rhumb/value/value.h"

namespace rhumb::jsonschema {

/// Values as a schema sees them. Made on the thread that the values belong to, which may change them after that; then
/// any thread may look, until the values' heap goes.
class Instance {
 public:
  Instance(const Value& values, const Limits& limits);
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  ~Instance();

  struct State;
  const State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

struct Context {
  /// For "$ref" to file: addresses. http(s) addresses are refused: rhumb never uses the network.
  const FileSystem& files;
  Log& log;
  const Limits& limits;
  /// The "urn:" addresses that were warned about: once each, as warnedURNs, helm 4.3.1.
  mutable std::set<std::string> warned_urns{};
};

/// As ValidateAgainstSingleSchema, helm 4.3.1: "" when the instance is valid, else the text of the error: the errors of
/// validation, a line each ("- at '/a/b': got string, want number"), with a final newline; or, without one, why the
/// schema cannot be used. Where Go's order is random (members of an object) it is that of the keys.
std::string validate(std::string_view schema_text, const Instance& instance, const Context& context);
std::string validate(std::string_view schema_text, const Value& instance, const Context& context);

}  // namespace rhumb::jsonschema
