#include "rhumb/manifest/objects.h"

#include <algorithm>
#include <array>

#include "rhumb/base/parallel.h"
#include "rhumb/base/strings.h"

namespace rhumb::manifest {
namespace {

struct Kind {
  std::string_view group;
  std::string_view kind;
};

// From the API of Kubernetes 1.37: what `kubectl api-resources --namespaced=false` lists, and what versions from 1.20
// on had beside it.
constexpr std::array cluster_kinds{
    Kind{"", "ComponentStatus"},
    Kind{"", "Namespace"},
    Kind{"", "Node"},
    Kind{"", "PersistentVolume"},
    Kind{"admissionregistration.k8s.io", "MutatingAdmissionPolicy"},
    Kind{"admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding"},
    Kind{"admissionregistration.k8s.io", "MutatingWebhookConfiguration"},
    Kind{"admissionregistration.k8s.io", "ValidatingAdmissionPolicy"},
    Kind{"admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"},
    Kind{"admissionregistration.k8s.io", "ValidatingWebhookConfiguration"},
    Kind{"apiextensions.k8s.io", "CustomResourceDefinition"},
    Kind{"apiregistration.k8s.io", "APIService"},
    Kind{"authentication.k8s.io", "SelfSubjectReview"},
    Kind{"authentication.k8s.io", "TokenReview"},
    Kind{"authorization.k8s.io", "SelfSubjectAccessReview"},
    Kind{"authorization.k8s.io", "SelfSubjectRulesReview"},
    Kind{"authorization.k8s.io", "SubjectAccessReview"},
    Kind{"certificates.k8s.io", "CertificateSigningRequest"},
    Kind{"certificates.k8s.io", "ClusterTrustBundle"},
    Kind{"flowcontrol.apiserver.k8s.io", "FlowSchema"},
    Kind{"flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration"},
    Kind{"internal.apiserver.k8s.io", "StorageVersion"},
    Kind{"networking.k8s.io", "IPAddress"},
    Kind{"networking.k8s.io", "IngressClass"},
    Kind{"networking.k8s.io", "ServiceCIDR"},
    Kind{"node.k8s.io", "RuntimeClass"},
    Kind{"policy", "PodSecurityPolicy"},
    Kind{"rbac.authorization.k8s.io", "ClusterRole"},
    Kind{"rbac.authorization.k8s.io", "ClusterRoleBinding"},
    Kind{"resource.k8s.io", "DeviceClass"},
    Kind{"resource.k8s.io", "DeviceTaintRule"},
    Kind{"resource.k8s.io", "ResourceSlice"},
    Kind{"scheduling.k8s.io", "PriorityClass"},
    Kind{"storage.k8s.io", "CSIDriver"},
    Kind{"storage.k8s.io", "CSINode"},
    Kind{"storage.k8s.io", "StorageClass"},
    Kind{"storage.k8s.io", "VolumeAttachment"},
    Kind{"storage.k8s.io", "VolumeAttributesClass"},
    Kind{"storagemigration.k8s.io", "StorageVersionMigration"},
    // Well-known kinds of others.
    Kind{"cert-manager.io", "ClusterIssuer"},
    Kind{"external-secrets.io", "ClusterExternalSecret"},
    Kind{"external-secrets.io", "ClusterSecretStore"},
    Kind{"gateway.networking.k8s.io", "GatewayClass"},
    Kind{"kyverno.io", "ClusterPolicy"},
    Kind{"karpenter.sh", "NodePool"},
    Kind{"karpenter.k8s.aws", "EC2NodeClass"},
};

// Kinds whose names others use as well, with the groups that Kubernetes had or has them in.
constexpr std::array own_kinds{
    Kind{"", "ConfigMap"},
    Kind{"", "LimitRange"},
    Kind{"", "Namespace"},
    Kind{"", "PersistentVolume"},
    Kind{"", "PersistentVolumeClaim"},
    Kind{"", "ResourceQuota"},
    Kind{"", "Secret"},
    Kind{"", "Service"},
    Kind{"", "ServiceAccount"},
    Kind{"autoscaling", "HorizontalPodAutoscaler"},
    Kind{"batch", "CronJob"},
    Kind{"batch", "Job"},
    Kind{"extensions", "Ingress"},
    Kind{"networking.k8s.io", "Ingress"},
    Kind{"extensions", "NetworkPolicy"},
    Kind{"networking.k8s.io", "NetworkPolicy"},
    Kind{"networking.k8s.io", "IngressClass"},
    Kind{"policy", "PodDisruptionBudget"},
    Kind{"rbac.authorization.k8s.io", "ClusterRole"},
    Kind{"rbac.authorization.k8s.io", "ClusterRoleBinding"},
    Kind{"rbac.authorization.k8s.io", "Role"},
    Kind{"rbac.authorization.k8s.io", "RoleBinding"},
};

/// Another API's object of a kind that Kubernetes has.
bool is_namesake(std::string_view group, std::string_view kind) {
  bool is_known = false;
  for (const Kind& own : own_kinds) {
    if (own.kind != kind) continue;
    if (own.group == group) return false;
    is_known = true;
  }
  return is_known;
}

constexpr std::string_view hook_annotation = "helm.sh/hook";

Role role_of(const std::vector<std::string>& events) {
  if (events.empty()) return Role::manifest;
  const bool is_test = std::any_of(events.begin(), events.end(),
                                   [](const std::string& event) { return event == "test" || event == "test-success"; });
  return is_test ? Role::test : Role::hook;
}

std::vector<std::string> hook_events(std::string_view annotation) {
  std::vector<std::string> events;
  if (annotation.empty()) return events;
  for (const std::string_view event : strings::split(annotation, ",")) {
    events.push_back(strings::to_lower(strings::trim_space(event)));
  }
  return events;
}

/// A document before it is read.
struct Piece {
  std::size_t file;
  std::size_t offset;
  std::string_view text;
};

std::vector<Piece> split_all(const std::vector<RenderedFile>& files, bool helm3) {
  std::vector<std::size_t> order(files.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return files[a].name < files[b].name; });
  std::vector<Piece> pieces;
  for (const std::size_t index : order) {
    const std::string& text = files[index].text.text;
    for (const std::string_view piece : split(text, helm3)) {
      pieces.push_back({index, static_cast<std::size_t>(piece.data() - text.data()), piece});
    }
  }
  return pieces;
}

bool is_list_kind(Node root) {
  return root["kind"].text() == "List" && root["apiVersion"].text() == "v1" && root["items"].is_list();
}

}  // namespace

