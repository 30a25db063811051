#include <algorithm>
#include <array>

#include "rhumb/base/limits.h"
#include "rhumb/base/parallel.h"
#include "rhumb/base/strings.h"
#include "rhumb/manifest/manifest.h"
#include "rhumb/yaml/manifest_head.h"

namespace rhumb::manifest {
namespace {

// InstallOrder, helm 4.3.1. Helm 3 does not know the last two.
constexpr std::array<std::string_view, 38> install_order{"PriorityClass",
                                                         "Namespace",
                                                         "NetworkPolicy",
                                                         "ResourceQuota",
                                                         "LimitRange",
                                                         "PodSecurityPolicy",
                                                         "PodDisruptionBudget",
                                                         "ServiceAccount",
                                                         "Secret",
                                                         "SecretList",
                                                         "ConfigMap",
                                                         "StorageClass",
                                                         "PersistentVolume",
                                                         "PersistentVolumeClaim",
                                                         "CustomResourceDefinition",
                                                         "ClusterRole",
                                                         "ClusterRoleList",
                                                         "ClusterRoleBinding",
                                                         "ClusterRoleBindingList",
                                                         "Role",
                                                         "RoleList",
                                                         "RoleBinding",
                                                         "RoleBindingList",
                                                         "Service",
                                                         "DaemonSet",
                                                         "Pod",
                                                         "ReplicationController",
                                                         "ReplicaSet",
                                                         "Deployment",
                                                         "HorizontalPodAutoscaler",
                                                         "StatefulSet",
                                                         "Job",
                                                         "CronJob",
                                                         "IngressClass",
                                                         "Ingress",
                                                         "APIService",
                                                         "MutatingWebhookConfiguration",
                                                         "ValidatingWebhookConfiguration"};

constexpr std::array<std::string_view, 10> hook_events{"pre-install", "post-install", "pre-delete",   "post-delete",
                                                       "pre-upgrade", "post-upgrade", "pre-rollback", "post-rollback",
                                                       "test",        "test-success"};

std::size_t rank_of(std::string_view kind, std::size_t known) {
  const auto* const end = install_order.begin() + known;
  return static_cast<std::size_t>(std::find(install_order.begin(), end, kind) - install_order.begin());
}

void sort_by_kind(std::vector<Document>& documents, bool helm3) {
  const std::size_t known = install_order.size() - (helm3 ? 2 : 0);
  std::vector<std::pair<std::size_t, Document>> ranked;
  ranked.reserve(documents.size());
  for (Document& document : documents) {
    const std::size_t rank = rank_of(document.kind, known);
    ranked.emplace_back(rank, std::move(document));
  }
  std::stable_sort(ranked.begin(), ranked.end(), [known](const auto& a, const auto& b) {
    if (a.first == known && b.first == known) return a.second.kind < b.second.kind;
    return a.first < b.first;
  });
  std::transform(ranked.begin(), ranked.end(), documents.begin(), [](auto& item) { return std::move(item.second); });
}

// Whether all events of the annotation are known; sets is_test.
bool known_events(std::string_view annotation, bool& is_test) {
  while (true) {
    const std::size_t comma = annotation.find(',');
    const std::string event = strings::to_lower(strings::trim_space(annotation.substr(0, comma)));
    if (std::find(hook_events.begin(), hook_events.end(), event) == hook_events.end()) return false;
    is_test = is_test || event == "test" || event == "test-success";
    if (comma == std::string_view::npos) return true;
    annotation.remove_prefix(comma + 1);
  }
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// A document that is not read yet.
struct Piece {
  const RenderedFile* file;
  std::size_t index;
  std::string_view text;
  const Result<yaml::ManifestHead>* head;  // null where it was not read ahead
};

using Head = Result<yaml::ManifestHead>;

/// Whether a file has documents at all.
bool is_read(const RenderedFile& file) {
  return !base_name(file.name).starts_with('_') && !strings::trim_space(file.text.text).empty();
}

std::vector<Piece> split_all(const std::vector<RenderedFile>& files, bool helm3) {
  std::vector<std::size_t> order(files.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return files[a].name < files[b].name; });
  std::vector<Piece> pieces;
  for (const std::size_t index : order) {
    const RenderedFile& file = files[index];
    if (!is_read(file)) continue;
    const Head* ahead = file.heads.data();
    for (const std::string_view text : split(file.text.text, helm3)) {
      pieces.push_back({&file, index, text, file.heads.empty() ? nullptr : ahead++});
    }
  }
  return pieces;
}

Head read_head(std::string_view text, bool helm3, const Limits& limits) try {
  return yaml::read_manifest_head(text, helm3, limits);
} catch (const LimitError& limit) {
  return error(limit.what());
}

/// Reads what was not read ahead. Most of the time goes into it; what one document says has no effect on another.
std::vector<Head> read_others(std::vector<Piece>& pieces, bool helm3, unsigned threads, const Limits& limits) {
  std::vector<Piece*> others;
  std::size_t bytes = 0;
  for (Piece& piece : pieces) {
    if (piece.head != nullptr) continue;
    others.push_back(&piece);
    bytes += piece.text.size();
  }
  std::vector<Head> heads(others.size(), yaml::ManifestHead{});
  parallel_for(others.size(), threads_for(bytes, threads), [&](std::size_t i) {
    heads[i] = read_head(others[i]->text, helm3, limits);
    others[i]->head = &heads[i];
  });
  return heads;
}

class Sorter {
 public:
  Sorter(Log& log, bool helm3) : log_(log), helm3_(helm3) {}

