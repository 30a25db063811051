#include "lint/support/quorum.h"

#include <algorithm>
#include <array>

#include "lint/support/literal_env.h"
#include "lint/support/program.h"
#include "lint/support/recognize.h"
#include "rhumb/base/strings.h"
#include "rhumb/manifest/references.h"

namespace rhumb::lint {
namespace {

/// What says that the image runs a member, besides the image itself.
struct Product {
  std::string_view title;
  std::array<std::string_view, 4> images;
  /// Words of the command, of which one is enough; "" alone: any.
  std::array<std::string_view, 2> words;
  /// A variable that has the text in it.
  std::array<std::string_view, 2> variables;
  std::string_view variable_text;
  /// A line of the configuration or the command that begins so and has the text in it.
  std::string_view line;
  std::string_view line_text;
  /// Words of the command that start something else.
  std::array<std::string_view, 3> others;

  bool needs_no_sign() const { return words[0].empty() && variables[0].empty() && line.empty(); }
};

constexpr std::array products{
    Product{"etcd", {"etcd"}, {}, {}, {}, {}, {}, {"gateway", "grpc-proxy", "etcdctl"}},
    Product{"ZooKeeper", {"zookeeper", "cp-zookeeper"}, {}, {}, {}, {}, {}, {"zkCli.sh"}},
    Product{"a controller of Kafka",
            {"kafka", "cp-kafka", "cp-server", "kafka-native"},
            {},
            {"KAFKA_PROCESS_ROLES", "KAFKA_CFG_PROCESS_ROLES"},
            "controller",
            "process.roles",
            "controller",
            {}},
    Product{"Consul",
            {"consul", "consul-enterprise"},
            {"-server", "--server"},
            {"CONSUL_AGENT_MODE"},
            "server",
            "\"server\": true",
            "true",
            {"-dev"}},
    Product{"Vault", {"vault", "vault-enterprise", "openbao"}, {}, {}, {}, "storage \"raft\"", "raft", {"-dev"}},
    Product{"a configuration server of MongoDB",
            {"mongo", "mongodb", "mongodb-sharded", "percona-server-mongodb"},
            {"--configsvr"},
            {"MONGODB_SHARDING_MODE"},
            "configsvr",
            "clusterRole: configsvr",
            "configsvr",
            {}},
};

template <std::size_t Size>
bool has(const std::array<std::string_view, Size>& list, std::string_view word) {
  return !word.empty() && std::find(list.begin(), list.end(), word) != list.end();
}

bool has_line(const Product& product, std::string_view text) {
  if (product.line.empty()) return false;
  for (const std::string_view line : strings::split(text, "\n")) {
    if (strings::trim_space(line).starts_with(product.line) && strings::contains(line, product.line_text)) return true;
  }
  return false;
}

/// In a ConfigMap of the release that the pod mounts.
bool is_configured(const Product& product, const Objects& objects, const Workload& workload) {
  for (const manifest::Reference& reference : manifest::references(workload)) {
    if (reference.kind != "ConfigMap") continue;
    const Object* const map = objects.find("", "ConfigMap", workload.namespace_(), reference.name);
    if (map == nullptr || !map->root["data"].is_map()) continue;
    for (const yaml::TreeNode& entry : map->root["data"].children()) {
      if (has_line(product, Node(&entry).scalar_text())) return true;
    }
  }
  return false;
}

bool is_member(const Product& product, const Objects& objects, const Workload& workload, const Container& container) {
  const Program program = program_of(objects, workload, container);
  const auto words = program.words();
  if (std::any_of(words.begin(), words.end(), [&](const auto& word) { return has(product.others, word); }))
    return false;
  if (product.needs_no_sign()) return true;
  if (std::any_of(words.begin(), words.end(), [&](const auto& word) { return has(product.words, word); })) return true;
  for (const LiteralEnv& env : literal_env(objects, workload, container)) {
    if (has(product.variables, env.name) && strings::contains(env.value, product.variable_text)) return true;
  }
  return has_line(product, program.text) || is_configured(product, objects, workload);
}

}  // namespace

std::vector<QuorumMember> quorum_members(const Workloads& workloads) {
  std::vector<QuorumMember> found;
  for (const Workload& workload : workloads.all()) {
    const Container* const container = workload.is_service() ? main_container(workload) : nullptr;
    if (container == nullptr) continue;
    std::string image = image_name(*container);
    const auto* const product =
        std::find_if(products.begin(), products.end(), [&](const Product& each) { return has(each.images, image); });
    if (product == products.end() || !is_member(*product, workloads.objects(), workload, *container)) continue;
    found.push_back({&workload, product->title, std::move(image)});
  }
  return found;
}

std::int64_t quorum_size(std::int64_t minimum) {
  const std::int64_t least = std::max<std::int64_t>(minimum, 3);
  return least % 2 == 0 ? least + 1 : least;
}

}  // namespace rhumb::lint
