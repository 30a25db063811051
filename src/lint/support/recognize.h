// What pods are, as far as it shows: database servers and the jobs that back them up. Clients, exporters, operators,
// poolers and restores are neither. A guess that is not sure is no match.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"
#include "lint/support/program.h"

namespace rhumb::lint {

enum class Engine : std::uint8_t { none, postgres, mysql, mongodb };

struct Database {
  const Workload* workload = nullptr;
  const Container* container = nullptr;
  Engine engine = Engine::none;
  std::int64_t port = 0;

  /// "PostgreSQL"; of MariaDB, whose engine is MySQL's, "MariaDB".
  std::string_view product() const;
  /// "StatefulSet/postgres (PostgreSQL)"
  std::string title() const;
};

/// Workloads that run a database server until they are stopped, whose data is meant to last.
std::vector<Database> databases(const Workloads& workloads);

/// Its pods are made to form a cluster (Galera, Patroni, repmgr, a replica set): more of them share the work. Of all
/// others a second pod would be a database of its own.
bool forms_cluster(const Database& database);
/// A copy that follows another server, or votes for one.
bool is_follower(const Workload& workload);

/// The volume that holds the database's files: the mount that its data directory lies in; none where it cannot be told.
struct DataVolume {
  manifest::Volume volume;
  manifest::Mount mount;
  bool found = false;
};
DataVolume data_volume(const Database& database, const Objects& objects);

struct Backup {
  const Workload* workload = nullptr;  // a CronJob
  const Container* container = nullptr;
  /// Of the program that dumps; none where it backs up files, or cannot be told.
  Engine engine = Engine::none;
  Program program;
  /// A program of `program` that makes the backup: "pg_dump"; empty where the backup is known by its name only.
  std::string dump;
  /// Goes to an object store or another host.
  bool leaves_cluster = false;

  bool may_serve(const Database& database) const;
};

/// CronJobs that back something up.
std::vector<Backup> backups(const Workloads& workloads);

/// What a pod is made for: the first container; a cache or a gateway beside it is the pod's own. Null for none.
const Container* main_container(const Workload& workload);

/// The path of an image without its registry, in lower case, its last part: "postgresql" of
/// "reg/bitnami/postgresql:16".
std::string image_name(const Container& container);

}  // namespace rhumb::lint
