#include "lint/support/single_pods.h"

#include <algorithm>
#include <array>

#include "lint/support/literal_env.h"
#include "lint/support/managed_services.h"
#include "lint/support/mounted_text.h"
#include "lint/support/program.h"
#include "lint/support/recognize.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

/// Programs whose makers say that there must be one of them.
struct Product {
  std::string_view image;  // the last part of its path
  std::string_view title;
  bool is_database = false;
  /// Part of the command that tells it from other roles of the image; empty for any.
  std::string_view role;
  /// Parts of tags of editions that do form clusters.
  std::array<std::string_view, 2> clustered_tags;
  /// What its command, its variables and its configuration say, of which one is enough; none for anything.
  std::array<std::string_view, 3> signs{};
  /// The same, and one of them tells that it shares its state or its work after all.
  std::array<std::string_view, 3> denials{};
};

constexpr std::array<std::string_view, 3> vault_alone{" -dev ", "storage \"inmem\"", "storage \"file\""};
constexpr std::array<std::string_view, 3> vault_together{"ha_storage \"", "", ""};
constexpr std::array<std::string_view, 3> flink_together{"high-availability", "HIGH__AVAILABILITY",
                                                         "HIGH_AVAILABILITY"};

constexpr std::array products{
    // What was pushed lies in the memory or the file of the one that got it.
    Product{"pushgateway", "Prometheus Pushgateway", false, {}, {}},
    Product{"prometheus-pushgateway", "Prometheus Pushgateway", false, {}, {}},
    Product{"influxdb", "InfluxDB", true, {}, {"data", "meta"}},
    Product{"jenkins", "Jenkins", false, {}, {}},
    Product{"sonarqube", "SonarQube", false, {}, {"datacenter", ""}},
    // The hub and its proxy keep who is where in memory.
    Product{"jupyterhub", "JupyterHub", false, {}, {}},
    Product{"k8s-hub", "JupyterHub", false, {}, {}},
    Product{"configurable-http-proxy", "the proxy of JupyterHub", false, {}, {}},
    // They elect no leader, and two that write the same zone or bucket undo each other's work.
    Product{"external-dns", "ExternalDNS", false, {}, {}},
    Product{"loki", "the compactor of Loki", false, "target=compactor", {}},
    Product{"grafana-loki", "the compactor of Loki", false, "target=compactor", {}},
    Product{"thanos", "the compactor of Thanos", false, "compact ", {}},
    // Its readiness waits for what the leader alone does.
    Product{"argocd-image-updater", "Argo CD Image Updater", false, {}, {}},
    // So does that of a second source-controller, which serves what it fetched from a disk of its own.
    Product{"source-controller", "the source-controller of Flux", false, {}, {}},
    Product{"fluxcd-source-controller", "the source-controller of Flux", false, {}, {}},
    // Controllers without an election: several would write the same objects, each what it thinks right.
    Product{"prometheus-operator", "the Prometheus Operator", false, {}, {}},
    Product{"metallb-controller", "the controller of MetalLB", false, {}, {}},
    Product{"sealed-secrets-controller", "the controller of Sealed Secrets", false, {}, {}},
    Product{"sealed-secrets", "the controller of Sealed Secrets", false, {}, {}},
    Product{"clickhouse-operator", "the operator of ClickHouse", false, {}, {}, {}, {"leader-elect"}},
    // Two push every series, or every event, twice.
    Product{"prometheus-to-sd", "prometheus-to-sd", false, {}, {}},
    Product{"kubernetes-event-exporter",
            "Kubernetes Event Exporter",
            false,
            {},
            {},
            {"receivers:"},
            {"leaderElection: enabled: true", "leaderElection: {enabled: true"}},
    Product{"vmagent",
            "vmagent",
            false,
            {},
            {},
            {"promscrape.config", "promscrape_config"},
            {"promscrape.cluster", "promscrape_cluster"}},
    Product{"victoriametrics-vmagent",
            "vmagent",
            false,
            {},
            {},
            {"promscrape.config", "promscrape_config"},
            {"promscrape.cluster", "promscrape_cluster"}},
    // It tests another program, and nobody but Prometheus asks it.
    Product{"tempo-vulture", "Tempo Vulture", false, {}, {}},
    Product{"grafana-tempo-vulture", "Tempo Vulture", false, {}, {}},
    // Each makes a certificate of its own and writes it into the webhook.
    Product{"vault-k8s",
            "the injector of Vault",
            false,
            {},
            {},
            {"AGENT_INJECT_TLS_AUTO=", " -tls-auto"},
            {"AGENT_INJECT_USE_LEADER_ELECTOR=true", " -use-leader-elector"}},
    Product{"vault", "Vault", false, {}, {}, vault_alone, vault_together},
    Product{"vault-enterprise", "Vault", false, {}, {}, vault_alone, vault_together},
    Product{"openbao", "OpenBao", false, {}, {}, vault_alone, vault_together},
    // Masters that no recovery is set up for do not know each other.
    Product{"spark",
            "the master of Spark",
            false,
            {},
            {},
            {"SPARK_MODE=master ", "deploy.master.Master "},
            {"recoveryMode", "RECOVERY_MODE"}},
    Product{"flink", "the JobManager of Flink", false, " jobmanager ", {}, {}, flink_together},
    Product{"flink", "the JobManager of Flink", false, {}, {}, {"FLINK_MODE=jobmanager "}, flink_together},
};

