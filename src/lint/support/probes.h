// The probes of containers, as the API server and the kubelet read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

struct Probe {
  std::string_view field;  // "livenessProbe", "readinessProbe", "startupProbe"
  std::string_view title;  // "liveness probe"
  Node node;
  std::string_view handler;  // "httpGet", "tcpSocket", "grpc", "exec"; empty for none
  /// Of the handler; none for exec.
  Node port;

  /// A field of seconds or of a count, 0 and nothing taken as the default of the API.
  std::int64_t number(std::string_view name) const;
  /// Seconds from the first failure until the kubelet acts.
  std::int64_t patience() const { return number("failureThreshold") * number("periodSeconds"); }
};

/// Those that are there, empty ones included.
std::vector<Probe> probes(Node container);
/// Null where it is missing.
std::optional<Probe> probe(Node container, std::string_view field);

/// The number behind a probe's port: of a name the port of the container that has it, as the kubelet finds it.
std::optional<std::int64_t> resolved_port(Node port, Node container);

/// Both ask the same question: of the same kind, of the same port whatever it is called, with the same details.
bool ask_the_same(const Probe& a, const Probe& b, Node container);

/// Sleeps for ever, or is the image that only keeps a pod open: it can neither hang nor serve.
bool is_idle(const Objects& objects, const Workload& workload, const Container& container);
/// All of its containers do: what sleeps here waits for somebody to come in.
bool is_idle(const Objects& objects, const Workload& workload);

struct RunningContainer {
  const Workload* workload = nullptr;
  const Container* container = nullptr;
};
/// Containers that run until they are stopped and do something, without that probe. An empty one is there: it is
/// another fault, probe-invalid.
std::vector<RunningContainer> containers_without(Context& context, std::string_view field);

/// Whether the container's readiness says something about the pod's. Not where it opens no port, another one does, and
/// no Service that selects the pod leads anywhere else.
bool decides_readiness(const Workloads& workloads, const Workload& workload, const Container& container);

/// A pod that is meant to run until it is stopped: no Job, no hook, no pod that ends by itself.
bool is_long_running(const Workload& workload);

}  // namespace rhumb::lint
