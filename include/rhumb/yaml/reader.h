// YAML texts into Values, as sigs.k8s.io/yaml v1.6.0 does: go-yaml v2.4.4 resolves the scalars, then everything passes
// through JSON. So numbers are float64, keys are strings ("y: 1" has the key "true"), timestamps stay strings, and
// infinities are errors. Only the first document counts, and what follows it is not even looked at.
//
// Errors have Go's words: "error converting YAML to JSON: yaml: line 2: did not find expected key",
// "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type ...".
#pragma once

#include <span>
#include <string_view>

#include "rhumb/base/limits.h"
#include "rhumb/base/result.h"
#include "rhumb/value/value.h"

namespace rhumb::yaml {

struct ReadOptions {
  /// Every node gets an origin when it is given.
  OriginTable* origins = nullptr;
  /// The file that the text is (or stands in, from file_offset on).
  FileId file = no_file;
  std::uint32_t file_offset = 0;
  /// What the key paths of the origins start with.
  std::string_view path = {};
  /// The trace of a text that was rendered: nodes take the origin that stands there, `file` is not used.
  std::span<const TracePiece> trace = {};
  /// What the text as a whole comes from, where neither file nor trace say more.
  OriginId origin = no_origin;
  /// Duplicate keys are an error, as yaml.UnmarshalStrict.
  bool strict = false;
  /// Of nesting, and of the memory that the tree of a document takes.
  Limits limits = {};
};

/// Any root; nil for an empty text.
Result<Value> read_yaml(std::string_view text, Heap& heap, const ReadOptions& options = {});

/// The root must be a map; a null or empty document gives an empty map.
Result<Value> read_map(std::string_view text, Heap& heap, const ReadOptions& options = {});

/// The root must be a list; a null or empty document gives an empty list.
Result<Value> read_list(std::string_view text, Heap& heap, const ReadOptions& options = {});

/// A values file, as LoadValues of Helm 4.3.1: the documents between lines that start with "---", merged in order.
/// Errors: "error reading yaml document: invalid Yaml document separator: x", "cannot unmarshal yaml document: ...".
/// With `helm3` as Helm 3.22: the first document alone.
Result<Value> read_values(std::string_view text, Heap& heap, const ReadOptions& options = {}, bool helm3 = false);

}  // namespace rhumb::yaml
