#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "lint/context.h"
#include "lint/support/exporters.h"
#include "lint/support/kind_switch.h"
#include "lint/support/probes.h"
#include "lint/support/quorum.h"
#include "lint/support/rollout.h"
#include "lint/support/single_pods.h"

namespace rhumb::lint::too_few_replicas {
namespace {

constexpr Parameter parameters[] = {
    {"minimum", ParameterType::integer, "2", "pods that must run at any time"},
};

/// Pods of the same product that follow it.
std::int64_t followers(const Context& context, const std::vector<SinglePod>& singles, const SinglePod& leader) {
  std::int64_t count = 0;
  for (const SinglePod& each : singles) {
    const bool follows = each.is_follower && each.product == leader.product &&
                         each.workload->namespace_() == leader.workload->namespace_();
    if (follows) count += context.workloads().replicas(*each.workload).least;
  }
  return count;
}

/// A second pod is no remedy. Whether one is enough is for a specification to say.
void check_single(Context& context, const SinglePod& single, const manifest::Replicas& replicas,
                  std::int64_t followers) {
  if (context.environment().profile.empty() || replicas.least + followers >= context.integer("minimum")) return;
  const std::string message = fmt::format(
      "{} is one pod of a {}: while it is away there is none", single.title(),
      single.is_database ? "database that has a single writer" : "program that shares neither its state nor its work");
  context.report_field(*replicas.least_object, replicas.least_object->spec(), "replicas", message)
      .hint(single.is_database
                ? "use a managed database, or one that replicates itself: an operator, a chart for a cluster; more "
                  "replicas of this workload would be databases of their own"
                : "use something whose pods share the work, or see that it starts again quickly; more replicas of this "
                  "workload would keep a state of their own, or do the same work again");
}

bool serves_nobody(const Context& context, const Workload& workload) {
  return context.workloads().services(workload).empty() && is_idle(context.objects(), workload);
}

std::string_view pods(std::int64_t count) { return count == 1 ? "pod" : "pods"; }

/// "Deployment/web, scaled by HorizontalPodAutoscaler/web, is sure of 1 pod, 2 are needed"
std::string short_of(const std::string& title, const manifest::Replicas& replicas, std::int64_t needed) {
  const std::string who = replicas.autoscaler == nullptr
                              ? title
                              : title + ", scaled by " + std::string(replicas.autoscaler->kind) + "/" +
                                    std::string(replicas.autoscaler->name) + ",";
  return fmt::format("{} is sure of {} {}, {} are needed", who, replicas.least, pods(replicas.least), needed);
}

/// Raising the value alone may end the rendering, or make pods that know nothing of each other.
std::string switch_hint(const Context& context, const Object& object, Node replicas) {
  const auto found = kind_switch(context, object, replicas);
  if (!found) return {};
  return fmt::format(
      "set {0} to {2} first, which makes it a StatefulSet: with {1} the chart may allow one pod alone; then raise the "
      "replicas",
      found->path, found->value, found->other);
}

/// `hint`: empty for the rule's own.
DraftRef report_replicas(Context& context, const manifest::Replicas& replicas, std::string message,
                         const std::string& hint = "") {
  const Object& object = *replicas.least_object;
  const std::string_view field = replicas.autoscaler == nullptr ? "replicas" : "minReplicas";
  const std::string of_template = fmt::format("the template has to be changed: no value sets its {}", field);
  if (replicas.least_node) {
    DraftRef draft = context.report(object, replicas.least_node, std::move(message));
    const bool is_own = hint.empty() && replicas.autoscaler == nullptr;
    return draft.hint(is_own ? switch_hint(context, object, replicas.least_node) : hint).hint_of_template(of_template);
  }
  // Where a value leaves the field out, that value is the better hint: it may start another kind of workload.
  DraftRef draft = context.report_missing(object, object.spec(), field, std::move(message));
  return draft.hint_of_template(hint.empty() ? of_template : hint + "; " + of_template);
}

struct ExclusiveClaim {
  const Object* object = nullptr;
  std::string_view mode;
};

/// A claim that the pods of the workload share although one node, or one pod, has it at a time; null for none.
ExclusiveClaim exclusive_claim(const Context& context, const Workload& workload) {
  for (const manifest::Volume& volume : manifest::volumes(workload)) {
    if (sharing_of(volume, workload, context.objects()) != Sharing::exclusive) continue;
    const std::string_view name = volume.node["persistentVolumeClaim"]["claimName"].scalar_text();
    const Object* const claim = context.objects().find("", "PersistentVolumeClaim", workload.namespace_(), name);
    return {claim, claim->spec()["accessModes"][std::size_t{0}].scalar_text()};
  }
  return {};
}

/// More replicas alone would hang for want of their volume.
void report_claim(Context& context, const ExclusiveClaim& claim, const manifest::Replicas& replicas,
                  const std::string& message) {
  const bool is_of_pod = claim.mode == "ReadWriteOncePod";
  report_replicas(context, replicas, message,
                  "let the pods share the data first: claim it with ReadWriteMany, or keep it in an object store or a "
                  "database; or give each a claim of its own, in a StatefulSet; then raise the replicas")
      .adds(fmt::format("its claim {} is {}, so that a second pod cannot start{}", claim.object->name, claim.mode,
                        is_of_pod ? "" : " on another node"))
      .related(*claim.object, claim.object->spec()["accessModes"], "the claim");
}

const QuorumMember* find_member(const std::vector<QuorumMember>& members, const Workload& workload) {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const QuorumMember& each) { return each.workload == &workload; });
  return found == members.end() ? nullptr : &*found;
}