bool has_clustered_tag(const Product& product, const Container& container) {
  const auto image = manifest::parse_image_reference(container.node["image"].text());
  return image && std::any_of(product.clustered_tags.begin(), product.clustered_tags.end(),
                              [&](auto part) { return !part.empty() && strings::contains(image->tag, part); });
}

/// With single blanks between its words, before the first and behind the last.
void append_words(std::string& out, std::string_view text) {
  for (const std::string_view word : strings::fields(text)) out.append(word).append(" ");
}

std::string command_of(const Objects& objects, const Workload& workload, const Container& container) {
  std::string text = " ";
  append_words(text, program_of(objects, workload, container).text);
  return text;
}

/// The command, the variables ("NAME=value") and the configuration, without lines that are comments.
std::string told_by(const Objects& objects, const Workload& workload, const Container& container) {
  std::string text = command_of(objects, workload, container);
  for (const LiteralEnv& env : literal_env(objects, workload, container)) {
    append_words(text, env.name + "=" + std::string(env.value));
  }
  for (const std::string_view file : mounted_texts(objects, workload)) {
    for (const std::string_view line : strings::split(file, "\n")) {
      if (!strings::trim_space(line).starts_with('#')) append_words(text, line);
    }
  }
  return text;
}

template <std::size_t Size>
bool has_any(std::string_view text, const std::array<std::string_view, Size>& parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](auto part) { return !part.empty() && strings::contains(text, part); });
}

bool is_it(const Product& product, const Objects& objects, const Workload& workload, const Container& container) {
  if (has_clustered_tag(product, container)) return false;
  if (!strings::contains(command_of(objects, workload, container), product.role)) return false;
  const std::string told = told_by(objects, workload, container);
  return (product.signs[0].empty() || has_any(told, product.signs)) && !has_any(told, product.denials);
}

const Product* product_of(const Objects& objects, const Workload& workload, const Container& container) {
  const std::string image = image_name(container);
  const auto* const found = std::find_if(products.begin(), products.end(), [&](const Product& product) {
    return product.image == image && is_it(product, objects, workload, container);
  });
  return found == products.end() ? nullptr : found;
}

/// Sentinels elect another master, a cluster shares the keys, and KeyDB's masters may follow each other.
bool replicates_itself(const Workload& workload) {
  constexpr std::array<std::string_view, 4> signs{"sentinel", "cluster-enabled", "active-replica", "multi-master"};
  const auto tells = [&](std::string_view text) {
    const std::string lower = strings::to_lower(text);
    return std::any_of(signs.begin(), signs.end(), [&](auto sign) { return strings::contains(lower, sign); });
  };
  for (const Container& container : workload.containers) {
    const std::string image = image_name(container);
    if (tells(container.name) || tells(image) || strings::contains(image, "cluster")) return true;
    for (const std::string_view field : {"command", "args", "env"}) {
      const Node list = container.node[field];
      if (!list.is_list()) continue;
      for (const Node item : list) {
        const std::string_view text = item.is_map() ? item["name"].scalar_text() : item.scalar_text();
        if (tells(text) || strings::contains(text, "REDIS_CLUSTER") || text == "REDIS_NODES") return true;
      }
    }
  }
  return false;
}

