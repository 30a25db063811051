// How requests come to pods: Services that are reachable from outside of the cluster, and the containers behind them.
#pragma once

#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

/// Of type LoadBalancer, or the backend of an Ingress, of a route of the Gateway API, of OpenShift or Traefik, or of a
/// target group of the AWS Load Balancer Controller.
bool is_published(const Object& service, const Objects& objects);
/// The Services of a workload that are.
std::vector<const Object*> published_services(const Workload& workload, const Workloads& workloads);

/// Whether a connection to one of the Service's ports can end in a pod of the workload: a target port that is a number
/// always, one that is a name where a container opens it.
bool can_reach(const Object& service, const Workload& workload);
/// The containers that open a port which the Service's ports lead to; none where no container opens one.
std::vector<const Container*> containers_behind(const Object& service, const Workload& workload);

}  // namespace rhumb::lint
