#include "rhumb/manifest/references.h"

#include <algorithm>
#include <array>

namespace rhumb::manifest {
namespace {

Reference reference_to(std::string_view kind, Reference::Way way) {
  Reference reference;
  reference.kind = kind;
  reference.way = way;
  return reference;
}

class Collector {
 public:
  explicit Collector(const Workload& workload) : workload_(workload) {}

  std::vector<Reference> collect() {
    const Node spec = workload_.pod_spec;
    for (const Container& container : workload_.containers) add_container(container);
    if (spec["volumes"].is_list()) {
      for (const Node volume : spec["volumes"]) add_volume(volume);
    }
    if (spec["imagePullSecrets"].is_list()) {
      for (const Node secret : spec["imagePullSecrets"])
        add(reference_to("Secret", Reference::Way::pull_secret), secret["name"]);
    }
    const Node account = spec["serviceAccountName"].is_null() ? spec["serviceAccount"] : spec["serviceAccountName"];
    add(reference_to("ServiceAccount", Reference::Way::service_account), account);
    add(reference_to("PriorityClass", Reference::Way::other), spec["priorityClassName"]);
    add(reference_to("RuntimeClass", Reference::Way::other), spec["runtimeClassName"]);
    return std::move(found_);
  }

 private:
  void add(Reference reference, Node name) {
    if (name.scalar_text().empty()) return;
    reference.name = name.scalar_text();
    reference.node = name;
    found_.push_back(reference);
  }

  void add_key(Reference reference, const Container& container, Node source) {
    reference.container = &container;
    reference.key_node = source["key"];
    reference.key = reference.key_node.scalar_text();
    reference.optional = source["optional"].is_true();
    add(reference, source["name"]);
  }

  void add_container(const Container& container) {
    if (container.node["env"].is_list()) {
      for (const Node env : container.node["env"]) {
        const Node from = env["valueFrom"];
        add_key(reference_to("Secret", Reference::Way::env), container, from["secretKeyRef"]);
        add_key(reference_to("ConfigMap", Reference::Way::env), container, from["configMapKeyRef"]);
      }
    }
    if (!container.node["envFrom"].is_list()) return;
    for (const Node from : container.node["envFrom"]) {
      for (const auto& [field, kind] : {std::pair("secretRef", "Secret"), std::pair("configMapRef", "ConfigMap")}) {
        Reference reference = reference_to(kind, Reference::Way::env_from);
        reference.container = &container;
        reference.optional = from[field]["optional"].is_true();
        add(reference, from[field]["name"]);
      }
    }
  }

  /// A volume of all keys, or of those that `items` lists.
  void add_items(std::string_view kind, Node volume, Node source, Node name) {
    Reference reference = reference_to(kind, Reference::Way::volume);
    reference.optional = source["optional"].is_true();
    reference.volume = volume;
    if (!source["items"].is_list() || source["items"].empty()) return add(reference, name);
    for (const Node item : source["items"]) {
      reference.key_node = item["key"];
      reference.key = reference.key_node.scalar_text();
      add(reference, name);
    }
  }

  void add_volume(Node volume) {
    add_items("Secret", volume, volume["secret"], volume["secret"]["secretName"]);
    add_items("ConfigMap", volume, volume["configMap"], volume["configMap"]["name"]);
    Reference claim = reference_to("PersistentVolumeClaim", Reference::Way::volume);
    claim.volume = volume;
    add(claim, volume["persistentVolumeClaim"]["claimName"]);
    const Node csi = volume["csi"];
    if (csi["driver"].text() == "secrets-store.csi.k8s.io") {
      Reference provider = reference_to("SecretProviderClass", Reference::Way::volume);
      provider.volume = volume;
      add(provider, csi["volumeAttributes"]["secretProviderClass"]);
    }
    const Node sources = volume["projected"]["sources"];
    if (!sources.is_list()) return;
    for (const Node source : sources) {
      add_items("Secret", volume, source["secret"], source["secret"]["name"]);
      add_items("ConfigMap", volume, source["configMap"], source["configMap"]["name"]);
    }
  }

