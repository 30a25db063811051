// The services that a cloud runs for an environment: PostgreSQL, Redis, RabbitMQ, OpenSearch. Which images run one of
// them, which objects ask an operator for one, which names and values say where one is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lint/context.h"
#include "rhumb/manifest/image_reference.h"

namespace rhumb::lint {

enum class ManagedService : std::uint8_t { none, postgresql, redis, rabbitmq, opensearch };

/// "PostgreSQL"
std::string_view title_of(ManagedService service);
/// "postgresql", as parameters name it.
std::string_view name_of(ManagedService service);

/// The service whose server the image is; none for clients, exporters, operators, user interfaces.
ManagedService served_by(const manifest::ImageReference& image);

/// The service that the container runs: by its image, unless its command is a client's; by its command else.
ManagedService served_by(const Workload& workload, const Container& container);

/// The service that an object asks an operator for: a CloudNativePG Cluster, a RabbitmqCluster ...
ManagedService asked_for_by(const Object& object);

/// The major version of PostgreSQL that an image of a server or a client has, as far as its tag tells.
std::optional<std::int64_t> postgresql_major(const manifest::ImageReference& image);

/// What "DB_HOST", "redis-url" or "spring.rabbitmq.port" name: the service whose place their value is.
ManagedService located_by_name(std::string_view name);
/// The service that an address names: "postgres://...", "x.cache.amazonaws.com".
ManagedService located_by_value(std::string_view value);
/// The host in "scheme://user:password@host:port/path", "host:port" or "host".
std::string_view host_in(std::string_view address);

}  // namespace rhumb::lint
