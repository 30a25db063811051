// What pods are told: environment variables and configuration files, as far as the release knows them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

enum class Known : std::uint8_t { no, yes, unknown };

/// Whether the container is told of a bucket: in its environment, its arguments, or a ConfigMap that is mounted.
/// Unknown where a part of the environment comes from outside of the release.
Known has_bucket(const Objects& objects, const Workload& workload, const Container& container);

/// Where an Odoo server keeps its files: odoo.conf's data_dir, --data-dir, else /var/lib/odoo; empty for any other
/// container.
std::string odoo_data_directory(const Objects& objects, const Workload& workload, const Container& container);

/// Whether one of the words is a word of the text.
bool has_word(const std::vector<std::string>& words, std::string_view text);

}  // namespace rhumb::lint