Objects::Objects(const Input& input) : release_namespace_(input.release_namespace) {
  const std::vector<Piece> pieces = split_all(*input.files, input.helm3);
  std::size_t bytes = 0;
  for (const Piece& piece : pieces) bytes += piece.text.size();
  std::vector<std::optional<Result<yaml::Tree>>> read(pieces.size());
  parallel_for(pieces.size(), threads_for(bytes, input.threads),
               [&](std::size_t i) { read[i].emplace(yaml::Tree::read(pieces[i].text, input.limits)); });
  trees_.reserve(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    Result<yaml::Tree>& outcome = *read[i];
    if (!outcome) {
      unreadable_.push_back({piece.file, piece.offset, outcome.error().message});
      continue;
    }
    trees_.push_back(std::move(*outcome));
    const yaml::Tree& tree = trees_.back();
    for (const yaml::Tree::Duplicate& key : tree.duplicates()) {
      duplicate_keys_.push_back({piece.file, piece.offset + key.begin, piece.offset + key.end, key.key});
    }
    if (!tree.root().is_null()) add(tree.root(), piece.file, piece.offset);
  }
  for (const Object& object : objects_) {
    if (!is_namesake(object.group, object.kind)) by_kind_[object.kind].push_back(&object);
  }
}

Objects::~Objects() = default;

