#include "lint/support/scrape_configs.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "rhumb/base/regex.h"
#include "rhumb/base/strings.h"
#include "rhumb/manifest/references.h"

namespace rhumb::lint {
namespace {

bool mounts(const Workload& workload, const Object& source) {
  const std::vector<manifest::Reference> references = manifest::references(workload);
  return workload.namespace_() == source.namespace_ &&
         std::any_of(references.begin(), references.end(), [&](const manifest::Reference& reference) {
           return reference.way == manifest::Reference::Way::volume && reference.kind == source.kind &&
                  reference.name == source.name;
         });
}

bool opens(const Workload& workload, std::string_view port) {
  const std::vector<manifest::Port> ports = manifest::pod_ports(workload);
  return std::any_of(ports.begin(), ports.end(),
                     [&](const manifest::Port& each) { return std::to_string(each.number) == port; });
}

/// As strutil.SanitizeLabelName of Prometheus.
std::string sanitized(std::string_view name) {
  std::string out(name);
  std::replace_if(
      out.begin(), out.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return out;
}

std::string in_map(Node map, std::string_view key) {
  if (!map.is_map()) return {};
  for (const yaml::TreeNode& entry : map.children()) {
    if (sanitized(entry.key) == key) return std::string(Node(&entry).scalar_text());
  }
  return {};
}

/// A pod, the Service that led to it and the port of that, as Prometheus' labels of what it found tell of them.
struct Discovered {
  const Workload& workload;
  const Object* service = nullptr;
  std::string_view port = {};

  /// None for a label that cannot be told; empty for what it has not.
  std::optional<std::string> label(std::string_view name) const {
    constexpr std::string_view prefix = "__meta_kubernetes_";
    if (!name.starts_with(prefix)) return {};
    name.remove_prefix(prefix.size());
    if (name == "namespace") return std::string(workload.namespace_());
    if (name == "endpoint_port_name" || name == "endpointslice_port_name") return std::string(port);
    if (name.starts_with("pod_")) return field(workload.pod_metadata, name.substr(4));
    if (!name.starts_with("service_")) return {};
    if (service == nullptr) return std::string();
    return name == "service_name" ? std::string(service->name) : field(service->metadata(), name.substr(8));
  }

 private:
  static std::optional<std::string> field(Node metadata, std::string_view name) {
    constexpr std::string_view label = "label_";
    constexpr std::string_view annotation = "annotation_";
    if (name.starts_with(label)) return in_map(metadata["labels"], name.substr(label.size()));
    if (name.starts_with(annotation)) return in_map(metadata["annotations"], name.substr(annotation.size()));
    return {};
  }
};

bool matches_whole(std::string_view pattern, std::string_view text) {
  const auto regex = Regex::compile(Limits{}, "^(?s:" + std::string(pattern) + ")$");
  return regex->error().empty() && RegexSubject(*regex, text).matches();
}

/// The values of the labels that a rule looks at, as it joins them; none where one of them cannot be told.
std::optional<std::string> joined(Node rule, const Discovered& found) {
  const Node separator = rule["separator"];
  std::vector<std::string> values;
  for (const Node name : rule["source_labels"]) {
    const auto value = found.label(name.scalar_text());
    if (!value) return {};
    values.push_back(*value);
  }
  return strings::join(values, separator.is_null() ? ";" : separator.scalar_text());
}

/// Names, labels and annotations are a choice; namespaces and ports alone are not.
bool tells_pods_apart(Node rule) {
  const auto names = rule["source_labels"].children();
  return std::any_of(names.begin(), names.end(), [](const yaml::TreeNode& name) {
    const std::string_view text = Node(&name).scalar_text();
    return text.starts_with("__meta_kubernetes_pod_") || text.starts_with("__meta_kubernetes_service_");
  });
}

/// Something must choose it, and nothing leave it out that can be told.
bool is_kept(Node rules, const Discovered& found) {
  bool is_chosen = false;
  for (const Node rule : rules) {
    if (rule["action"].text() != "keep" || !rule["source_labels"].is_list()) continue;
    const auto text = joined(rule, found);
    if (!text) continue;
    const Node pattern = rule["regex"];
    if (!matches_whole(pattern.is_null() ? "(.*)" : pattern.scalar_text(), *text)) return false;
    is_chosen = is_chosen || tells_pods_apart(rule);
  }
  return is_chosen;
}

bool is_kept_by_service(Node rules, const Workload& workload, const Object& service) {
  if (is_kept(rules, {workload, &service})) return true;
  const Node ports = service.spec()["ports"];
  return std::any_of(ports.children().begin(), ports.children().end(), [&](const yaml::TreeNode& port) {
    return is_kept(rules, {workload, &service, Node(&port)["name"].scalar_text()});
  });
}

/// Something else is asked about the targets: whether they answer.
bool is_probe(Node job) {
  const Node rules = job["relabel_configs"];
  if (!rules.is_list()) return false;
  return std::any_of(rules.children().begin(), rules.children().end(), [](const yaml::TreeNode& rule) {
    return Node(&rule)["target_label"].scalar_text() == "__param_target";
  });
}

/// "web" and "9090" of "web:9090".
std::pair<std::string_view, std::string_view> host_and_port(std::string_view target) {
  const std::size_t colon = target.rfind(':');
  if (colon == std::string_view::npos) return {target, {}};
  return {target.substr(0, colon), target.substr(colon + 1)};
}

}  // namespace

bool is_host_of(std::string_view host, const Object& service, std::string_view namespace_) {
  while (host.starts_with('_')) host.remove_prefix(std::min(host.find('.'), host.size() - 1) + 1);
  const std::vector<std::string_view> parts = strings::split(host, ".");
  if (parts[0] != service.name) return false;
  return (parts.size() == 1 ? namespace_ : parts[1]) == service.namespace_ && (parts.size() < 3 || parts[2] == "svc");
}

ScrapeConfigs::ScrapeConfigs(const Workloads& workloads) : workloads_(workloads) {
  for (const auto& [kind, field] : {std::pair("ConfigMap", "data"), std::pair("Secret", "stringData")}) {
    for (const Object* object : workloads.objects().of_kind(kind)) {
      const Node texts = object->root[field];
      if (!texts.is_map()) continue;
      for (const yaml::TreeNode& entry : texts.children()) {
        const std::string_view text = Node(&entry).scalar_text();
        if (!strings::contains(text, "scrape_configs")) continue;
        auto tree = yaml::Tree::read(text, Limits{});
        if (!tree) continue;
        trees_.push_back(std::make_unique<const yaml::Tree>(std::move(*tree)));
        const Node jobs = Node(trees_.back()->root())["scrape_configs"];
        if (!jobs.is_list()) continue;
        for (const Node job : jobs) {
          if (!is_probe(job)) jobs_.push_back({object, job});
        }
      }
    }
  }
}

bool ScrapeConfigs::scrape(const Workload& workload) const {
  return std::any_of(jobs_.begin(), jobs_.end(),
                     [&](const Job& job) { return names(job, workload) || keeps(job, workload); });
}

bool ScrapeConfigs::names(const Job& job, const Workload& workload) const {
  for (const auto& [configs, field] : {std::pair("static_configs", "targets"), std::pair("dns_sd_configs", "names")}) {
    if (!job.node[configs].is_list()) continue;
    for (const Node config : job.node[configs]) {
      for (const std::string& target : config[field].texts()) {
        if (is_named_by(job, workload, target)) return true;
      }
    }
  }
  return false;
}

bool ScrapeConfigs::is_named_by(const Job& job, const Workload& workload, std::string_view target) const {
  const auto [host, port] = host_and_port(target);
  if (host == "localhost" || host == "127.0.0.1") return mounts(workload, *job.source) && opens(workload, port);
  const std::vector<const Object*> services = workloads_.services(workload);
  return std::any_of(services.begin(), services.end(), [&, host = host](const Object* service) {
    return is_host_of(host, *service, job.source->namespace_);
  });
}

bool ScrapeConfigs::keeps(const Job& job, const Workload& workload) const {
  const Node rules = job.node["relabel_configs"];
  if (!job.node["kubernetes_sd_configs"].is_list() || !rules.is_list()) return false;
  if (is_kept(rules, {workload, nullptr})) return true;
  const std::vector<const Object*> services = workloads_.services(workload);
  return std::any_of(services.begin(), services.end(),
                     [&](const Object* service) { return is_kept_by_service(rules, workload, *service); });
}

}  // namespace rhumb::lint
