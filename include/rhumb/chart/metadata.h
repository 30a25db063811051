// Chart.yaml, Chart.lock and requirements.yaml as structs, read the way Helm reads them: sigs.k8s.io/yaml into Go
// structs. Unknown keys are dropped, keys match without case, scalars that land in a string field are written out from
// their resolved value ("1.10" becomes "1.1"), and a wrong shape is encoding/json's error.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/limits.h"
#include "rhumb/base/result.h"
#include "rhumb/value/value.h"

namespace rhumb::chart {

struct Maintainer {
  std::string name;
  std::string email;
  std::string url;
};

struct Dependency {
  std::string name;
  std::string version;
  std::string repository;
  std::string condition;
  std::vector<std::string> tags;
  bool enabled = false;
  /// As read; after import-values were processed maps of child and parent.
  std::vector<Value> import_values;
  std::string alias;
};

/// Entries of maintainers and dependencies are null where the file has a null: validate() refuses those.
struct Metadata {
  std::string name;
  std::string home;
  std::vector<std::string> sources;
  std::string version;
  std::string description;
  std::vector<std::string> keywords;
  std::vector<std::shared_ptr<Maintainer>> maintainers;
  std::string icon;
  std::string api_version;
  std::string condition;
  std::string tags;
  std::string app_version;
  bool deprecated = false;
  std::optional<std::map<std::string, std::string>> annotations;
  std::string kube_version;
  /// Absent and empty differ: with an empty list the dependencies of dependencies are processed.
  std::optional<std::vector<std::shared_ptr<Dependency>>> dependencies;
  std::string type;
};

struct Lock {
  std::string generated;  // as encoding/json writes the time
  std::string digest;
  std::vector<std::shared_ptr<Dependency>> dependencies;
};

/// Reads YAML over what `metadata` holds already (requirements.yaml is read over Chart.yaml). Values of import-values
/// are made in the heap. The error is yaml's ("error converting YAML to JSON: ...", "error unmarshaling JSON: ...");
/// `strict` refuses duplicate and unknown keys, as yaml.UnmarshalStrict.
Result<void> read_metadata(std::string_view text, Metadata& metadata, Heap& heap, bool strict = false,
                           bool helm3 = false, const Limits& limits = {});
/// None for a null document.
Result<std::optional<Lock>> read_lock(std::string_view text, Heap& heap, bool helm3 = false, const Limits& limits = {});
/// Only apiVersion, as the first look of Helm 4 at a chart.
Result<std::string> read_api_version(std::string_view text, const Limits& limits = {});

/// Sanitises the strings and checks them: "validation: ...". As Metadata.Validate, helm 4.3.1.
Result<void> validate(Metadata& metadata);

/// Spaces of all kinds become ' ', what cannot be printed goes. As sanitizeString, helm 4.3.1.
std::string sanitize(std::string_view text);

/// As IsCompatibleRange, helm 4.3.1: false for whatever cannot be read.
bool is_compatible_range(std::string_view constraint, std::string_view version);

/// As yaml.Marshal of the struct: a map of the non-empty fields under their JSON names, for `helm show chart`.
Value metadata_json_value(const Metadata& metadata, Heap& heap);

}  // namespace rhumb::chart
