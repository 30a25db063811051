// The objects of a release, read once: documents with their place in the output, and an index over them by kind,
// namespace and name. Every object of a List stands for itself. What pods and references are made of is in
// workloads.h and references.h.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rhumb/base/limits.h"
#include "rhumb/manifest/manifest.h"
#include "rhumb/manifest/selector.h"
#include "rhumb/yaml/tree.h"

namespace rhumb::manifest {

using Node = yaml::NodeRef;

/// What an object is to Helm.
enum class Role : std::uint8_t {
  manifest,
  hook,
  test,  // a hook of `helm test`
  crd,   // of a folder crds/
};

/// One object. Views and nodes live as long as the Objects that hold it.
struct Object {
  Node root;
  std::size_t file = 0;          // index into the rendered files
  std::size_t offset = 0;        // bytes from the start of the file to where the nodes' places count from
  std::string_view api_version;  // "apps/v1"
  std::string_view group;        // "apps"; empty for the core group
  std::string_view version;      // "v1"
  std::string_view kind;
  std::string_view name;
  /// Where it lives in the cluster: empty for kinds that have no namespace.
  std::string_view namespace_;
  Labels labels;
  Role role = Role::manifest;
  std::vector<std::string> hook_events;  // "pre-install"

  Node metadata() const { return root["metadata"]; }
  Node spec() const { return root["spec"]; }
  std::string_view annotation(std::string_view key) const {
    return root.at({"metadata", "annotations"})[key].scalar_text();
  }
  bool is_hook() const { return role == Role::hook || role == Role::test; }
};

/// A document that is no object.
struct Unreadable {
  std::size_t file = 0;
  std::size_t offset = 0;  // of the document in the file
  std::string message;     // "yaml: line 3: ...", "there is no kind"
};

/// A key that stands twice in a map; the last one counts.
struct DuplicateKey {
  std::size_t file = 0;
  std::size_t begin = 0;  // in the file
  std::size_t end = 0;
  std::string_view key;
};

class Objects {
 public:
  struct Input {
    const std::vector<RenderedFile>* files = nullptr;
    std::string release_namespace = "default";
    bool helm3 = false;
    unsigned threads = 1;
    Limits limits = {};
  };

  /// Reads every document of every file, in the order of Helm's output of the files. The files must outlive it.
  explicit Objects(const Input& input);
  Objects(const Objects&) = delete;
  Objects& operator=(const Objects&) = delete;
  ~Objects();

  const std::deque<Object>& all() const { return objects_; }
  const std::vector<Unreadable>& unreadable() const { return unreadable_; }
  const std::vector<DuplicateKey>& duplicate_keys() const { return duplicate_keys_; }
  const std::string& release_namespace() const { return release_namespace_; }

  /// In order; none for an unknown kind. Of Kubernetes' own kinds those of its groups: what an operator calls a
  /// PodDisruptionBudget is none. The group of other kinds is checked by the caller.
  const std::vector<const Object*>& of_kind(std::string_view kind) const;
  /// Null where there is none. `group`: of the API, any version; empty for the core group.
  const Object* find(std::string_view group, std::string_view kind, std::string_view namespace_,
                     std::string_view name) const;
  /// All objects of that identity: more than one is a fault.
  std::vector<const Object*> find_all(std::string_view group, std::string_view kind, std::string_view namespace_,
                                      std::string_view name) const;

 private:
  struct Pieces;
  void add(Node root, std::size_t file, std::size_t offset);
  void add_one(Node root, std::size_t file, std::size_t offset);

  std::string release_namespace_;
  std::deque<Object> objects_;
  std::vector<Unreadable> unreadable_;
  std::vector<DuplicateKey> duplicate_keys_;
  std::vector<yaml::Tree> trees_;
  std::unordered_map<std::string_view, std::vector<const Object*>> by_kind_;
};

/// "apps" and "v1" of "apps/v1"; "" and "v1" of "v1".
std::string_view group_of(std::string_view api_version);
std::string_view version_of(std::string_view api_version);

/// Whether objects of that built-in kind have no namespace; false for kinds that are not known.
bool is_cluster_scoped(std::string_view group, std::string_view kind);

/// The scalars of a map as labels or annotations.
Labels read_labels(Node map);

/// As metav1.LabelSelector; what is misshapen is left out.
LabelSelector read_selector(Node selector);
/// Of a `selector` field of the type metav1.LabelSelector: null selects nothing, {} everything, a broken one nothing.
Selector selector_of(Node selector);
/// Of a plain map, as a Service has it: null and {} select nothing.
Selector map_selector_of(Node selector);

}  // namespace rhumb::manifest
