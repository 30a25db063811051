#include "lint/support/managed_services.h"

#include <algorithm>
#include <array>

#include "lint/support/credential_names.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_number.h"

namespace rhumb::lint {
namespace {

using Words = std::vector<std::string>;

struct Named {
  std::string_view word;
  ManagedService service;
};

constexpr std::array servers{
    Named{"postgres", ManagedService::postgresql},   Named{"postgresql", ManagedService::postgresql},
    Named{"postgis", ManagedService::postgresql},    Named{"timescaledb", ManagedService::postgresql},
    Named{"pgvector", ManagedService::postgresql},   Named{"spilo", ManagedService::postgresql},
    Named{"redis", ManagedService::redis},           Named{"valkey", ManagedService::redis},
    Named{"keydb", ManagedService::redis},           Named{"rabbitmq", ManagedService::rabbitmq},
    Named{"opensearch", ManagedService::opensearch}, Named{"elasticsearch", ManagedService::opensearch},
};

/// What else there is around them.
constexpr auto companions = std::to_array<std::string_view>(
    {"exporter", "operator",  "backup",     "backups", "client",    "proxy",     "pooler",     "bouncer", "admin",
     "ui",       "dashboard", "dashboards", "cli",     "commander", "insight",   "init",       "migrate", "migration",
     "metrics",  "monitor",   "controller", "restore", "wal",       "benchmark", "console",    "browser", "web",
     "manager",  "curator",   "test",       "tools",   "toolbox",   "topology",  "definition", "sidecar", "reloader",
     "snapshot", "lens",      "gateway",    "agent",   "query",     "logger",    "consumer",   "worker"});

constexpr auto clients = std::to_array<std::string_view>({"psql",
                                                          "pg_isready",
                                                          "pg_dump",
                                                          "pg_dumpall",
                                                          "pg_restore",
                                                          "pg_basebackup",
                                                          "pg_verifybackup",
                                                          "createdb",
                                                          "redis-cli",
                                                          "valkey-cli",
                                                          "rabbitmqadmin",
                                                          "rabbitmqctl",
                                                          "curl",
                                                          "wget",
                                                          "sleep",
                                                          "cp",
                                                          "chown",
                                                          "test",
                                                          "until",
                                                          "nc",
                                                          "python",
                                                          "python3",
                                                          "node",
                                                          "java"});

constexpr std::array programs{
    Named{"postgres", ManagedService::postgresql},      Named{"postmaster", ManagedService::postgresql},
    Named{"redis-server", ManagedService::redis},       Named{"valkey-server", ManagedService::redis},
    Named{"rabbitmq-server", ManagedService::rabbitmq}, Named{"opensearch", ManagedService::opensearch},
    Named{"elasticsearch", ManagedService::opensearch},
};

struct Asked {
  std::string_view kind;
  std::string_view group;
  ManagedService service;
};
constexpr std::array asked{
    Asked{"Cluster", "postgresql.cnpg.io", ManagedService::postgresql},
    Asked{"postgresql", "acid.zalan.do", ManagedService::postgresql},
    Asked{"PostgresCluster", "postgres-operator.crunchydata.com", ManagedService::postgresql},
    Asked{"PerconaPGCluster", "pgv2.percona.com", ManagedService::postgresql},
    Asked{"SGCluster", "stackgres.io", ManagedService::postgresql},
    Asked{"Postgres", "kubedb.com", ManagedService::postgresql},
    Asked{"Redis", "kubedb.com", ManagedService::redis},
    Asked{"Redis", "redis.redis.opstreelabs.in", ManagedService::redis},
    Asked{"RedisCluster", "redis.redis.opstreelabs.in", ManagedService::redis},
    Asked{"RedisReplication", "redis.redis.opstreelabs.in", ManagedService::redis},
    Asked{"RedisFailover", "databases.spotahome.com", ManagedService::redis},
    Asked{"RedisEnterpriseCluster", "app.redislabs.com", ManagedService::redis},
    Asked{"RabbitmqCluster", "rabbitmq.com", ManagedService::rabbitmq},
    Asked{"OpenSearchCluster", "opensearch.opster.io", ManagedService::opensearch},
    Asked{"Elasticsearch", "elasticsearch.k8s.elastic.co", ManagedService::opensearch},
};

template <typename List>
bool has(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

template <std::size_t N>
ManagedService service_of(const std::array<Named, N>& list, std::string_view word) {
  const auto* const found =
      std::find_if(list.begin(), list.end(), [&](const Named& named) { return named.word == word; });
  return found == list.end() ? ManagedService::none : found->service;
}

/// The words of the last part of the path: "redis-cluster" of "bitnami/redis-cluster".
Words image_words(const manifest::ImageReference& image) {
  const std::string name = strings::replace(image.path.substr(image.path.rfind('/') + 1), "_", "-");
  Words words;
  for (const std::string_view word : strings::split(name, "-")) words.emplace_back(word);
  return words;
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_shell(std::string_view program) {
  return program == "sh" || program == "bash" || program == "ash" || program == "dash";
}

/// The first word that is a program, not a flag or an assignment.
std::string_view first_program(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    if (text.empty() || text.front() == '-' || strings::contains(text, "=")) continue;
    return base_name(text);
  }
  return {};
}

/// The server that a script starts.
ManagedService started_by(std::string_view script) {
  for (const std::string_view line : strings::split(script, "\n")) {
    std::vector<std::string_view> words = strings::fields(line);
    if (!words.empty() && words.front() == "exec") words.erase(words.begin());
    if (words.empty()) continue;
    const ManagedService service = service_of(programs, base_name(words.front()));
    if (service != ManagedService::none) return service;
  }
  return ManagedService::none;
}

bool has_entry_point(std::string_view script) {
  return strings::contains(script, "entrypoint") || strings::contains(script, "/scripts/start") ||
         strings::contains(script, "/run.sh");
}

ManagedService served_by_command(const Workload& workload, const Container& container, ManagedService by_image) {
  const std::vector<std::string> command = container.node["command"].texts();
  const std::vector<std::string> args = container.node["args"].texts();
  const std::string_view program = first_program(command.empty() ? args : command);
  if (const ManagedService service = service_of(programs, program); service != ManagedService::none) return service;
  // The image's own entry point runs, with arguments for it or a program for it to run.
  if (command.empty()) return has(clients, program) || is_shell(program) ? ManagedService::none : by_image;
  if (!is_shell(program)) return strings::contains(program, "entrypoint") ? by_image : ManagedService::none;
  const std::string script = strings::join(command, "\n") + "\n" + strings::join(args, "\n");
  if (const ManagedService service = started_by(script); service != ManagedService::none) return service;
  // A script that somebody mounted: a StatefulSet of the image is the server itself.
  const bool may_serve = has_entry_point(script) || workload.kind() == "StatefulSet";
  return may_serve ? by_image : ManagedService::none;
}

constexpr auto places =
    std::to_array<std::string_view>({"host", "hostname", "hosts", "port", "url", "uri", "dsn", "endpoint", "endpoints",
                                     "address", "addr", "server", "servers", "hostaddr"});
/// They tell of a place in the pod itself, or of a name.
constexpr auto own_places =
    std::to_array<std::string_view>({"listen", "bind", "exporter", "metrics", "probe", "health", "web", "http", "ui",
                                     "management", "dashboard", "scrape", "container", "telemetry", "admin"});

constexpr std::array service_words{
    Named{"postgres", ManagedService::postgresql},
    Named{"postgresql", ManagedService::postgresql},
    Named{"pg", ManagedService::postgresql},
    Named{"psql", ManagedService::postgresql},
    Named{"rds", ManagedService::postgresql},
    Named{"db", ManagedService::postgresql},
    Named{"database", ManagedService::postgresql},
    Named{"datasource", ManagedService::postgresql},
    Named{"redis", ManagedService::redis},
    Named{"valkey", ManagedService::redis},
    Named{"elasticache", ManagedService::redis},
    Named{"rabbitmq", ManagedService::rabbitmq},
    Named{"rabbit", ManagedService::rabbitmq},
    Named{"amqp", ManagedService::rabbitmq},
    Named{"broker", ManagedService::rabbitmq},
    Named{"opensearch", ManagedService::opensearch},
    Named{"elasticsearch", ManagedService::opensearch},
};

struct Mark {
  std::string_view text;
  ManagedService service;
};
constexpr std::array schemes{
    Mark{"postgres://", ManagedService::postgresql}, Mark{"postgresql://", ManagedService::postgresql},
    Mark{"postgresql+", ManagedService::postgresql}, Mark{"jdbc:postgresql:", ManagedService::postgresql},
    Mark{"redis://", ManagedService::redis},         Mark{"rediss://", ManagedService::redis},
    Mark{"amqp://", ManagedService::rabbitmq},       Mark{"amqps://", ManagedService::rabbitmq},
};
constexpr std::array domains{
    Mark{".rds.amazonaws.com", ManagedService::postgresql},
    Mark{".cache.amazonaws.com", ManagedService::redis},
    Mark{".es.amazonaws.com", ManagedService::opensearch},
    Mark{".aoss.amazonaws.com", ManagedService::opensearch},
};

}  // namespace

std::string_view title_of(ManagedService service) {
  constexpr std::array<std::string_view, 5> titles{"", "PostgreSQL", "Redis", "RabbitMQ", "OpenSearch"};
  return titles.at(static_cast<std::size_t>(service));
}

std::string_view name_of(ManagedService service) {
  constexpr std::array<std::string_view, 5> names{"", "postgresql", "redis", "rabbitmq", "opensearch"};
  return names.at(static_cast<std::size_t>(service));
}

ManagedService served_by(const manifest::ImageReference& image) {
  const Words words = image_words(image);
  if (words.empty() ||
      std::any_of(words.begin(), words.end(), [](const auto& word) { return has(companions, word); })) {
    return ManagedService::none;
  }
  if (words.size() > 1 && words[0] == "crunchy" && words[1] == "postgres") return ManagedService::postgresql;
  return service_of(servers, words.front());
}

ManagedService served_by(const Workload& workload, const Container& container) {
  auto image = manifest::parse_image_reference(container.node["image"].scalar_text());
  return served_by_command(workload, container, image ? served_by(*image) : ManagedService::none);
}

ManagedService asked_for_by(const Object& object) {
  const auto* const found = std::find_if(asked.begin(), asked.end(), [&](const Asked& row) {
    return row.kind == object.kind && row.group == object.group;
  });
  return found == asked.end() ? ManagedService::none : found->service;
}

std::optional<std::int64_t> postgresql_major(const manifest::ImageReference& image) {
  const Words words = image_words(image);
  if (words.empty() || service_of(servers, words.front()) != ManagedService::postgresql) return {};
  for (const std::string_view other : {"exporter", "operator", "bouncer", "admin", "proxy", "pooler"}) {
    if (has(words, other)) return {};
  }
  const std::string tag = image.is_default_tag ? std::string() : image.tag;
  std::string_view digits;
  for (const std::string_view word : strings::split(tag, "-")) {
    if (word.size() > 2 && word.starts_with("pg")) digits = word.substr(2);
  }
  // The version of an extension, unless it says otherwise.
  const bool is_extension = words.front() == "timescaledb" || words.front() == "pgvector" || words.front() == "spilo";
  if (digits.empty() && !is_extension) digits = tag.starts_with('v') ? std::string_view(tag).substr(1) : tag;
  if (digits.empty() && words.front() == "spilo" && words.size() > 1) digits = words[1];
  digits = digits.substr(0, digits.find_first_not_of("0123456789"));
  const auto major = parse_int(digits, 10, 32);
  if (digits.empty() || !major || major.value < 8 || major.value > 99) return {};
  return major.value;
}

ManagedService located_by_name(std::string_view name) {
  const Words words = words_of(name);
  if (words.empty() ||
      std::any_of(words.begin(), words.end(), [](const auto& word) { return has(own_places, word); })) {
    return ManagedService::none;
  }
  const std::string& last = words.back();
  if (last == "pghost" || last == "pgport" || last == "pghostaddr") return ManagedService::postgresql;
  if (last == "dbhost" || last == "dbport") return ManagedService::postgresql;
  const bool is_string = last == "string" && words.size() > 1 && words[words.size() - 2].starts_with("conn");
  if (words.size() < 2 || (!is_string && !has(places, last))) return ManagedService::none;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const ManagedService service = service_of(service_words, words[i]);
    if (service != ManagedService::none) return service;
  }
  return ManagedService::none;
}

ManagedService located_by_value(std::string_view value) {
  for (const Mark& scheme : schemes) {
    if (value.starts_with(scheme.text)) return scheme.service;
  }
  const std::string_view host = host_in(value);
  for (const Mark& domain : domains) {
    if (host.ends_with(domain.text)) return domain.service;
  }
  const bool is_mq = strings::contains(host, ".mq.") && (host.ends_with(".amazonaws.com") || host.ends_with(".on.aws"));
  return is_mq ? ManagedService::rabbitmq : ManagedService::none;
}

std::string_view host_in(std::string_view address) {
  if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos) {
    address = address.substr(scheme + 3);
  }
  address = address.substr(0, address.find_first_of("/?#, "));
  if (const std::size_t at = address.rfind('@'); at != std::string_view::npos) address = address.substr(at + 1);
  if (address.starts_with('[')) return address.substr(0, address.find(']') + 1);
  return address.substr(0, address.find(':'));
}

}  // namespace rhumb::lint