  void add(const Piece& piece, const yaml::ManifestHead& head) {
    const auto offset = static_cast<std::size_t>(piece.text.data() - piece.file->text.text.data());
    Document document{piece.file->name, piece.text, piece.index, offset, head.api_version, head.kind, head.name, false};
    place(std::move(document), head);
  }

  SortedDocuments finish() && {
    sort_by_kind(sorted_.manifests, helm3_);
    sort_by_kind(sorted_.hooks, helm3_);
    return std::move(sorted_);
  }

 private:
  void place(Document document, const yaml::ManifestHead& head) {
    const auto hook = head.annotations.find("helm.sh/hook");
    if (hook == head.annotations.end()) {
      sorted_.manifests.push_back(std::move(document));
    } else if (known_events(hook->second, document.is_test_hook)) {
      sorted_.hooks.push_back(std::move(document));
    } else if (helm3_) {
      log_.write(LogLevel::info, "info: skipping unknown hook: \"" + hook->second + "\"");
    } else {
      log_.write(LogLevel::info, "skipping unknown hooks", {{"hookTypes", hook->second}});
    }
  }

  Log& log_;
  bool helm3_;
  SortedDocuments sorted_;
};

}  // namespace

std::vector<std::string_view> documents_to_read(RenderedFile& file, bool helm3) {
  if (!is_read(file)) return {};
  std::vector<std::string_view> documents = split(file.text.text, helm3);
  file.heads.assign(documents.size(), error("nobody has read the document"));
  return documents;
}

void read_heads(std::span<const std::string_view> documents, std::span<Head> heads, bool helm3, const Limits& limits) {
  for (std::size_t i = 0; i < documents.size(); ++i) heads[i] = read_head(documents[i], helm3, limits);
}

void read_heads(RenderedFile& file, bool helm3, const Limits& limits) {
  const std::vector<std::string_view> documents = documents_to_read(file, helm3);
  read_heads(documents, file.heads, helm3, limits);
}

Result<SortedDocuments> sort_documents(const std::vector<RenderedFile>& files, Log& log, bool helm3, unsigned threads,
                                       const Limits& limits) {
  std::vector<Piece> pieces = split_all(files, helm3);
  const std::vector<Head> read = read_others(pieces, helm3, threads, limits);
  Sorter sorter(log, helm3);
  for (const Piece& piece : pieces) {
    const Head& head = *piece.head;
    if (!head) return error("YAML parse error on " + piece.file->name + ": " + head.error().message);
    sorter.add(piece, *head);
  }
  return std::move(sorter).finish();
}

}  // namespace rhumb::manifest