  const Workload& workload_;
  std::vector<Reference> found_;
};

std::vector<std::string> keys_of(std::initializer_list<Node> maps) {
  std::vector<std::string> keys;
  for (const Node map : maps) {
    if (!map.is_map()) continue;
    for (const Node entry : map) keys.emplace_back(entry.key());
  }
  return keys;
}

/// Keys that a SecretProviderClass syncs into a Secret of that name.
void add_synced(std::vector<KeySource>& found, const Object& provider, std::string_view name) {
  const Node secrets = provider.spec()["secretObjects"];
  if (!secrets.is_list()) return;
  for (const Node secret : secrets) {
    if (secret["secretName"].scalar_text() != name) continue;
    KeySource source{&provider, true, {}};
    if (secret["data"].is_list()) {
      for (const Node entry : secret["data"]) source.keys.emplace_back(entry["key"].scalar_text());
    }
    found.push_back(std::move(source));
  }
}

void add_external(std::vector<KeySource>& found, const Object& external, std::string_view name) {
  const Node target = external.spec()["target"];
  const std::string_view given = target["name"].scalar_text();
  if ((given.empty() ? external.name : given) != name) return;
  KeySource source{&external, external.spec()["dataFrom"].empty(), {}};
  if (external.spec()["data"].is_list()) {
    for (const Node entry : external.spec()["data"]) source.keys.emplace_back(entry["secretKey"].scalar_text());
  }
  const Node made = target["template"];
  if (made.is_map()) {
    // A template may take the place of what was fetched, or stand beside it.
    if (!made["templateFrom"].empty()) source.complete = false;
    if (made["mergePolicy"].text() != "Merge" && !made["data"].empty()) source.keys.clear();
    const std::vector<std::string> keys = keys_of({made["data"]});
    source.keys.insert(source.keys.end(), keys.begin(), keys.end());
  }
  found.push_back(std::move(source));
}

void add_sealed(std::vector<KeySource>& found, const Object& sealed, std::string_view name) {
  const std::string_view given = sealed.spec()["template"]["metadata"]["name"].scalar_text();
  if ((given.empty() ? sealed.name : given) != name) return;
  found.push_back({&sealed, true, keys_of({sealed.spec()["encryptedData"], sealed.spec()["template"]["data"]})});
}

}  // namespace

std::vector<Reference> references(const Workload& workload) { return Collector(workload).collect(); }

std::string_view Volume::source() const {
  if (is_claim_template) return "persistentVolumeClaim";
  for (const Node field : node) {
    if (field.key() != "name" && !field.is_null()) return field.key();
  }
  return {};
}

std::vector<Volume> volumes(const Workload& workload) {
  std::vector<Volume> found;
  const auto add_mounts = [&](Volume& volume) {
    for (const Container& container : workload.containers) {
      const Node mounts = container.node["volumeMounts"];
      if (!mounts.is_list()) continue;
      for (const Node mount : mounts) {
        if (mount["name"].scalar_text() != volume.name) continue;
        const std::string_view sub_path =
            mount["subPath"].is_null() ? mount["subPathExpr"].text() : mount["subPath"].scalar_text();
        volume.mounts.push_back(
            {&container, mount, mount["mountPath"].scalar_text(), sub_path, mount["readOnly"].is_true()});
      }
    }
  };
  const auto add = [&](Node node, std::string_view name, bool is_template) {
    Volume volume{node, name, is_template, {}};
    add_mounts(volume);
    found.push_back(std::move(volume));
  };
  if (workload.pod_spec["volumes"].is_list()) {
    for (const Node node : workload.pod_spec["volumes"]) add(node, node["name"].scalar_text(), false);
  }
  const Node templates = workload.object->spec()["volumeClaimTemplates"];
  if (workload.kind() == "StatefulSet" && templates.is_list()) {
    for (const Node node : templates) add(node, node["metadata"]["name"].scalar_text(), true);
  }
  return found;
}

std::vector<KeySource> key_sources(const Objects& objects, std::string_view kind, std::string_view namespace_,
                                   std::string_view name) {
  std::vector<KeySource> found;
  for (const Object* object : objects.find_all("", kind, namespace_, name)) {
    const std::string_view more = kind == "Secret" ? "stringData" : "binaryData";
    found.push_back({object, true, keys_of({object->root["data"], object->root[more]})});
  }
  if (kind != "Secret") return found;
  const auto each = [&](std::string_view other, auto&& add) {
    for (const Object* object : objects.of_kind(other)) {
      if (object->namespace_ == namespace_) add(found, *object, name);
    }
  };
  each("SecretProviderClass", add_synced);
  each("ExternalSecret", add_external);
  each("SealedSecret", add_sealed);
  each("Certificate", [](std::vector<KeySource>& out, const Object& certificate, std::string_view wanted) {
    if (certificate.group != "cert-manager.io" || certificate.spec()["secretName"].scalar_text() != wanted) return;
    out.push_back({&certificate, false, {"tls.crt", "tls.key", "ca.crt"}});
  });
  return found;
}

}  // namespace rhumb::manifest
