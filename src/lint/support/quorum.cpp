#include "lint/support/quorum.h"

#include <algorithm>
#include <array>

#include "lint/support/literal_env.h"
#include "lint/support/mounted_text.h"
#include "lint/support/program.h"
#include "lint/support/recognize.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

/// What says that the image runs a member, besides the image itself.
struct Product {
  std::string_view title;
  std::array<std::string_view, 4> images;
  /// Words of the command, of which one is enough; "" alone: any.
  std::array<std::string_view, 2> words;
  /// A variable that has a role in it.
  std::array<std::string_view, 2> variables;
  std::array<std::string_view, 2> variable_roles;
  /// A line of the configuration or the command that begins so and has a role in it.
  std::string_view line;
  std::array<std::string_view, 2> line_roles;
  /// Words of the command that start something else.
  std::array<std::string_view, 3> others;
  /// A variable and an option that name the set of the members that vote together; without: all of the release.
  std::string_view set_variable{};
  std::string_view set_option{};

  bool needs_no_sign() const { return words[0].empty() && variables[0].empty() && line.empty(); }
};

constexpr std::array products{
    Product{"etcd", {"etcd"}, {}, {}, {}, {}, {}, {"gateway", "grpc-proxy", "etcdctl"}},
    Product{"ZooKeeper", {"zookeeper", "cp-zookeeper"}, {}, {}, {}, {}, {}, {"zkCli.sh"}},
    Product{"a controller of Kafka",
            {"kafka", "cp-kafka", "cp-server", "kafka-native"},
            {},
            {"KAFKA_PROCESS_ROLES", "KAFKA_CFG_PROCESS_ROLES"},
            {"controller"},
            "process.roles",
            {"controller"},
            {}},
    Product{"Consul",
            {"consul", "consul-enterprise"},
            {"-server", "--server"},
            {"CONSUL_AGENT_MODE"},
            {"server"},
            "\"server\": true",
            {"true"},
            {"-dev"}},
    Product{"Vault", {"vault", "vault-enterprise", "openbao"}, {}, {}, {}, "storage \"raft\"", {"raft"}, {"-dev"}},
    Product{"a configuration server of MongoDB",
            {"mongo", "mongodb", "mongodb-sharded", "percona-server-mongodb"},
            {"--configsvr"},
            {"MONGODB_SHARDING_MODE"},
            {"configsvr"},
            "clusterRole: configsvr",
            {"configsvr"},
            {}},
    Product{"a shard of MongoDB",
            {"mongo", "mongodb", "mongodb-sharded", "percona-server-mongodb"},
            {"--shardsvr"},
            {"MONGODB_SHARDING_MODE"},
            {"shardsvr"},
            "clusterRole: shardsvr",
            {"shardsvr"},
            {},
            "MONGODB_REPLICA_SET_NAME",
            "--replSet"},
    Product{"RabbitMQ",
            {"rabbitmq"},
            {},
            {"RABBITMQ_PLUGINS"},
            {"peer_discovery"},
            "cluster_formation.",
            {"peer_discovery"},
            {"rabbitmqctl", "rabbitmqadmin", "rabbitmq-diagnostics"}},
    Product{"a master of SeaweedFS", {"seaweedfs"}, {"master"}, {}, {}, {}, {}, {"filer", "volume", "s3"}},
    Product{"a master of Elasticsearch",
            {"elasticsearch"},
            {},
            {"ELASTICSEARCH_NODE_ROLES", "node.roles"},
            {"master"},
            "node.roles:",
            {"master"},
            {}},
    // Version 2.0 calls it otherwise, and takes both.
    Product{"a master of OpenSearch",
            {"opensearch"},
            {},
            {"OPENSEARCH_NODE_ROLES", "node.roles"},
            {"master", "cluster_manager"},
            "node.roles:",
            {"master", "cluster_manager"},
            {}},
};

template <std::size_t Size>
bool has(const std::array<std::string_view, Size>& list, std::string_view word) {
  return !word.empty() && std::find(list.begin(), list.end(), word) != list.end();
}

template <std::size_t Size>
bool has_part(std::string_view text, const std::array<std::string_view, Size>& parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](auto part) { return !part.empty() && strings::contains(text, part); });
}

bool has_line(const Product& product, std::string_view text) {
  if (product.line.empty()) return false;
  for (const std::string_view line : strings::split(text, "\n")) {
    if (strings::trim_space(line).starts_with(product.line) && has_part(line, product.line_roles)) return true;
  }
  return false;
}

/// In a ConfigMap of the release that the pod mounts.
bool is_configured(const Product& product, const Objects& objects, const Workload& workload) {
  const std::vector<std::string_view> texts = mounted_texts(objects, workload);
  return std::any_of(texts.begin(), texts.end(), [&](std::string_view text) { return has_line(product, text); });
}

bool is_member(const Product& product, const Objects& objects, const Workload& workload, const Container& container) {
  const Program program = program_of(objects, workload, container);
  const auto words = program.words();
  if (std::any_of(words.begin(), words.end(), [&](const auto& word) { return has(product.others, word); }))
    return false;
  if (product.needs_no_sign()) return true;
  if (std::any_of(words.begin(), words.end(), [&](const auto& word) { return has(product.words, word); })) return true;
  for (const LiteralEnv& env : literal_env(objects, workload, container)) {
    if (has(product.variables, env.name) && has_part(env.value, product.variable_roles)) return true;
  }
  return has_line(product, program.text) || is_configured(product, objects, workload);
}

/// Each shard votes for itself; without a name for its set it is the workload alone.
std::string set_of(const Product& product, const Objects& objects, const Workload& workload,
                   const Container& container) {
  if (product.set_option.empty()) return {};
  for (const LiteralEnv& env : literal_env(objects, workload, container)) {
    if (env.name == product.set_variable) return std::string(env.value);
  }
  const std::string text = program_of(objects, workload, container).text;
  const std::vector<std::string_view> words = strings::fields(text);
  const auto option = std::find(words.begin(), words.end(), product.set_option);
  if (option != words.end() && option + 1 != words.end()) return std::string(option[1]);
  return std::string(workload.object->name);
}

bool is_arbiter(const Workload& workload) {
  return std::any_of(workload.labels.begin(), workload.labels.end(),
                     [](const auto& label) { return label.second.ends_with("arbiter"); });
}

}  // namespace

std::vector<QuorumMember> quorum_members(const Workloads& workloads) {
  std::vector<QuorumMember> found;
  for (const Workload& workload : workloads.all()) {
    const Container* const container = workload.is_service() ? main_container(workload) : nullptr;
    if (container == nullptr) continue;
    std::string image = image_name(*container);
    const auto* const product = std::find_if(products.begin(), products.end(), [&](const Product& each) {
      return has(each.images, image) && is_member(each, workloads.objects(), workload, *container);
    });
    if (product == products.end()) continue;
    found.push_back({&workload, product->title, std::move(image),
                     set_of(*product, workloads.objects(), workload, *container), is_arbiter(workload)});
  }
  return found;
}

std::int64_t quorum_size(std::int64_t minimum) {
  const std::int64_t least = std::max<std::int64_t>(minimum, 3);
  return least % 2 == 0 ? least + 1 : least;
}

}  // namespace rhumb::lint
