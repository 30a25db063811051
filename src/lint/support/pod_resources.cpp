#include "lint/support/pod_resources.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rhumb::lint {
namespace {

using manifest::Quantity;

constexpr std::int64_t most = INT64_MAX;

std::int64_t share_of(Node node, std::int64_t total, std::int64_t fallback) {
  const auto value = manifest::int_or_string(node);
  if (!value) return fallback;
  const auto scaled = manifest::scaled_value(*value, total, true);
  return scaled ? *scaled : fallback;
}

std::int64_t parallel_pods(const Workload& workload) {
  const Node spec =
      workload.kind() == "CronJob" ? workload.object->spec()["jobTemplate"]["spec"] : workload.object->spec();
  const std::int64_t parallel = spec["parallelism"].integer().value_or(1);
  const auto completions = spec["completions"].integer();
  return completions ? std::min(parallel, *completions) : parallel;
}

}  // namespace

ContainerDefaults::ContainerDefaults(const Objects& objects, std::string_view namespace_) {
  for (const Object* object : objects.of_kind("LimitRange")) {
    if (object->namespace_ != namespace_ || !object->spec()["limits"].is_list()) continue;
    for (const Node item : object->spec()["limits"]) {
      if (item["type"].text() == "Container") add(item);
    }
  }
}

void ContainerDefaults::add(Node item) {
  const auto take = [](Node from, auto& into) {
    if (!from.is_map()) return;
    for (const Node entry : from) {
      if (const auto amount = manifest::quantity(entry)) into.try_emplace(std::string(entry.key()), *amount);
    }
  };
  decltype(limits_) limits;
  take(item["default"], limits);
  take(item["max"], limits);
  decltype(requests_) requests;
  take(item["defaultRequest"], requests);
  for (const auto& limit : limits) requests.insert(limit);
  take(item["min"], requests);
  limits_.insert(limits.begin(), limits.end());
  requests_.insert(requests.begin(), requests.end());
}

std::optional<Quantity> ContainerDefaults::find(Side side, std::string_view resource) const {
  const auto& amounts = side == Side::requests ? requests_ : limits_;
  const auto found = amounts.find(resource);
  if (found == amounts.end()) return {};
  return found->second;
}

std::string_view side_name(Side side) { return side == Side::requests ? "requests" : "limits"; }

std::optional<Quantity> effective(const Container& container, Side side, std::string_view resource,
                                  const ContainerDefaults& defaults) {
  const Node resources = container.node["resources"];
  if (const auto own = manifest::quantity(resources[side_name(side)][resource])) return own;
  if (side == Side::requests) {
    if (const auto limit = manifest::quantity(resources["limits"][resource])) return limit;
  }
  return defaults.find(side, resource);
}

std::optional<Quantity> pod_level(const Workload& workload, Side side, std::string_view resource) {
  const Node resources = workload.pod_spec["resources"];
  if (const auto own = manifest::quantity(resources[side_name(side)][resource])) return own;
  return side == Side::requests ? manifest::quantity(resources["limits"][resource]) : std::nullopt;
}

std::int64_t amount_of(std::string_view resource, const Quantity& quantity) {
  const auto amount = resource == "cpu" ? quantity.milli_value() : quantity.value();
  return amount.value_or(quantity.is_negative() ? 0 : most);
}

std::int64_t plus(std::int64_t a, std::int64_t b) { return a > most - b ? most : a + b; }
std::int64_t times(std::int64_t a, std::int64_t b) { return a != 0 && b > most / a ? most : a * b; }

std::string format_amount(std::string_view resource, std::int64_t amount) {
  if (resource == "cpu") return amount % 1000 == 0 ? fmt::format("{}", amount / 1000) : fmt::format("{}m", amount);
  constexpr std::array<std::string_view, 4> suffixes{"Ti", "Gi", "Mi", "Ki"};
  std::int64_t unit = std::int64_t{1} << 40;
  for (const std::string_view suffix : suffixes) {
    if (amount >= unit && amount % unit == 0) return fmt::format("{}{}", amount / unit, suffix);
    unit >>= 10;
  }
  return fmt::format("{}", amount);
}

std::int64_t pod_amount(const Workload& workload, Side side, std::string_view resource,
                        const ContainerDefaults& defaults) {
  std::int64_t running = 0;
  std::int64_t sidecars = 0;
  std::int64_t starting = 0;
  for (const Container& container : workload.containers) {
    if (container.kind == ContainerKind::ephemeral) continue;
    const auto quantity = effective(container, side, resource, defaults);
    const std::int64_t amount = quantity ? std::max<std::int64_t>(amount_of(resource, *quantity), 0) : 0;
    if (container.runs_on()) running = plus(running, amount);
    if (container.kind == ContainerKind::sidecar) sidecars = plus(sidecars, amount);
    if (container.kind == ContainerKind::init) starting = std::max(starting, plus(sidecars, amount));
  }
  std::int64_t total = std::max({running, starting, sidecars});
  if (const auto whole = pod_level(workload, side, resource)) total = amount_of(resource, *whole);
  const auto overhead = manifest::quantity(workload.pod_spec["overhead"][resource]);
  return overhead ? plus(total, amount_of(resource, *overhead)) : total;
}

PodCount most_pods(const Workloads& workloads, const Workload& workload) {
  if (workload.is_job()) return {parallel_pods(workload), 0, nullptr};
  if (!workload.is_scalable()) return {1, 0, nullptr};  // a DaemonSet has at least one node
  const manifest::Replicas replicas = workloads.replicas(workload);
  PodCount count{std::max(replicas.least, replicas.most), 0, replicas.autoscaler};
  if (workload.kind() != "Deployment" || count.pods == 0) return count;
  const Node strategy = workload.object->spec()["strategy"];
  if (strategy["type"].text() == "Recreate") return count;
  count.surge = share_of(strategy["rollingUpdate"]["maxSurge"], count.pods, (count.pods + 3) / 4);
  return count;
}

}  // namespace rhumb::lint
