#include "lint/support/config_checksums.h"

#include <algorithm>
#include <array>

#include "rhumb/base/strings.h"
#include "rhumb/funcs/digest.h"

namespace rhumb::lint {
namespace {

constexpr std::string_view digest_of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

std::string hex_digest(std::string_view text) { return funcs::hexadecimal(funcs::sha256_digest(text)); }

/// A digest, or enough of one.
bool is_digest(std::string_view text) {
  return text.size() >= 8 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool says_checksum(std::string_view key) {
  const std::string lower = strings::to_lower(key);
  return strings::contains(lower, "checksum") || strings::contains(lower, "hash") || strings::contains(lower, "sha256");
}

/// What makes every release roll.
bool always_rolls(std::string_view key) {
  constexpr std::array<std::string_view, 7> words{"roll",      "restart", "redeploy", "revision",
                                                  "timestamp", "random",  "deployed"};
  const std::string lower = strings::to_lower(key);
  return std::any_of(words.begin(), words.end(), [&](auto word) { return strings::contains(lower, word); });
}

std::vector<Node> pod_marks(const Workload& workload) {
  std::vector<Node> marks;
  for (const std::string_view field : {"annotations", "labels"}) {
    const Node map = workload.pod_metadata[field];
    if (!map.is_map()) continue;
    for (const Node entry : map) {
      if (entry.is_scalar()) marks.push_back(entry);
    }
  }
  return marks;
}

bool is_checksum(Node mark) { return is_digest(mark.scalar_text()) || says_checksum(mark.key()); }

bool lists_name(std::string_view names, std::string_view name) {
  for (const std::string_view each : strings::split(names, ",")) {
    if (strings::trim_space(each) == name) return true;
  }
  return false;
}

}  // namespace

bool ConfigChecksums::covers(const Workload& workload, const Object& object) {
  const std::vector<Node> marks = pod_marks(workload);
  // What no value flows into changes with the chart only.
  if (is_traced() && origins_of_content(object).empty()) {
    const bool has_version = std::any_of(
        marks.begin(), marks.end(), [](Node mark) { return mark.key() == "helm.sh/chart" || mark.key() == "chart"; });
    if (has_version) return true;
  }
  return std::any_of(marks.begin(), marks.end(), [&](Node mark) {
    return always_rolls(mark.key()) || (is_checksum(mark) && covers(*workload.object, mark, object));
  });
}

std::optional<IdleChecksum> ConfigChecksums::idle(const Workload& workload) {
  std::optional<IdleChecksum> found;
  for (const Node mark : pod_marks(workload)) {
    if (!says_checksum(mark.key())) continue;
    auto reason = idle_reason(*workload.object, mark);
    if (!reason || found) return {};
    found = IdleChecksum{mark, std::move(*reason)};
  }
  return found;
}

std::optional<std::string> ConfigChecksums::idle_reason(const Object& holder, Node checksum) {
  const std::string_view text = checksum.scalar_text();
  if (is_digest(text) && digest_of_nothing.starts_with(text)) return "the checksum of an empty text";
  if (is_literal(holder, checksum)) return "written down in the template";
  return {};
}

bool ConfigChecksums::covers(const Object& holder, Node checksum, const Object& object) {
  if (idle_reason(holder, checksum)) return false;
  const std::vector<std::size_t> files = files_of(strings::to_lower(checksum.scalar_text()));
  if (!files.empty()) return std::find(files.begin(), files.end(), object.file) != files.end();
  // A template with a random password has another checksum each time it is rendered.
  if (run_.is_random) return true;
  bool complete = true;
  const Origins of_checksum = origins(holder, checksum, complete);
  const Origins of_object = origins_of_content(object);
  if (!complete || of_checksum.empty() || of_object.empty()) return true;
  return std::any_of(of_checksum.begin(), of_checksum.end(), [&](OriginId id) { return of_object.contains(id); });
}

bool ConfigChecksums::is_traced() const { return run_.rendering != nullptr && run_.rendering->origins() != nullptr; }

ConfigChecksums::Origins ConfigChecksums::origins_of_content(const Object& object) const {
  Origins found;
  bool complete = true;
  for (const std::string_view part : {"data", "stringData", "binaryData", "spec"}) {
    if (object.root[part]) found.merge(origins(object, object.root[part], complete));
  }
  return found;
}

std::vector<std::size_t> ConfigChecksums::files_of(std::string_view digest) {
  std::vector<std::size_t> found;
  if (!is_digest(digest) || run_.rendering == nullptr) return found;
  if (!digests_) {
    digests_.emplace();
    for (const manifest::RenderedFile& file : run_.files()) digests_->push_back(hex_digest(file.text.text));
  }
  for (std::size_t i = 0; i < digests_->size(); ++i) {
    if ((*digests_)[i].starts_with(digest)) found.push_back(i);
  }
  return found;
}

void ConfigChecksums::add_origins(OriginId id, Origins& found, bool& complete) const {
  if (id == no_origin) return;
  const Origin& origin = run_.rendering->origins()->get(id);
  if (origin.kind == OriginKind::yaml_node || origin.kind == OriginKind::set_flag) {
    found.insert(id);
    return;
  }
  if (origin.kind == OriginKind::branch) return;
  complete = complete && (origin.kind != OriginKind::join || origin.parts.size() < OriginTable::most_parts);
  for (const OriginId part : origin.parts) add_origins(part, found, complete);
}

ConfigChecksums::Origins ConfigChecksums::origins(const Object& object, Node node, bool& complete) const {
  Origins found;
  if (!is_traced()) return found;
  const std::vector<TracePiece>& trace = run_.files()[object.file].text.trace;
  const std::size_t begin = node.node()->begin + object.offset;
  const std::size_t end = node.node()->end + object.offset;
  auto at = std::upper_bound(trace.begin(), trace.end(), begin,
                             [](std::size_t offset, const TracePiece& piece) { return offset < piece.begin; });
  if (at != trace.begin()) --at;
  for (; at != trace.end() && at->begin < end; ++at) add_origins(at->origin, found, complete);
  return found;
}

/// The text stands in the template as it is.
bool ConfigChecksums::is_literal(const Object& object, Node node) const {
  if (run_.rendering == nullptr || run_.chart == nullptr) return false;
  const std::string& name = run_.files()[object.file].name;
  const std::string_view text = node.scalar_text();
  if (text.empty()) return false;
  // The file's name begins with those of the charts that it lies in.
  const auto in_chart = [&](const auto& self, const chart::Chart& chart) -> bool {
    for (const chart::File& file : chart.templates) {
      if (name.ends_with(file.name) && strings::contains(file.data, text)) return true;
    }
    return std::any_of(chart.dependencies.begin(), chart.dependencies.end(),
                       [&](const auto& dependency) { return self(self, *dependency); });
  };
  return in_chart(in_chart, *run_.chart);
}

bool is_watched(const Workload& workload, const Object& object, std::string_view kind, std::string_view name) {
  constexpr std::string_view reloader = "reloader.stakater.com/";
  const std::string own = std::string(kind == "ConfigMap" ? "configmap." : "secret.") + std::string(reloader);
  for (const Node map : {workload.object->metadata()["annotations"], workload.pod_metadata["annotations"]}) {
    const auto is_true = [&](const std::string& key) { return map[key].scalar_text() == "true"; };
    if (is_true(std::string(reloader) + "auto") || is_true(own + "auto")) return true;
    if (is_true("wave.pusher.com/update-on-config-change")) return true;
    if (lists_name(map[own + "reload"].scalar_text(), name)) return true;
    const bool is_marked = object.annotation("reloader.stakater.com/match") == "true";
    if (is_marked && is_true(std::string(reloader) + "search")) return true;
    // Of the class that a Secret is synced from.
    if (object.kind != "SecretProviderClass") continue;
    const std::string provider = "secretproviderclass." + std::string(reloader);
    if (is_true(provider + "auto") || lists_name(map[provider + "reload"].scalar_text(), object.name)) return true;
  }
  return false;
}

}  // namespace rhumb::lint
