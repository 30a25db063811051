#include "lint/support/recognize.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "lint/support/literal_env.h"
#include "rhumb/base/strings.h"
#include "rhumb/manifest/image_reference.h"

namespace rhumb::lint {
namespace {

struct Server {
  std::string_view image;  // the last part of its path
  Engine engine;
  /// Of one that is not called like its engine.
  std::string_view title = {};
};

constexpr std::array servers{
    Server{"postgres", Engine::postgres},
    Server{"postgresql", Engine::postgres},
    Server{"postgresql-repmgr", Engine::postgres},
    Server{"postgis", Engine::postgres},
    Server{"spilo", Engine::postgres},
    Server{"pgvector", Engine::postgres},
    Server{"timescaledb", Engine::postgres},
    Server{"timescaledb-ha", Engine::postgres},
    Server{"mysql", Engine::mysql},
    Server{"mysql-server", Engine::mysql},
    Server{"mariadb", Engine::mysql, "MariaDB"},
    Server{"mariadb-galera", Engine::mysql, "MariaDB"},
    Server{"percona-server", Engine::mysql, "Percona Server"},
    Server{"mongo", Engine::mongodb},
    Server{"mongodb", Engine::mongodb},
    Server{"mongodb-sharded", Engine::mongodb},
    Server{"mongodb-community-server", Engine::mongodb},
    Server{"percona-server-mongodb", Engine::mongodb, "Percona Server for MongoDB"},
};

/// Those of them that come with a version in the name.
constexpr std::array<std::string_view, 6> versioned{"postgresql", "postgres", "spilo", "mysql", "mariadb", "mongodb"};

struct EngineFacts {
  Engine engine;
  std::string_view title;
  std::int64_t port;
  /// A variable that only its server reads, and where that stands for the folder of the data.
  std::string_view variable;
  std::string_view folder_variable;
  /// Its program.
  std::array<std::string_view, 3> programs;
  /// Where images keep the data.
  std::array<std::string_view, 4> folders;
};

constexpr std::array facts{
    EngineFacts{Engine::postgres,
                "PostgreSQL",
                5432,
                "POSTGRES_PASSWORD",
                "PGDATA",
                {"postgres", "postmaster", "patroni"},
                {"/var/lib/postgresql", "/bitnami/postgresql", "/home/postgres/pgdata", "/var/lib/pgsql"}},
    EngineFacts{Engine::mysql,
                "MySQL",
                3306,
                "MYSQL_ROOT_PASSWORD",
                "",
                {"mysqld", "mariadbd", "mysqld_safe"},
                {"/var/lib/mysql", "/bitnami/mysql", "/bitnami/mariadb", ""}},
    EngineFacts{Engine::mongodb,
                "MongoDB",
                27017,
                "MONGO_INITDB_ROOT_PASSWORD",
                "",
                {"mongod", "mongos", ""},
                {"/data/db", "/bitnami/mongodb", "/var/lib/mongo", ""}},
};

const EngineFacts* facts_of(Engine engine) {
  const auto* const found =
      std::find_if(facts.begin(), facts.end(), [&](const auto& each) { return each.engine == engine; });
  return found == facts.end() ? nullptr : found;
}

std::string_view engine_name(Engine engine) {
  const EngineFacts* const known = facts_of(engine);
  return known == nullptr ? std::string_view() : known->title;
}

/// The server that an image is, by its name, or by its family's where that has a version in it: "postgresql-16",
/// "mysql-80", "spilo-17". Null for none.
const Server* server_of_image(const Container& container) {
  const std::string name = image_name(container);
  const auto find = [](std::string_view image) {
    const auto* const found =
        std::find_if(servers.begin(), servers.end(), [&](const Server& server) { return server.image == image; });
    return found == servers.end() ? nullptr : found;
  };
  if (const Server* const server = find(name)) return server;
  const std::size_t dash = name.rfind('-');
  if (dash == std::string::npos || dash + 1 == name.size()) return nullptr;
  if (name.find_first_not_of("0123456789", dash + 1) != std::string::npos) return nullptr;
  const std::string_view family = std::string_view(name).substr(0, dash);
  return std::find(versioned.begin(), versioned.end(), family) == versioned.end() ? nullptr : find(family);
}

/// An image of another name that opens the port and is told a server's password.
Engine engine_of_settings(const Container& container) {
  for (const EngineFacts& each : facts) {
    const std::vector<manifest::Port> ports = manifest::container_ports(container.node);
    if (std::none_of(ports.begin(), ports.end(), [&](const auto& port) { return port.number == each.port; })) continue;
    if (!container.node["env"].is_list()) continue;
    for (const Node env : container.node["env"]) {
      const std::string_view name = env["name"].text();
      if (name == each.variable || (!name.empty() && name == each.folder_variable)) return each.engine;
    }
  }
  return Engine::none;
}

/// A command of its own that starts no server: a client, a wait, a sleep.
bool runs_something_else(const Container& container, const EngineFacts& engine) {
  const Node command = container.node["command"];
  if (!command.is_list() || command.empty()) return false;
  std::string text;
  for (const Node list : {command, container.node["args"]}) {
    if (!list.is_list()) continue;
    for (const Node item : list) text.append(item.scalar_text()).append(" ");
  }
  const auto words = Program{text, true}.words();
  // Entry points and scripts of the image or of a volume may start it.
  return std::none_of(words.begin(), words.end(), [&](const std::string& word) {
    return word.ends_with(".sh") || strings::contains(word, "entrypoint") || strings::contains(word, "run-") ||
           std::find(engine.programs.begin(), engine.programs.end(), word) != engine.programs.end();
  });
}

Engine engine_of(const Container& container) {
  const Server* const server = server_of_image(container);
  const Engine engine = server == nullptr ? engine_of_settings(container) : server->engine;
  const EngineFacts* const known = facts_of(engine);
  return known == nullptr || runs_something_else(container, *known) ? Engine::none : engine;
}

/// Routers and voters of MongoDB.
bool holds_no_data(const Workload& workload) {
  const auto component = workload.labels.find("app.kubernetes.io/component");
  return component != workload.labels.end() && (component->second == "mongos" || component->second == "arbiter");
}

/// The port that the container opens for the engine: its usual one, or the first with a telling name.
std::int64_t port_of(const Container& container, const EngineFacts& engine) {
  const std::vector<manifest::Port> ports = manifest::container_ports(container.node);
  for (const manifest::Port& port : ports) {
    if (port.number == engine.port) return port.number;
  }
  for (const manifest::Port& port : ports) {
    if (strings::contains(port.name, "sql") || strings::contains(port.name, "mongo") || port.name == "db") {
      return port.number;
    }
  }
  return engine.port;
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_within(std::string_view path, std::string_view folder) {
  folder = strings::trim_suffix(folder, "/");
  return path == folder || (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

/// Paths that the database's files may be in, the surest first.
std::vector<std::string> data_paths(const Database& database, const Objects& objects) {
  const EngineFacts& engine = *facts_of(database.engine);
  std::vector<std::string> paths;
  for (const LiteralEnv& env : literal_env(objects, *database.workload, *database.container)) {
    if (!engine.folder_variable.empty() && env.name == engine.folder_variable) paths.emplace_back(env.value);
  }
  for (const std::string_view folder : engine.folders) {
    if (!folder.empty()) paths.emplace_back(folder);
  }
  return paths;
}

struct Dumper {
  std::string_view program;
  Engine engine;
};

constexpr std::array dumpers{
    Dumper{"pg_dump", Engine::postgres},
    Dumper{"pg_dumpall", Engine::postgres},
    Dumper{"pg_basebackup", Engine::postgres},
    Dumper{"pgbackrest", Engine::postgres},
    Dumper{"barman-cloud-backup", Engine::postgres},
    Dumper{"barman", Engine::postgres},
    Dumper{"wal-g", Engine::none},
    Dumper{"wal-e", Engine::postgres},
    Dumper{"mysqldump", Engine::mysql},
    Dumper{"mysqlpump", Engine::mysql},
    Dumper{"mariadb-dump", Engine::mysql},
    Dumper{"mariabackup", Engine::mysql},
    Dumper{"mariadb-backup", Engine::mysql},
    Dumper{"xtrabackup", Engine::mysql},
    Dumper{"mydumper", Engine::mysql},
    Dumper{"mongodump", Engine::mongodb},
    Dumper{"restic", Engine::none},
    Dumper{"borg", Engine::none},
    Dumper{"kopia", Engine::none},
    Dumper{"velero", Engine::none},
};

/// Words of programs and places that take a backup away from the cluster.
constexpr std::array<std::string_view, 20> remote_signs{
    "s3://",      "gs://",  "aws s3", "s3cmd", "gsutil",    "gcloud storage", "az storage",
    "azcopy",     "rclone", "restic", "rsync", "scp ",      "sftp",           "wal-g",
    "pgbackrest", "curl ",  "ssh ",   "mc cp", "mc mirror", "kubectl "};

constexpr std::array<std::string_view, 6> remote_variables{"S3_", "BUCKET", "AWS_ACCESS", "RESTIC_", "RCLONE_", "GCS_"};

bool leaves_cluster(const Workload& workload, const Program& program) {
  if (std::any_of(remote_signs.begin(), remote_signs.end(), [&](auto sign) { return program.has(sign); })) return true;
  for (const Container& container : workload.containers) {
    const Node list = container.node["env"];
    if (!list.is_list()) continue;
    for (const Node env : list) {
      const std::string name = strings::to_upper(env["name"].scalar_text());
      const bool is_remote = std::any_of(remote_variables.begin(), remote_variables.end(),
                                         [&](auto part) { return strings::contains(name, part); });
      if (is_remote) return true;
    }
  }
  return false;
}

/// Names say "backup" of what restores, tidies up or watches, too.
bool is_named_backup(const Workload& workload) {
  constexpr std::array<std::string_view, 9> others{"restore", "clean", "prune", "purge",   "monitor",
                                                   "verify",  "check", "test",  "exporter"};
  std::string name = strings::to_lower(workload.object->name);
  for (const std::string_view label : {"app.kubernetes.io/component", "app.kubernetes.io/name", "component"}) {
    const auto found = workload.labels.find(label);
    if (found != workload.labels.end()) name += " " + strings::to_lower(found->second);
  }
  if (std::any_of(others.begin(), others.end(), [&](auto word) { return strings::contains(name, word); })) return false;
  return strings::contains(name, "backup") || strings::contains(name, "pg-dump") || strings::contains(name, "pgdump") ||
         strings::contains(name, "mysqldump");
}

Backup read_backup(const Objects& objects, const Workload& workload) {
  Backup backup;
  backup.workload = &workload;
  for (const Container& container : workload.containers) {
    Program program = program_of(objects, workload, container);
    const auto words = program.words();
    const auto* const dumper =
        std::find_if(dumpers.begin(), dumpers.end(), [&](const Dumper& each) { return words.contains(each.program); });
    if (dumper == dumpers.end()) continue;
    backup.container = &container;
    backup.engine = dumper->engine;
    backup.dump = dumper->program;
    backup.program = std::move(program);
    break;
  }
  return backup;
}

}  // namespace

const Container* main_container(const Workload& workload) {
  const auto found = std::find_if(workload.containers.begin(), workload.containers.end(),
                                  [](const Container& container) { return container.kind == ContainerKind::main; });
  return found == workload.containers.end() ? nullptr : &*found;
}

std::string image_name(const Container& container) {
  const auto image = manifest::parse_image_reference(container.node["image"].text());
  if (!image) return {};
  return strings::to_lower(image->path.substr(image->path.rfind('/') + 1));
}

std::string_view Database::product() const {
  const Server* const server = server_of_image(*container);
  return server == nullptr || server->title.empty() ? engine_name(engine) : server->title;
}

std::string Database::title() const { return workload->title() + " (" + std::string(product()) + ")"; }

std::vector<Database> databases(const Workloads& workloads) {
  std::vector<Database> found;
  for (const Workload& workload : workloads.all()) {
    if (!workload.is_service() || holds_no_data(workload)) continue;
    for (const Container& container : workload.containers) {
      if (!container.runs_on()) continue;
      const Engine engine = engine_of(container);
      if (engine == Engine::none) continue;
      found.push_back({&workload, &container, engine, port_of(container, *facts_of(engine))});
      break;
    }
  }
  return found;
}

namespace {

constexpr std::array<std::string_view, 10> cluster_signs{"repmgr",  "galera", "patroni",  "replica_set",
                                                         "replset", "wsrep_", "-sharded", "group_replication",
                                                         "spilo",   "stolon"};

bool tells_of_cluster(std::string_view text) {
  const std::string lower = strings::to_lower(text);
  return std::any_of(cluster_signs.begin(), cluster_signs.end(),
                     [&](auto sign) { return strings::contains(lower, sign); });
}

}  // namespace

bool forms_cluster(const Database& database) {
  const std::string image = image_name(*database.container);
  if (tells_of_cluster(image) || image.ends_with("-ha")) return true;
  for (const std::string_view field : {"command", "args", "env"}) {
    const Node list = database.container->node[field];
    if (!list.is_list()) continue;
    for (const Node item : list) {
      if (tells_of_cluster(item.is_map() ? item["name"].scalar_text() : item.scalar_text())) return true;
    }
  }
  return false;
}

bool is_follower(const Workload& workload) {
  constexpr std::array<std::string_view, 5> words{"read", "secondary", "replica", "slave", "arbiter"};
  for (const std::string_view key : {"app.kubernetes.io/component", "role", "component"}) {
    const auto found = workload.labels.find(key);
    if (found != workload.labels.end() && std::find(words.begin(), words.end(), found->second) != words.end())
      return true;
  }
  return false;
}

namespace {

bool may_hold_data(const manifest::Volume& volume) {
  const std::string_view source = volume.source();
  return source != "configMap" && source != "secret" && source != "projected" && source != "downwardAPI";
}

/// A folder of data below the one of an image: /var/lib/postgresql/data.
bool is_data_folder(std::string_view path, std::string_view folder) {
  const std::string_view name = last_part(path);
  return is_within(path, folder) && (name == "data" || name == "pgdata" || name == "db");
}

}  // namespace

DataVolume data_volume(const Database& database, const Objects& objects) {
  const std::vector<manifest::Volume> volumes = manifest::volumes(*database.workload);
  for (const std::string& path : data_paths(database, objects)) {
    DataVolume best;
    for (const manifest::Volume& volume : volumes) {
      for (const manifest::Mount& mount : volume.mounts) {
        const bool holds = is_within(path, mount.path) || is_data_folder(mount.path, path);
        if (mount.container->node != database.container->node || !holds || !may_hold_data(volume)) continue;
        if (!best.found || mount.path.size() > best.mount.path.size()) best = {volume, mount, true};
      }
    }
    if (best.found) return best;
  }
  return {};
}

bool Backup::may_serve(const Database& database) const { return engine == Engine::none || engine == database.engine; }

std::vector<Backup> backups(const Workloads& workloads) {
  std::vector<Backup> found;
  for (const Workload& workload : workloads.all()) {
    if (workload.kind() != "CronJob" || workload.object->is_hook()) continue;
    Backup backup = read_backup(workloads.objects(), workload);
    if (backup.container == nullptr) {
      if (!is_named_backup(workload) || workload.containers.empty()) continue;
      backup.container = &workload.containers.front();
      backup.program = program_of(workloads.objects(), workload, *backup.container);
    }
    backup.leaves_cluster = leaves_cluster(workload, backup.program);
    found.push_back(std::move(backup));
  }
  return found;
}

}  // namespace rhumb::lint
