#include "lint/support/provider_class.h"

#include <fmt/format.h>

#include <algorithm>

#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

bool is_dns_name(std::string_view name) {
  if (name.empty() || name.size() > 253) return false;
  const auto parts = strings::split(name, ".");
  return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    const auto is_inner = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !part.empty() && part.front() != '-' && part.back() != '-' &&
           std::all_of(part.begin(), part.end(), is_inner);
  });
}

/// The checks of one entry of secretObjects.
class SyncCheck {
 public:
  SyncCheck(std::vector<ProviderFault>& faults, const MountedFiles& files, Node secret)
      : faults_(faults), files_(files), secret_(secret) {}

  void check() {
    const Node name = secret_["secretName"];
    if (name.scalar_text().empty()) {
      add(secret_, "secretName", "the Secret that is to be synced has no name");
    } else if (!is_dns_name(name.scalar_text())) {
      add(name, "", fmt::format("\"{}\" is no name for a Secret", name.scalar_text()));
    }
    if (secret_["type"].scalar_text().empty()) add(secret_, "type", "the Secret that is to be synced has no type");
    const Node data = secret_["data"];
    if (!data.is_list() || data.empty()) return add(secret_, "data", "the Secret that is to be synced has no data");
    for (const Node entry : data) check_entry(entry);
    check_type();
  }

 private:
  void add(Node node, std::string_view missing, std::string message) {
    faults_.push_back({node, {}, std::string(missing), std::move(message)});
  }

  void check_entry(Node entry) {
    const Node file = entry["objectName"];
    const Node key = entry["key"];
    if (file.scalar_text().empty()) {
      add(entry, "objectName", "the entry names no object");
    } else if (files_.known && !has_file(file.scalar_text())) {
      add(file, "",
          fmt::format("no object of this class is mounted as \"{}\"; there {}: {}", file.scalar_text(),
                      files_.names.size() == 1 ? "is" : "are", strings::join(files_.names, ", ")));
    }
    if (key.scalar_text().empty()) return add(entry, "key", "the entry has no key");
    const std::string text(key.scalar_text());
    if (std::find(keys_.begin(), keys_.end(), text) != keys_.end()) {
      add(key, "", fmt::format("the key {} is filled twice", text));
    }
    keys_.push_back(text);
  }

  bool has_file(std::string_view name) const {
    return std::find(files_.names.begin(), files_.names.end(), name) != files_.names.end();
  }

  /// What the API server asks of Secrets of that type.
  void check_type() {
    const std::string_view type = secret_["type"].text();
    for (const auto& [of, key] : {std::pair<std::string_view, std::string_view>{"kubernetes.io/tls", "tls.crt"},
                                  {"kubernetes.io/tls", "tls.key"},
                                  {"kubernetes.io/dockerconfigjson", ".dockerconfigjson"},
                                  {"kubernetes.io/ssh-auth", "ssh-privatekey"}}) {
      if (type != of || std::find(keys_.begin(), keys_.end(), key) != keys_.end()) continue;
      add(secret_["data"], "", fmt::format("a Secret of the type {} needs the key {}", type, key));
    }
  }

  std::vector<ProviderFault>& faults_;
  const MountedFiles& files_;
  Node secret_;
  std::vector<std::string> keys_;
};

}  // namespace

std::vector<ProviderFault> sync_faults(const Object& provider_class) {
  std::vector<ProviderFault> faults;
  const Node secrets = provider_class.spec()["secretObjects"];
  if (!secrets.is_list()) return faults;
  const MountedFiles files = mounted_files(provider_class);
  for (const Node secret : secrets) SyncCheck(faults, files, secret).check();
  return faults;
}

std::optional<Arn> read_arn(std::string_view text) {
  const auto parts = strings::split_n(text, ":", 6);
  if (parts.size() != 6 || parts[0] != "arn") return {};
  return Arn{parts[1], parts[2], parts[3], parts[4], parts[5]};
}

std::vector<SecretVolume> secret_volumes(const Workload& workload) {
  std::vector<SecretVolume> found;
  for (manifest::Volume& volume : manifest::volumes(workload)) {
    const Node csi = volume.node["csi"];
    if (csi["driver"].text() != secrets_driver) continue;
    const Node name = csi["volumeAttributes"]["secretProviderClass"];
    found.push_back({std::move(volume), name.scalar_text(), name});
  }
  return found;
}

const Object* find_provider_class(const Objects& objects, std::string_view namespace_, std::string_view name) {
  return objects.find("secrets-store.csi.x-k8s.io", "SecretProviderClass", namespace_, name);
}

std::vector<const Object*> classes_that_sync(const Objects& objects, std::string_view namespace_,
                                             std::string_view secret) {
  std::vector<const Object*> found;
  for (const manifest::KeySource& source : manifest::key_sources(objects, "Secret", namespace_, secret)) {
    if (source.object->kind == "SecretProviderClass") found.push_back(source.object);
  }
  return found;
}

}  // namespace rhumb::lint