/// Members may be spread over several workloads, one for each zone.
std::int64_t count_members(const Context& context, const std::vector<QuorumMember>& members,
                           const QuorumMember& member) {
  std::int64_t count = 0;
  for (const QuorumMember& each : members) {
    const bool is_of_same = each.product == member.product && each.image == member.image && each.set == member.set &&
                            each.workload->namespace_() == member.workload->namespace_();
    if (is_of_same) count += context.workloads().replicas(*each.workload).least;
  }
  return count;
}

/// Two of them stand no more than one does.
void check_member(Context& context, const QuorumMember& member, const manifest::Replicas& replicas,
                  std::int64_t count) {
  const std::int64_t needed = quorum_size(context.integer("minimum"));
  if (count >= needed) return;
  const std::string title = fmt::format("{} ({})", member.workload->title(), member.product);
  report_replicas(
      context, replicas,
      short_of(title, replicas, needed) + ": more than half of its members must be there at any time",
      fmt::format("run {} of them, or a greater odd number: one more makes it even and stands no more failures",
                  needed));
}

class Checker {
 public:
  explicit Checker(Context& context)
      : context_(context),
        minimum_(context.integer("minimum")),
        singles_(single_pods(context.workloads())),
        members_(quorum_members(context.workloads())) {}

  void check(const Workload& workload) {
    const manifest::Replicas replicas = context_.workloads().replicas(workload);
    // Scaled to nothing on purpose.
    if (replicas.least == 0 && replicas.autoscaler == nullptr) return;
    if (const QuorumMember* const member = find_member(members_, workload)) {
      if (member->is_arbiter) return;
      check_member(context_, *member, replicas, count_members(context_, members_, *member));
    } else if (replicas.least < minimum_) {
      check_few(workload, replicas);
    }
  }

 private:
  void check_few(const Workload& workload, const manifest::Replicas& replicas) {
    if (const SinglePod* const single = find_single(singles_, workload); single != nullptr && replicas.least == 1) {
      check_single(context_, *single, replicas, followers(context_, singles_, *single));
      return;
    }
    if (serves_nobody(context_, workload) || is_exporter(context_.workloads(), workload)) return;
    const std::string message = short_of(workload.title(), replicas, minimum_);
    const ExclusiveClaim claim = exclusive_claim(context_, workload);
    if (claim.object != nullptr) {
      report_claim(context_, claim, replicas, message);
    } else {
      report_replicas(context_, replicas, message);
    }
  }

  Context& context_;
  std::int64_t minimum_;
  std::vector<SinglePod> singles_;
  std::vector<QuorumMember> members_;
};

void check(Context& context) {
  Checker checker(context);
  for (const Workload* workload : context.scalable()) checker.check(*workload);
}

}  // namespace

extern const Rule rule{
    .name = "too-few-replicas",
    .category = Category::availability,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .production_only = true,
    .serves = "REQ-1-502",
    .peers =
        "kube-linter/minimum-three-replicas, kube-linter/hpa-minimum-three-replicas, kube-score/deployment-replicas, "
        "kube-score/horizontalpodautoscaler-replicas, polaris/deploymentMissingReplicas, polaris/hpaMinAvailability",
    .summary = "A workload is not guaranteed enough pods",
    .remedy = "Set the replicas, or the autoscaler's lower bound, to the minimum or more.",
    .documentation = R"(## What it does
Finds Deployments, StatefulSets, ReplicaSets and Rollouts that may run with fewer pods than `minimum`. Where a
HorizontalPodAutoscaler or a ScaledObject targets the workload its lower bound counts (1, or 0 for a ScaledObject, when
it sets none), else `replicas` (1 when it is not set). A workload scaled to 0 is switched off and left alone.

Some programs gain nothing by a second pod: it would be a database of its own (PostgreSQL, MySQL, MariaDB, MongoDB,
Redis and InfluxDB that are not made to form a cluster), keep a state of its own (a Prometheus Pushgateway, Jenkins,
SonarQube, the hub and the proxy of JupyterHub, Vault in memory or in files, masters of Spark and Flink's JobManagers
that no recovery is set up for) or do the same work again (ExternalDNS, the compactors of Loki and Thanos, Celery beat,
Argo CD Image Updater, prometheus-to-sd, vmagent and Kubernetes Event Exporter on their own, Tempo Vulture, Vault's
injector that makes its own certificates and elects no leader, the Prometheus Operator, the controllers of MetalLB and
Sealed Secrets, the operator of ClickHouse, Flux's source-controller). Such a single pod is reported under a profile only, and not where servers that follow it run beside it.

Of members that vote (etcd, ZooKeeper, controllers of Kafka, Consul, RabbitMQ, Vault with Raft, configuration servers and
shards of MongoDB, masters of SeaweedFS, Elasticsearch and OpenSearch) more than half must be there: 3 are needed, or the next odd number from `minimum` on; members in several workloads are
counted together. Pods that share a ReadWriteOnce claim are reported with it, since a second pod could not start.

An exporter that nobody but Prometheus asks (kube-state-metrics, `*-exporter`) is left alone: a second pod of it would
export every series twice. A workload that only sleeps (`sleep infinity`, `tail -f /dev/null`, the pause image) and that no Service selects needs no
second pod.

## Why
A single pod is an outage with every node that is drained and every crash.

## Example
```yaml
# wrong
kind: Deployment
spec:
  replicas: 1
```
```yaml
# right
kind: Deployment
spec:
  replicas: 2
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::too_few_replicas
