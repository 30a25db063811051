#include "lint/support/version_labels.h"

#include <algorithm>
#include <array>

#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

constexpr std::array<std::string_view, 3> version_names{"chart", "version", "chart-version"};

/// Versions of the charts of the tree, and what is told by them: "odoo-1.0.0".
void add_versions(const chart::Chart& chart, std::vector<std::string>& versions) {
  const std::string version = strings::replace(chart.metadata.version, "+", "_");
  if (!version.empty()) {
    versions.push_back(version);
    versions.push_back(chart.metadata.name + "-" + version);
  }
  if (!chart.metadata.app_version.empty()) versions.push_back(chart.metadata.app_version);
  for (const auto& dependency : chart.dependencies) add_versions(*dependency, versions);
}

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/// Digits on both sides of a dot.
bool has_version(std::string_view text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '.' && is_digit(text[i - 1]) && is_digit(text[i + 1])) return true;
  }
  return false;
}

}  // namespace

VersionLabels::VersionLabels(const Context& context) : context_(context) {
  if (context.run().chart != nullptr) add_versions(*context.run().chart, versions_);
}

bool VersionLabels::change(Node label) const {
  if (context_.lists(version_labels_parameter.name, label.key())) return true;
  const std::string_view value = label.scalar_text();
  if (!strings::contains(value, ".")) return false;
  if (std::find(versions_.begin(), versions_.end(), value) != versions_.end()) return true;
  const bool is_called_so = std::find(version_names.begin(), version_names.end(), label.key()) != version_names.end();
  return is_called_so && has_version(value);
}

}  // namespace rhumb::lint
