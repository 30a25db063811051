#include "lint/support/own_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/support/ingress_graph.h"
#include "lint/support/near_name.h"
#include "rhumb/base/strings.h"
#include "rhumb/manifest/object_references.h"
#include "rhumb/render/cause.h"

namespace rhumb::lint {
namespace {

/// Groups of Kubernetes itself have no dot, or end like this.
constexpr std::array built_in_suffixes{std::string_view(".k8s.io")};
/// Custom resources that make nothing, or Secrets alone, which are looked up on their own.
constexpr std::array harmless_groups{
    std::string_view("cert-manager.io"),
    std::string_view("acme.cert-manager.io"),
    std::string_view("external-secrets.io"),
    std::string_view("secrets-store.csi.x-k8s.io"),
    std::string_view("bitnami.com"),
    std::string_view("keda.sh"),
    std::string_view("traefik.io"),
    std::string_view("traefik.containo.us"),
    std::string_view("networking.istio.io"),
    std::string_view("security.istio.io"),
    std::string_view("argoproj.io"),
    std::string_view("elbv2.k8s.aws"),
    std::string_view("gateway.networking.k8s.io"),
    std::string_view("kyverno.io"),
    std::string_view("cilium.io"),
    std::string_view("route.openshift.io"),
    std::string_view("apps.openshift.io"),
    std::string_view("autoscaling.k8s.io"),
};
constexpr std::array harmless_kinds{
    std::string_view("ServiceMonitor"),     std::string_view("PodMonitor"),
    std::string_view("PrometheusRule"),     std::string_view("Probe"),
    std::string_view("AlertmanagerConfig"), std::string_view("VMServiceScrape"),
    std::string_view("VMPodScrape"),        std::string_view("VMRule"),
    std::string_view("PodMonitoring"),      std::string_view("GrafanaDashboard"),
};

template <typename List>
bool has(const List& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool starts_with_part(std::string_view name, std::string_view part) {
  return part.size() >= 3 && name.size() > part.size() && name.starts_with(part) && name[part.size()] == '-';
}

/// Whether the name of another object in the release is it, or begins it.
bool is_made_by_custom_resource(const Objects& objects, std::string_view name) {
  return std::any_of(objects.all().begin(), objects.all().end(), [&](const Object& object) {
    return may_make_objects(object) && (object.name == name || starts_with_part(name, object.name));
  });
}

/// Whether another place of the release than `except` refers to an object of the kind by that name.
bool is_referred_to(const Context& context, std::string_view kind, std::string_view name, Node except) {
  const auto is_it = [&](std::string_view other_kind, Node node) {
    return other_kind == kind && node.scalar_text() == name && node != except;
  };
  for (const Workload& workload : context.workloads().all()) {
    for (const manifest::Reference& reference : manifest::references(workload)) {
      if (is_it(reference.kind, reference.node)) return true;
    }
  }
  for (const Object& object : context.objects().all()) {
    for (const manifest::ObjectReference& reference : manifest::object_references(object)) {
      if (is_it(reference.kind, reference.node)) return true;
    }
    if (object.kind != "Ingress") continue;
    for (const IngressBackend& backend : ingress_backends(object)) {
      if (is_it("Service", backend.node)) return true;
    }
  }
  return false;
}

/// Something of the same kind with nearly that name that nothing else needs.
std::string_view near_orphan(const Context& context, const MissingTarget& target, Node node) {
  std::vector<std::string_view> names;
  for (const Object* object : context.objects().of_kind(target.kind)) {
    if (object->group == target.group && object->namespace_ == target.namespace_) names.push_back(object->name);
  }
  const std::string_view near = nearest_of(target.name, names);
  if (near.empty() || is_referred_to(context, target.kind, near, node)) return {};
  return near;
}

/// Whether some text of the values files is the name, as it is: wherever it flows from there, somebody chose it.
bool stands_in_values(const Run& run, std::string_view name) {
  for (const ValuesFile& file : run.values_files) {
    if (file.tree == nullptr) continue;
    std::vector<Node> left{file.tree->root()};
    while (!left.empty()) {
      const Node node = left.back();
      left.pop_back();
      if (node.is_string() && node.text() == name) return true;
      for (const Node child : node) left.push_back(child);
    }
  }
  return false;
}

/// The folder of the chart that a template belongs to.
std::string_view chart_of(std::string_view file) { return file.substr(0, file.rfind("/templates/")); }

/// What the template says of the name itself, behind what its actions print: "-headless"; none where it says nothing.
std::optional<std::string_view> written_name(std::string_view text) {
  constexpr std::string_view key = "name:";
  for (const std::string_view line : strings::split(text, "\n")) {
    const std::string_view entry = strings::trim_space(line);
    if (entry.starts_with(key)) return strings::trim(entry.substr(key.size()), " \"'");
  }
  return {};
}

/// The template that would make it, and what has to be set; empty where that is not sure.
std::string left_out_by(const Context& context, const MissingTarget& target, const Object& named_in) {
  const Run& run = context.run();
  if (run.rendering == nullptr) return {};
  const std::string_view chart = chart_of(run.files()[named_in.file].name);
  const render::LeftOutObject* best = nullptr;
  std::size_t longest = 0;
  bool is_sure = false;
  const std::vector<render::LeftOutObject> all = render::left_out_objects(*run.rendering, target.kind);
  for (const render::LeftOutObject& each : all) {
    const auto name = written_name(each.text);
    if (chart_of(run.files()[each.file].name) != chart || !name || !target.name.ends_with(*name)) continue;
    if (best != nullptr && name->size() < longest) continue;
    is_sure = best == nullptr || name->size() > longest;
    best = &each;
    longest = name->size();
  }
  if (!is_sure || best->slot.to_set.empty()) return {};
  return fmt::format(": {} makes one if {} is set", run.files()[best->file].name, best->slot.to_set);
}

}  // namespace

bool may_make_objects(const Object& object) {
  if (object.group.find('.') == std::string_view::npos || object.role == manifest::Role::crd) return false;
  if (has(harmless_groups, object.group) || has(harmless_kinds, object.kind)) return false;
  return std::none_of(built_in_suffixes.begin(), built_in_suffixes.end(),
                      [&](std::string_view suffix) { return object.group.ends_with(suffix); });
}

bool is_verbatim_value(const Context& context, const Object& object, Node node) {
  const Run& run = context.run();
  if (run.rendering == nullptr || !node.is_scalar()) return false;
  if (stands_in_values(run, node.scalar_text())) return true;
  const std::size_t begin = node.node()->begin + object.offset;
  const render::Cause cause = render::explain(*run.rendering, object.file, begin, node.node()->end + object.offset);
  return std::any_of(cause.values.begin(), cause.values.end(), [](const render::ValueCause& value) {
    return !value.layers.empty() && value.layers.front().kind == render::ValueLayer::Kind::set_flag;
  });
}

std::optional<std::string> missed_because(const Context& context, const MissingTarget& target, const Object& named_in,
                                          Node node) {
  if (context.closed_world()) return "";
  const Objects& objects = context.objects();
  if (const std::string_view near = near_orphan(context, target, node); !near.empty()) {
    return "did you mean " + std::string(near) + "?";
  }
  // What Secrets are called says nothing: Jobs, operators and people make them as well.
  const std::string_view home = named_in.namespace_.empty() ? objects.release_namespace() : named_in.namespace_;
  if (target.kind == "Secret" || target.namespace_ != home) return {};
  if (is_made_by_custom_resource(objects, target.name)) return {};
  const auto& workloads = context.workloads().all();
  const auto same = std::find_if(workloads.begin(), workloads.end(), [&](const Workload& workload) {
    return workload.object->name == target.name && workload.namespace_() == target.namespace_;
  });
  if (same != workloads.end()) {
    return "the release has " + same->title() + ", but no " + std::string(target.kind) + " of that name" +
           left_out_by(context, target, named_in);
  }
  if (is_verbatim_value(context, named_in, node)) return {};
  const std::string& release = context.environment().release;
  if (target.name == release || starts_with_part(target.name, release)) return "it is named after the release";
  const auto prefix = std::find_if(workloads.begin(), workloads.end(), [&](const Workload& workload) {
    return workload.namespace_() == target.namespace_ && starts_with_part(target.name, workload.object->name);
  });
  if (context.run().rendering != nullptr && prefix != workloads.end()) return "it is named after " + prefix->title();
  return {};
}

}  // namespace rhumb::lint