/// A program that keeps a schedule for all workers: every one of them starts each task.
bool is_scheduler(const Objects& objects, const Workload& workload, const Container& container) {
  const auto words = program_of(objects, workload, container).words();
  return words.contains("celery") && words.contains("beat");
}

SinglePod read(const Workloads& workloads, const Workload& workload) {
  const Container* const container = workload.is_service() ? main_container(workload) : nullptr;
  if (container == nullptr) return {};
  if (served_by(workload, *container) == ManagedService::redis && !replicates_itself(workload)) {
    return {&workload, title_of(ManagedService::redis), true, is_follower(workload)};
  }
  if (const Product* const product = product_of(workloads.objects(), workload, *container)) {
    return {&workload, product->title, product->is_database, false};
  }
  if (is_scheduler(workloads.objects(), workload, *container)) return {&workload, "Celery beat", false, false};
  return {};
}

/// "LEADER_ELECTION_DISABLE", "enable-leader-election", "leaderElect".
bool names_election(std::string_view lower) {
  return strings::contains(lower, "leader") && strings::contains(lower, "elect");
}

/// Whether a setting of that name and value says that no leader is elected.
bool switches_election_off(std::string_view name, std::string_view value) {
  const std::string lower = strings::to_lower(name);
  if (!names_election(lower)) return false;
  constexpr std::array<std::string_view, 3> denials{"disable", "no-leader", "no_leader"};
  const bool denies =
      std::any_of(denials.begin(), denials.end(), [&](auto word) { return strings::contains(lower, word); });
  const std::string said = strings::to_lower(value);
  return denies ? said == "true" || said == "1" || said.empty() : said == "false";
}

bool has_election_variable(const Objects& objects, const Workload& workload, const Container& container) {
  const std::vector<LiteralEnv> env = literal_env(objects, workload, container);
  return std::any_of(env.begin(), env.end(), [](const LiteralEnv& each) {
    return !each.value.empty() && switches_election_off(each.name, each.value);
  });
}

/// "--leader-elect=false", "--disable-leader-election".
bool has_election_flag(const Container& container) {
  for (const std::string_view field : {"command", "args"}) {
    const std::vector<std::string> words = container.node[field].texts();
    const bool found = std::any_of(words.begin(), words.end(), [](std::string_view word) {
      if (!word.starts_with('-')) return false;
      const std::size_t sign = std::min(word.find('='), word.size());
      return switches_election_off(word.substr(0, sign), word.substr(std::min(sign + 1, word.size())));
    });
    if (found) return true;
  }
  return false;
}

}  // namespace

const SinglePod* find_single(const std::vector<SinglePod>& singles, const Workload& workload) {
  const auto found =
      std::find_if(singles.begin(), singles.end(), [&](const SinglePod& each) { return each.workload == &workload; });
  return found == singles.end() || found->is_follower ? nullptr : &*found;
}

bool elects_no_leader(const Workload& workload, const Objects& objects) {
  return std::any_of(workload.containers.begin(), workload.containers.end(), [&](const Container& container) {
    return container.runs_on() && (has_election_variable(objects, workload, container) || has_election_flag(container));
  });
}

std::string SinglePod::title() const { return workload->title() + " (" + std::string(product) + ")"; }

std::vector<SinglePod> single_pods(const Workloads& workloads) {
  std::vector<SinglePod> found;
  for (const Database& database : databases(workloads)) {
    if (forms_cluster(database)) continue;
    found.push_back({database.workload, database.product(), true, is_follower(*database.workload)});
  }
  for (const Workload& workload : workloads.all()) {
    if (const SinglePod single = read(workloads, workload); single.workload != nullptr) found.push_back(single);
  }
  return found;
}

}  // namespace rhumb::lint
