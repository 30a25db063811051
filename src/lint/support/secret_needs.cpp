#include "lint/support/secret_needs.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "lint/support/literal_env.h"
#include "lint/support/secret_use.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

/// Whether nothing gives the key to a Secret that the release makes.
bool lacks(const Run& run, const Workload& workload, std::string_view secret, std::string_view key) {
  const auto sources = manifest::key_sources(*run.objects, "Secret", workload.namespace_(), secret);
  return !sources.empty() && std::none_of(sources.begin(), sources.end(), [&](const manifest::KeySource& source) {
    return may_get_keys(source) || std::find(source.keys.begin(), source.keys.end(), key) != source.keys.end();
  });
}

/// The Secret that is mounted as a whole there; empty for others.
std::string_view secret_of_mount(const Workload& workload, Node mount) {
  if (!mount["subPath"].is_null() || !workload.pod_spec["volumes"].is_list()) return {};
  for (const Node volume : workload.pod_spec["volumes"]) {
    const bool is_it = volume["name"].text() == mount["name"].text() && volume["secret"]["items"].is_null();
    if (is_it) return volume["secret"]["secretName"].text();
  }
  return {};
}

/// "password" of "/secrets/password" for a mount at /secrets; empty for other paths.
std::string_view file_in(std::string_view folder, std::string_view path) {
  while (folder.ends_with('/')) folder.remove_suffix(1);
  if (folder.empty() || !path.starts_with(folder) || path.size() <= folder.size() + 1) return {};
  path.remove_prefix(folder.size());
  if (!path.starts_with('/') || path.find('/', 1) != std::string_view::npos) return {};
  return path.substr(1);
}

std::string describe(std::string_view key, std::string_view secret) {
  return fmt::format("the key {} of the Secret {}", key, secret);
}

/// Of files whose paths the environment names.
std::string missing_file(const Run& run, const Workload& workload, const Container& container) {
  if (!container.node["volumeMounts"].is_list()) return {};
  for (const Node mount : container.node["volumeMounts"]) {
    const std::string_view secret = secret_of_mount(workload, mount);
    if (secret.empty()) continue;
    for (const LiteralEnv& env : literal_env(*run.objects, workload, container)) {
      const std::string_view key = file_in(mount["mountPath"].text(), env.value);
      if (!key.empty() && lacks(run, workload, secret, key)) return describe(key, secret);
    }
  }
  return {};
}

}  // namespace

std::string missing_secret_key(const Run& run, const Workload& workload) {
  for (const SecretUse& use : secret_uses(*run.workloads)) {
    if (use.workload != &workload || use.is_for_pulling()) continue;
    for (const manifest::Reference& reference : use.references) {
      const bool is_wanted = !reference.key.empty() && !reference.optional;
      if (is_wanted && lacks(run, workload, use.name, reference.key)) return describe(reference.key, use.name);
    }
  }
  for (const Container& container : workload.containers) {
    std::string missing = missing_file(run, workload, container);
    if (!missing.empty()) return missing;
  }
  return {};
}

}  // namespace rhumb::lint
