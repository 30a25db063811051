#include "rhumb/funcs/objects.h"

#include <array>

#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"
#include "rhumb/value/go_number.h"

namespace rhumb::funcs {
namespace {

constexpr std::array<std::string_view, 57> known_api_versions{
    "v1",
    "admissionregistration.k8s.io/v1",
    "admissionregistration.k8s.io/v1alpha1",
    "admissionregistration.k8s.io/v1beta1",
    "internal.apiserver.k8s.io/v1alpha1",
    "apps/v1",
    "apps/v1beta1",
    "apps/v1beta2",
    "authentication.k8s.io/v1",
    "authentication.k8s.io/v1alpha1",
    "authentication.k8s.io/v1beta1",
    "authorization.k8s.io/v1",
    "authorization.k8s.io/v1beta1",
    "autoscaling/v1",
    "autoscaling/v2",
    "batch/v1",
    "batch/v1beta1",
    "certificates.k8s.io/v1",
    "certificates.k8s.io/v1beta1",
    "certificates.k8s.io/v1alpha1",
    "coordination.k8s.io/v1alpha2",
    "coordination.k8s.io/v1beta1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "discovery.k8s.io/v1beta1",
    "events.k8s.io/v1",
    "events.k8s.io/v1beta1",
    "extensions/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1",
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "lifecycle.k8s.io/v1alpha1",
    "networking.k8s.io/v1",
    "networking.k8s.io/v1beta1",
    "node.k8s.io/v1",
    "node.k8s.io/v1alpha1",
    "node.k8s.io/v1beta1",
    "policy/v1",
    "policy/v1beta1",
    "rbac.authorization.k8s.io/v1",
    "rbac.authorization.k8s.io/v1beta1",
    "rbac.authorization.k8s.io/v1alpha1",
    "resource.k8s.io/v1",
    "resource.k8s.io/v1beta2",
    "resource.k8s.io/v1beta1",
    "resource.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1beta1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1beta1",
    "storage.k8s.io/v1",
    "storage.k8s.io/v1alpha1",
    "storagemigration.k8s.io/v1",
    "storagemigration.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1",
};

void print_kube_version(std::string& out, const Structure& value) {
  // "normalizedVersion" in Helm 4, which is never empty; "Version" in Helm 3.
  const bool helm3 = value.type->fields.size() == 3;
  out += value.fields[helm3 ? 0 : 1].as_text();
}

constexpr std::array<std::string_view, 4> kube_fields{"Version", "normalizedVersion", "Major", "Minor"};
constexpr std::array<std::string_view, 4> kube_json{"Version", "", "Major", "Minor"};
constexpr StructureType kube_type{Type::kube_version, kube_fields, kube_json, print_kube_version, true, nullptr};

constexpr std::array<std::string_view, 3> kube3_fields{"Version", "Major", "Minor"};
constexpr StructureType kube3_type{Type::kube_version, kube3_fields, kube3_fields, print_kube_version, true, nullptr};

constexpr std::array<std::string_view, 5> helm_fields{"Version", "GitCommit", "GitTreeState", "GoVersion",
                                                      "KubeClientVersion"};
constexpr std::array<std::string_view, 5> helm_json{"version,omitempty", "git_commit,omitempty",
                                                    "git_tree_state,omitempty", "go_version,omitempty",
                                                    "kube_client_version"};
constexpr StructureType helm_type{Type::helm_version, helm_fields, helm_json, nullptr, false, nullptr};
constexpr StructureType helm3_type{
    Type::helm_version, std::span(helm_fields).first(4), std::span(helm_json).first(4), nullptr, false, nullptr};

constexpr std::array<std::string_view, 3> capabilities_fields{"KubeVersion", "APIVersions", "HelmVersion"};
constexpr StructureType capabilities_type{
    Type::capabilities, capabilities_fields, capabilities_fields, nullptr, false, nullptr};

Value make_kube_version(Heap& heap, const KubeVersion& kube, bool helm3) {
  const std::array<Value, 4> fields{heap.string(kube.version), heap.string(kube.normalized), heap.string(kube.major),
                                    heap.string(kube.minor)};
  if (!helm3) return heap.structure(kube_type, fields);
  const std::array<Value, 3> fields3{fields[0], fields[2], fields[3]};
  return heap.structure(kube3_type, fields3);
}

Value make_helm_version(Heap& heap, const HelmVersion& helm, bool helm3) {
  const std::array<Value, 5> fields{heap.string(helm.version), heap.string(helm.git_commit),
                                    heap.string(helm.git_tree_state), heap.string(helm.go_version),
                                    heap.string(helm.kube_client_version)};
  return heap.structure(helm3 ? helm3_type : helm_type, std::span(fields).first(helm3 ? 4 : 5));
}

/// The numbers in front of a version: `^\s*v?([0-9]+(?:\.[0-9]+)*)(.*)*$`. Empty when it has none, or when a line feed
/// follows (`.` does not match it).
std::string_view leading_numbers(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\n\f\r");
  if (start == std::string_view::npos) return {};
  text.remove_prefix(start);
  if (text.starts_with('v')) text.remove_prefix(1);
  const auto is_digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  std::size_t end = 0;
  while (is_digit(end)) ++end;
  if (end == 0) return {};
  while (end < text.size() && text[end] == '.' && is_digit(end + 1)) {
    ++end;
    while (is_digit(end)) ++end;
  }
  if (text.find('\n', end) != std::string_view::npos) return {};
  return text.substr(0, end);
}

/// One component; an error names it.
Result<std::uint64_t> component(std::string_view part, bool first, std::string_view whole) {
  if (first && part.starts_with('0') && part != "0") {
    return error("illegal zero-prefixed version component " + quote(part) + " in " + quote(whole));
  }
  const auto number = parse_uint(part);
  if (number) return number.value;
  return error("illegal non-numeric version component " + quote(part) + " in " + quote(whole) + ": " +
               number_error("ParseUint", part, number.error));
}

}  // namespace

Capabilities default_capabilities(bool helm3) {
  Capabilities capabilities;
  capabilities.kube_version = {"v1.37.0", "v1.37.0", "1", "37"};
  capabilities.api_versions.assign(known_api_versions.begin(), known_api_versions.end());
  capabilities.helm_version = {helm3 ? "v3.22.0" : "v4.3.1", "", "", "go1.26.8", "v1.37"};
  return capabilities;
}

Result<KubeVersion> parse_kube_version(std::string_view text, bool helm3) {
  const std::string_view numbers = leading_numbers(text);
  if (numbers.empty()) return error("could not parse " + quote(text) + " as version");
  std::vector<std::string> parts;
  if (numbers.find('.') == std::string_view::npos) return error("illegal version string " + quote(text));
  std::string normalized = "v";
  for (std::size_t at = 0; at <= numbers.size();) {
    const std::size_t dot = std::min(numbers.find('.', at), numbers.size());
    const auto number = component(numbers.substr(at, dot - at), parts.empty(), text);
    if (!number) return number.error();
    parts.push_back(std::to_string(*number));
    normalized += (parts.size() > 1 ? "." : "") + parts.back();
    at = dot + 1;
  }
  std::string version = helm3 ? normalized : std::string(text.starts_with('v') ? "" : "v") + std::string(text);
  return KubeVersion{std::move(version), std::move(normalized), parts[0], parts[1]};
}

Value make_capabilities(Heap& heap, const Capabilities& capabilities, bool helm3) {
  std::vector<Value> versions;
  versions.reserve(capabilities.api_versions.size());
  for (const std::string& version : capabilities.api_versions) versions.push_back(heap.string(version));
  const std::array<Value, 3> fields{make_kube_version(heap, capabilities.kube_version, helm3),
                                    heap.list(versions, Type::version_set),
                                    make_helm_version(heap, capabilities.helm_version, helm3)};
  return heap.structure(capabilities_type, fields);
}

Value make_files(Heap& heap, std::span<const ChartFile> files) {
  Map* const map = heap.new_map();
  for (const ChartFile& file : files) {
    Text* const text = heap.arena().create<Text>(Text{file.data.data(), file.data.size()});
    if (file.source != no_file) {
      TracePiece* const piece = heap.arena().create<TracePiece>();
      piece->file = file.source;
      piece->kind = PieceKind::literal;
      text->pieces = piece;
      text->piece_count = 1;
    }
    map->set(file.name, Value::text(text, Type::bytes));
  }
  return Value::map(map, Type::files);
}

}  // namespace rhumb::funcs
