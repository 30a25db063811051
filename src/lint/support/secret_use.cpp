#include "lint/support/secret_use.h"

#include <algorithm>

#include "rhumb/base/strings.h"
#include "rhumb/base/suggest.h"

namespace rhumb::lint {
namespace {

using Way = manifest::Reference::Way;

std::string without_digits(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c < '0' || c > '9') out += c;
  }
  return out;
}

void add(std::vector<std::string>& names, std::string_view name) {
  if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
  names.emplace_back(name);
}

}  // namespace

bool SecretUse::is_optional() const {
  return std::all_of(references.begin(), references.end(), [](const auto& reference) { return reference.optional; });
}

bool SecretUse::is_for_pulling() const {
  return std::all_of(references.begin(), references.end(),
                     [](const auto& reference) { return reference.way == Way::pull_secret; });
}

std::vector<SecretUse> secret_uses(const Workloads& workloads) {
  std::vector<SecretUse> uses;
  for (const Workload& workload : workloads.all()) {
    const std::size_t first = uses.size();
    for (const manifest::Reference& reference : manifest::references(workload)) {
      if (reference.kind != "Secret") continue;
      auto known = std::find_if(uses.begin() + static_cast<std::ptrdiff_t>(first), uses.end(),
                                [&](const SecretUse& use) { return use.name == reference.name; });
      if (known == uses.end()) known = uses.insert(uses.end(), {&workload, reference.name, {}});
      known->references.push_back(reference);
    }
  }
  return uses;
}

std::vector<std::string> known_secrets(const Objects& objects, std::string_view namespace_) {
  std::vector<std::string> names;
  const auto each = [&](std::string_view kind, const auto& visit) {
    for (const Object* object : objects.of_kind(kind)) {
      if (object->namespace_ == namespace_) visit(*object);
    }
  };
  each("Secret", [&](const Object& secret) { add(names, secret.name); });
  each("SecretProviderClass", [&](const Object& provider) {
    for (const Node secret : provider.spec()["secretObjects"]) add(names, secret["secretName"].scalar_text());
  });
  each("ExternalSecret", [&](const Object& external) {
    const std::string_view target = external.spec()["target"]["name"].scalar_text();
    add(names, target.empty() ? external.name : target);
  });
  each("SealedSecret", [&](const Object& sealed) { add(names, sealed.name); });
  each("Certificate", [&](const Object& certificate) { add(names, certificate.spec()["secretName"].scalar_text()); });
  return names;
}

std::string meant_secret(const Objects& objects, std::string_view namespace_, std::string_view name) {
  constexpr std::size_t most_slips = 2;
  constexpr std::size_t least_bytes = 6;
  for (const std::string& known : known_secrets(objects, namespace_)) {
    const bool is_near = name.size() >= least_bytes && edit_distance(name, known) <= most_slips;
    if (is_near && without_digits(name) != without_digits(known)) return known;
  }
  return {};
}

bool may_get_keys(const manifest::KeySource& source) {
  if (!source.complete) return true;
  const Object& object = *source.object;
  if (object.kind != "Secret") return false;
  if (source.keys.empty() || object.root["type"].text() == "kubernetes.io/service-account-token") return true;
  const Node annotations = object.metadata()["annotations"];
  return std::any_of(annotations.children().begin(), annotations.children().end(),
                     [](const yaml::TreeNode& annotation) {
                       const std::string_view key = annotation.key;
                       return strings::contains(key, "generat") || strings::contains(key, "replicat") ||
                              strings::contains(key, "reflect");
                     });
}

}  // namespace rhumb::lint