void Objects::add(Node root, std::size_t file, std::size_t offset) {
  if (!is_list_kind(root)) return add_one(root, file, offset);
  for (const Node item : root["items"]) add(item, file, offset);
}

void Objects::add_one(Node root, std::size_t file, std::size_t offset) {
  if (!root.is_map()) {
    unreadable_.push_back({file, offset, "the document is no object: it has no fields"});
    return;
  }
  Object object;
  object.root = root;
  object.file = file;
  object.offset = offset;
  object.api_version = root["apiVersion"].text();
  object.group = group_of(object.api_version);
  object.version = version_of(object.api_version);
  object.kind = root["kind"].text();
  object.name = object.metadata()["name"].scalar_text();
  object.labels = read_labels(object.metadata()["labels"]);
  object.hook_events = hook_events(object.annotation(hook_annotation));
  object.role = role_of(object.hook_events);
  if (!is_cluster_scoped(object.group, object.kind)) {
    object.namespace_ = object.metadata()["namespace"].scalar_text();
    if (object.namespace_.empty()) object.namespace_ = release_namespace_;
  }
  if (object.kind.empty() || object.api_version.empty()) {
    unreadable_.push_back(
        {file, offset, object.kind.empty() ? "the object has no kind" : "the object has no apiVersion"});
    return;
  }
  objects_.push_back(std::move(object));
}

const std::vector<const Object*>& Objects::of_kind(std::string_view kind) const {
  static const std::vector<const Object*> none;
  const auto found = by_kind_.find(kind);
  return found == by_kind_.end() ? none : found->second;
}

std::vector<const Object*> Objects::find_all(std::string_view group, std::string_view kind, std::string_view namespace_,
                                             std::string_view name) const {
  std::vector<const Object*> found;
  const auto add_if_wanted = [&](const Object& object) {
    const bool is_wanted = object.group == group && object.name == name && object.namespace_ == namespace_;
    if (is_wanted && object.kind == kind) found.push_back(&object);
  };
  if (is_namesake(group, kind)) {
    std::for_each(objects_.begin(), objects_.end(), add_if_wanted);
  } else {
    for (const Object* object : of_kind(kind)) add_if_wanted(*object);
  }
  return found;
}

const Object* Objects::find(std::string_view group, std::string_view kind, std::string_view namespace_,
                            std::string_view name) const {
  const std::vector<const Object*> found = find_all(group, kind, namespace_, name);
  return found.empty() ? nullptr : found.front();
}

std::string_view group_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view() : api_version.substr(0, slash);
}

std::string_view version_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? api_version : api_version.substr(slash + 1);
}

bool is_cluster_scoped(std::string_view group, std::string_view kind) {
  return std::any_of(cluster_kinds.begin(), cluster_kinds.end(),
                     [&](const Kind& known) { return known.kind == kind && known.group == group; });
}

Labels read_labels(Node map) {
  Labels labels;
  if (!map.is_map()) return labels;
  for (const Node entry : map) {
    if (!entry.is_map() && !entry.is_list()) labels.emplace(entry.key(), entry.scalar_text());
  }
  return labels;
}

LabelSelector read_selector(Node selector) {
  LabelSelector read;
  read.match_labels = read_labels(selector["matchLabels"]);
  const Node expressions = selector["matchExpressions"];
  if (!expressions.is_list()) return read;
  for (const Node expression : expressions) {
    read.match_expressions.push_back({std::string(expression["key"].text()), std::string(expression["operator"].text()),
                                      expression["values"].texts()});
  }
  return read;
}

Selector selector_of(Node selector) {
  if (selector.is_null()) return Selector::nothing();
  const LabelSelector read = read_selector(selector);
  auto made = Selector::from(&read);
  return made ? std::move(*made) : Selector::nothing();
}

Selector map_selector_of(Node selector) {
  if (!selector.is_map() || selector.empty()) return Selector::nothing();
  const LabelSelector read{read_labels(selector), {}};
  auto made = Selector::from(&read);
  return made ? std::move(*made) : Selector::nothing();
}

}  // namespace rhumb::manifest
