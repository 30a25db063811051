#include "lint/support/pod_settings.h"

#include <algorithm>

#include "lint/support/assignments.h"
#include "lint/support/credential_names.h"
#include "rhumb/base/strings.h"
#include "rhumb/manifest/image_reference.h"

namespace rhumb::lint {
namespace {

bool is_bucket(std::string_view name) { return has_word({"bucket", "buckets"}, name); }

const Object* config_map(const Objects& objects, const Workload& workload, std::string_view name) {
  return objects.find("", "ConfigMap", workload.namespace_(), name);
}

Known or_else(Known a, Known b) {
  if (a == Known::yes || b == Known::yes) return Known::yes;
  return a == Known::unknown ? a : b;
}

/// An entry of `env`.
Known bucket_in_env(const Objects& objects, const Workload& workload, Node env) {
  if (!is_bucket(env["name"].text())) return Known::no;
  const Node key = env["valueFrom"]["configMapKeyRef"];
  if (key.is_map()) {
    const Object* const map = config_map(objects, workload, key["name"].scalar_text());
    if (map == nullptr) return Known::yes;
    return map->root["data"][key["key"].scalar_text()].scalar_text().empty() ? Known::no : Known::yes;
  }
  if (env["valueFrom"].is_map()) return Known::yes;
  return env["value"].scalar_text().empty() ? Known::no : Known::yes;
}

/// An entry of `envFrom`.
Known bucket_in_source(const Objects& objects, const Workload& workload, Node from) {
  for (const auto& [field, kind] : {std::pair("configMapRef", "ConfigMap"), std::pair("secretRef", "Secret")}) {
    const std::string_view name = from[field]["name"].scalar_text();
    if (name.empty()) continue;
    const auto sources = manifest::key_sources(objects, kind, workload.namespace_(), name);
    if (sources.empty()) return Known::unknown;
    for (const manifest::KeySource& source : sources) {
      const Node data = source.object->root["data"];
      for (const std::string& key : source.keys) {
        const bool is_empty = source.object->kind == "ConfigMap" && data[key].scalar_text().empty();
        if (is_bucket(key) && !is_empty) return Known::yes;
      }
      if (!source.complete) return Known::unknown;
    }
  }
  return Known::no;
}

/// The ConfigMaps that the container mounts.
std::vector<const Object*> mounted_maps(const Objects& objects, const Workload& workload, const Container& container) {
  std::vector<const Object*> maps;
  for (const manifest::Volume& volume : manifest::volumes(workload)) {
    const bool is_mounted = std::any_of(volume.mounts.begin(), volume.mounts.end(),
                                        [&](const manifest::Mount& mount) { return mount.container == &container; });
    if (!is_mounted) continue;
    const Object* const map = config_map(objects, workload, volume.node["configMap"]["name"].scalar_text());
    if (map != nullptr) maps.push_back(map);
  }
  return maps;
}

bool is_odoo(const Container& container) {
  if (has_word({"odoo"}, container.name)) return true;
  const auto image = manifest::parse_image_reference(container.node["image"].scalar_text());
  if (!image) return false;
  const std::string_view name = std::string_view(image->path).substr(image->path.rfind('/') + 1);
  return has_word({"odoo"}, name) && !has_word({"exporter", "backup", "proxy"}, name);
}

std::string directory_in_arguments(Node list) {
  const std::vector<std::string> texts = list.texts();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].starts_with("--data-dir=")) return texts[i].substr(11);
    const bool is_flag = texts[i] == "-D" || texts[i] == "--data-dir";
    if (is_flag && i + 1 < texts.size()) return texts[i + 1];
  }
  return {};
}

}  // namespace

bool has_word(const std::vector<std::string>& words, std::string_view text) {
  const std::vector<std::string> own = words_of(text);
  return std::any_of(own.begin(), own.end(), [&](const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  });
}

Known has_bucket(const Objects& objects, const Workload& workload, const Container& container) {
  Known known = Known::no;
  const auto each = [](Node list, const auto& visit) {
    if (!list.is_list()) return;
    for (const Node item : list) visit(item);
  };
  each(container.node["env"], [&](Node env) { known = or_else(known, bucket_in_env(objects, workload, env)); });
  each(container.node["envFrom"],
       [&](Node from) { known = or_else(known, bucket_in_source(objects, workload, from)); });
  for (const std::string_view field : {"command", "args"}) {
    each(container.node[field], [&](Node text) {
      const bool tells = is_bucket(text.scalar_text()) || strings::contains(text.scalar_text(), "s3://");
      if (tells) known = Known::yes;
    });
  }
  for (const Object* map : mounted_maps(objects, workload, container)) {
    for (const Node file : map->root["data"]) {
      for (const Assignment& assignment : assignments_in(file.scalar_text())) {
        if (is_bucket(assignment.name) && !assignment.value.empty()) known = Known::yes;
      }
    }
  }
  return known;
}

std::string odoo_data_directory(const Objects& objects, const Workload& workload, const Container& container) {
  if (!is_odoo(container)) return {};
  for (const std::string_view field : {"args", "command"}) {
    std::string directory = directory_in_arguments(container.node[field]);
    if (!directory.empty()) return directory;
  }
  for (const Object* map : mounted_maps(objects, workload, container)) {
    for (const Node file : map->root["data"]) {
      for (const Assignment& assignment : assignments_in(file.scalar_text())) {
        if (assignment.name == "data_dir" && !assignment.value.empty()) return assignment.value;
      }
    }
  }
  return "/var/lib/odoo";
}

}  // namespace rhumb::lint
